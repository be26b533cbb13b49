#!/usr/bin/env bash
# Prints the path of a Chromium for the browser journeys. As root on Debian it installs one, and fonts with Chinese
# glyphs, when they are missing. Exit code 3: there is none here.
set -euo pipefail

find_chromium() {
  local each
  for each in "${LAUREL_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [[ -n $each ]] && command -v "$each" >/dev/null; then
      command -v "$each"
      return
    fi
  done
  each="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  if [[ -x $each ]]; then
    echo "$each"
  fi
}

has_chinese_font() { [[ -n $(fc-list :lang=zh-cn 2>/dev/null | head -1) ]]; }

missing=()
if [[ -z $(find_chromium) ]]; then
  missing+=(chromium)
fi
if ! has_chinese_font; then
  missing+=(fonts-noto-cjk)
fi
if [[ ${#missing[@]} -gt 0 && $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
  echo "chromium.sh: installing ${missing[*]}" >&2
  {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" fontconfig
  } >&2 || true
fi
found=$(find_chromium)
if [[ -z $found ]]; then
  exit 3
fi
echo "$found"
