#!/usr/bin/env bash
# Creates the demo company in ./data. It is built beside its place and moved there when complete, so that an
# interrupted start leaves nothing half-done behind.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf data/making
mkdir -p data/making
trap 'rm -rf data/making' EXIT
./bin/laurel demo --db sqlite:./data/making/laurel.db
mv -n data/making/laurel.db* data/
