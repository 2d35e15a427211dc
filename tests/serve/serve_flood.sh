#!/usr/bin/env bash
# Many requests of sixty kinds, hostile ones among them, over FastCGI: no error, and memory
# that does not grow. With DX_LONG=1 200,000 of them.
. "$(dirname "$0")/serve.bash"

count=2000
[ "${DX_LONG:-}" != 1 ] || count=200000
[ -z "${DX_SANITIZED:-}" ] || count=600
DX_INDEX=$index DX_TIMEOUT_MS=60000 python3 "$here/flood.py" "$count" "${DX_SANITIZED:+sanitized}" || fail "the flood"
finish
