#!/usr/bin/env bash
# The search page in a real browser: what readers do there, and axe-core on each state.
# Usage: browser.sh [--update], which takes the pictures of docs/screenshots anew.
# Needs Chromium, Node and npm, which fetches playwright-core and axe-core; says so
# where they are not there. The programs are those of build/release.
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${DX_BIN:-$PWD/build/release}

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
for what in "${chromium:-chromium}" node npm "$bin/dxserve"; do
    command -v "$what" >/dev/null || { echo "browser tests are left out: there is no $what"; exit 0; }
done

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
npm install --silent --no-fund --no-audit --prefix "$work" playwright-core axe-core
cp tests/browser/*.mjs "$work"
python3 tests/browser/articles.py >"$work/tin.jsonl"
"$bin/dxindex" --quiet --index "$work/ix" corpus "$work/tin.jsonl"
printf '%s\n' "index = $work/ix" 'title = Báo Mẫu' 'negotiate = yes' >"$work/site.conf"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
DX_SITE=$work/site.conf "$bin/dxserve" --http "127.0.0.1:$port" 2>"$work/log" &
server=$!
for ((i = 0; i < 50; i++)); do
    grep -q 'HTTP on' "$work/log" && break
    sleep .1
done
cd "$work"
PICTURES=$([ "${1:-}" = --update ] && echo "$OLDPWD/docs/screenshots" || echo "$work") \
    node browser.mjs "http://127.0.0.1:$port/" "$chromium"
