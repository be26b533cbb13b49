#!/usr/bin/env bash
# A throw-away PostgreSQL for tests, on a free port of 127.0.0.1, with its data in a temporary folder.
#
#   export LAUREL_TEST_POSTGRES="$(scripts/postgres.sh start)"   start it (or find it running) and print its URL
#   scripts/postgres.sh stop                                     stop it and remove its data
#
# Several can run at once: give each a name, `start NAME` and `stop NAME`.
# LAUREL_PG_FSYNC=on makes commits durable, for benchmarks; tests do without, for speed.
# As root on Debian it installs PostgreSQL when that is missing. Exit code 3: there is no PostgreSQL here.
set -euo pipefail

action=${1:-}
name=${2:-default}
if [[ ! $name =~ ^[a-z0-9_-]{1,40}$ ]]; then
  echo "postgres.sh: a name has small letters, digits, - and _ only" >&2
  exit 2
fi
home=${TMPDIR:-/tmp}/laurel-postgres-$(id -u)-$name
data=$home/data

# The server refuses to run as root, so everything of it runs as its own user.
as_server() {
  if [[ $(id -u) -eq 0 ]]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

find_bin() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)
  if [[ -z $found ]] && command -v initdb >/dev/null; then
    found=$(dirname "$(command -v initdb)")
  fi
  if [[ -n $found && -x $found/initdb ]]; then
    echo "$found"
  fi
}

install_server() {
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    return
  fi
  echo "postgres.sh: installing postgresql" >&2
  {
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
  } >&2 || true
}

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "postgres.sh: found no free port" >&2
  exit 1
}

start() {
  local bin port fsync=${LAUREL_PG_FSYNC:-off}
  bin=$(find_bin)
  if [[ -z $bin ]]; then
    install_server
    bin=$(find_bin)
  fi
  if [[ -z $bin ]]; then
    echo "postgres.sh: PostgreSQL is not installed, and could not be" >&2
    exit 3
  fi
  if [[ -s $home/url ]] && as_server "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; then
    cat "$home/url"
    return
  fi
  rm -rf "$home"
  mkdir -m 755 "$home"
  mkdir -m 700 "$data"
  if [[ $(id -u) -eq 0 ]]; then
    chown -R postgres "$home"
  fi
  (
    cd "$home"
    # A collation by language, as many real servers have, shows up code that relies on bytewise order.
    as_server "$bin/initdb" -D "$data" -A trust -U postgres -E UTF8 --no-sync \
      --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US >"$home/initdb.log" 2>&1 ||
      { rm -rf "${data:?}"/* && as_server "$bin/initdb" -D "$data" -A trust -U postgres -E UTF8 --no-sync --locale=C.UTF-8 >"$home/initdb.log" 2>&1; } ||
      { cat "$home/initdb.log" >&2; exit 1; }
    for _ in 1 2 3; do
      port=$(free_port)
      if as_server "$bin/pg_ctl" -D "$data" -w -t 60 -l "$data/server.log" \
        -o "-p $port -k '$home' -c listen_addresses=127.0.0.1 -c fsync=$fsync -c full_page_writes=$fsync -c max_connections=300 -c shared_buffers=128MB" \
        start >/dev/null 2>&1; then
        echo "postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable" >"$home/url"
        exit 0
      fi
    done
    cat "$data/server.log" >&2
    exit 1
  )
  cat "$home/url"
}

stop() {
  local bin
  bin=$(find_bin)
  if [[ -n $bin && -d $data ]]; then
    (cd "$home" && as_server "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1) || true
  fi
  rm -rf "$home"
}

case $action in
start) start ;;
stop) stop ;;
*)
  echo "usage: $0 start|stop [NAME]" >&2
  exit 2
  ;;
esac
