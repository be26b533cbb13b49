#!/usr/bin/env bash
# Measures Laurel against bare databases and a peer, in one run on this machine, and prints ratios.
# Options go to the program: scripts/bench.sh -only ingest
set -euo pipefail
cd "$(dirname "$0")/.."

postgres=bench-$$
trap 'scripts/postgres.sh stop "$postgres"' EXIT

mkdir -p bin
CGO_ENABLED=0 go build -trimpath -o bin/laurel-bench ./bench
(cd bench/pocketbase && CGO_ENABLED=0 go build -trimpath -o ../../bin/pocketbase-peer .)
duckdb=
if command -v "${CC:-gcc}" >/dev/null; then
  (cd bench/duckdb && CGO_ENABLED=1 go build -trimpath -o ../../bin/duckdb-peer .)
  duckdb=bin/duckdb-peer
else
  echo "SKIPPED: the comparison with DuckDB, whose library needs a C compiler" >&2
fi
# Commits are durable here, as they are in use: without that the figures would say nothing.
if LAUREL_TEST_POSTGRES=$(LAUREL_PG_FSYNC=on scripts/postgres.sh start "$postgres"); then
  export LAUREL_TEST_POSTGRES
else
  echo "SKIPPED: measurements on PostgreSQL, which is not installed" >&2
  unset LAUREL_TEST_POSTGRES
fi
bin/laurel-bench -laurel bin/laurel -pocketbase bin/pocketbase-peer -duckdb "$duckdb" "$@"
