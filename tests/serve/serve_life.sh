#!/usr/bin/env bash
# dxserve over time: new generations, no index, damage, settings read again, systemd's
# sockets, its end.
. "$(dirname "$0")/serve.bash"

python3 "$here/life.py" "$index" "$tmp" || fail "see above"
finish
