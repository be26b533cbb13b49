#!/usr/bin/env bash
# Looks for a random company on which the engine and the proof differ. The tests look at the same companies every time, so that they
# fail for what was changed and for nothing else; this looks at others.
#
#   scripts/hunt.sh [MINUTES [TEST]]     10 minutes of TestIncrementalEqualsRebuildEqualsVerify by default
#
# A failing seed is printed with the command that repeats it, and the output, with the company made as small as possible, is kept in
# tmp/hunt. Give it a named small case in internal/verify once it is mended.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${1:-10}
test=${2:-TestIncrementalEqualsRebuildEqualsVerify}
mkdir -p tmp/hunt
go test -c -o tmp/hunt/verify.test ./internal/verify
end=$((SECONDS + 60 * minutes))
runs=0
found=0
while [[ $SECONDS -lt $end ]]; do
  seed=$(od -An -N7 -tu8 /dev/urandom | tr -d ' ')
  out=tmp/hunt/$seed.txt
  runs=$((runs + 1))
  if (cd internal/verify && ../../tmp/hunt/verify.test -test.run "^$test\$" -test.timeout 60m -rapid.seed="$seed" -rapid.nofailfile) >"$out" 2>&1; then
    if grep -q '^--- SKIP' "$out"; then
      echo "hunt.sh: $test is skipped here: see $out" >&2
      exit 3
    fi
    rm "$out"
    continue
  fi
  found=$((found + 1))
  echo "FAILED, see $out: go test ./internal/verify -run '^$test\$' -rapid.seed=$seed"
done
echo "$runs runs, $found failed"
[[ $found -eq 0 ]]
