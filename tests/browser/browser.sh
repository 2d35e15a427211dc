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
servers=()
trap '[ ${#servers[@]} -eq 0 ] || kill "${servers[@]}"; rm -rf "$work"' EXIT
npm install --silent --no-fund --no-audit --prefix "$work" playwright-core axe-core || {
    echo "browser tests are left out: npm cannot fetch playwright-core and axe-core"
    exit 0
}
cp tests/browser/*.mjs "$work"

# serve NAME SOURCE…: a site over these articles; sets address.
serve() {
    local name=$1 port
    shift
    "$bin/dxindex" --quiet --index "$work/$name" "$@"
    printf '%s\n' "index = $work/$name" 'title = Báo Mẫu' 'negotiate = yes' >"$work/$name.conf"
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    DX_SITE=$work/$name.conf "$bin/dxserve" --http "127.0.0.1:$port" 2>"$work/$name.log" &
    servers+=($!)
    for ((i = 0; i < 50; i++)); do
        grep -q 'HTTP on' "$work/$name.log" && break
        sleep .1
    done
    address=http://127.0.0.1:$port/
}
python3 tests/browser/articles.py >"$work/tin.jsonl"
serve many corpus "$work/tin.jsonl"
many=$address
serve corpus corpus
PICTURES=$([ "${1:-}" = --update ] && echo "$PWD/docs/screenshots" || echo "$work")
export PICTURES
cd "$work"
node browser.mjs "$many" "$address" "$chromium"
