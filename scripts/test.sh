#!/usr/bin/env bash
# Runs the tests: all of them, or the suites that are named.
#
#   scripts/test.sh [go] [web] [e2e]
#
# What a suite needs is installed where that is possible (root on Debian); otherwise the suite is skipped, and the
# summary at the end says so. LAUREL_TEST_NO_SKIP=1 makes every skip a failure.
set -uo pipefail
cd "$(dirname "$0")/.."

suites=("$@")
if [[ ${#suites[@]} -eq 0 ]]; then
  suites=(go web e2e)
fi
no_skip=${LAUREL_TEST_NO_SKIP:-0}
mkdir -p tmp
counts=$(mktemp -d "$PWD/tmp/counts.XXXXXX")
postgres=test-$$
started_postgres=0
results=()
skipped=() # suites, or parts of them: never in CI
notes=()   # single tests, each with its reason: gotest decides whether CI accepts it
failed=0

clean_up() {
  if [[ $started_postgres -eq 1 ]]; then
    scripts/postgres.sh stop "$postgres"
  fi
  rm -rf "$counts"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }

# record NAME STATUS COUNTS SECONDS
record() {
  results+=("$(printf '%-8s %-4s  %s (%s s)' "$1" "$2" "$3" "$4")")
  if [[ $2 != ok ]]; then
    failed=1
  fi
}

skip() {
  skipped+=("$*")
  echo "SKIPPED: $*"
}

run_go() {
  say "Go"
  local begin=$SECONDS flags=()
  if [[ -z ${LAUREL_TEST_POSTGRES:-} ]]; then
    if LAUREL_TEST_POSTGRES=$(scripts/postgres.sh start "$postgres"); then
      started_postgres=1
      export LAUREL_TEST_POSTGRES
    else
      unset LAUREL_TEST_POSTGRES
      skip "everything on PostgreSQL: the server is not installed (Debian: apt-get install postgresql)"
    fi
  fi
  if [[ $no_skip == 1 ]]; then
    # Some cases come from a folder beside the repository, which a clone elsewhere does not have.
    flags=(-no-skip -optional 'is not beside this checkout|\.\./shared/')
  fi
  go build -o "$counts/gotest" ./scripts/gotest || { record Go FAIL "does not compile" 0; return; }
  local status=ok
  go test -json -timeout 15m ./... 2>&1 | "$counts/gotest" -counts "$counts/go" "${flags[@]}" || status=FAIL
  local line
  line=$(cat "$counts/go" 2>/dev/null || echo "no result")
  if [[ $line =~ ([1-9][0-9]*)\ skipped ]]; then
    notes+=("${BASH_REMATCH[1]} Go tests, listed above with their reasons")
  fi
  record Go $status "$line" $((SECONDS - begin))
}

# vitest_counts FILE: the counts in one line
vitest_counts() {
  node -e '
    const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(`${r.numPassedTests} passed, ${r.numFailedTests} failed, ${r.numPendingTests + (r.numTodoTests || 0)} skipped`);
  ' "$1" 2>/dev/null || echo "no result"
}

need_node() {
  if ! command -v npm >/dev/null; then
    skip "$1: Node 20 or newer is not installed"
    return 1
  fi
}

run_web() {
  say "Web, unit"
  need_node "web unit tests" || return
  local begin=$SECONDS status=ok
  make -s web/node_modules/.package-lock.json || { record Web FAIL "packages cannot be installed" 0; return; }
  (cd web && npx vitest run --reporter=default --reporter=json --outputFile.json="$counts/web.json") || status=FAIL
  record Web $status "$(vitest_counts "$counts/web.json")" $((SECONDS - begin))
}

run_e2e() {
  say "Browser"
  need_node "browser journeys" || return
  local begin=$SECONDS status=ok
  if ! scripts/chromium.sh >/dev/null; then
    skip "browser journeys: Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)"
    return
  fi
  make -s build || { record Browser FAIL "the product does not build" 0; return; }
  scripts/e2e.sh journeys --reporter=default --reporter=json --outputFile.json="$counts/e2e.json" || status=FAIL
  record Browser $status "$(vitest_counts "$counts/e2e.json")" $((SECONDS - begin))
}

for suite in "${suites[@]}"; do
  case $suite in
  go) run_go ;;
  web) run_web ;;
  e2e) run_e2e ;;
  *)
    echo "test.sh: there is no suite \"$suite\"; there are go, web and e2e" >&2
    exit 2
    ;;
  esac
done

say "Summary"
for line in "${results[@]}"; do
  echo "$line"
done
for what in "${skipped[@]}" "${notes[@]}"; do
  echo "SKIPPED: $what"
done
if [[ ${#skipped[@]} -gt 0 && $no_skip == 1 ]]; then
  echo "LAUREL_TEST_NO_SKIP=1: a skip is a failure"
  failed=1
fi
if [[ $failed -ne 0 ]]; then
  echo "FAILED"
  exit 1
fi
if [[ ${#skipped[@]} -gt 0 || ${#notes[@]} -gt 0 ]]; then
  echo "PASSED, but not everything was run: see SKIPPED above"
else
  echo "PASSED"
fi
