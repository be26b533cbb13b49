#!/usr/bin/env bash
# Drives the built product with a browser.
#
#   scripts/e2e.sh journeys [vitest options]   the journeys of web/e2e; a failed one leaves a picture in ./tmp/e2e
#   scripts/e2e.sh shots [vitest options]      a picture of every page into ./shots
#   scripts/e2e.sh guide [vitest options]      the pictures of the user guide into docs/guide/images
#
# It expects bin/laurel and the web packages (make build).
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-journeys}
shift || true
case $what in
journeys | shots | guide) ;;
*)
  echo "usage: $0 journeys|shots|guide [vitest options]" >&2
  exit 2
  ;;
esac
if ! LAUREL_TEST_CHROMIUM=$(scripts/chromium.sh); then
  echo "e2e.sh: Chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)" >&2
  exit 3
fi
export LAUREL_TEST_CHROMIUM
# A browser that hangs must not hang the build with it.
cd web
exec timeout --kill-after=10s 20m npx vitest run --config "e2e/$what.config.ts" "$@"
