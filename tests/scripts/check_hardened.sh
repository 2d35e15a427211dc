#!/usr/bin/env bash
# What is installed has no table that can be written to and run or redirected, guards its
# stack and checks the buffers of libc's functions; all but dxsearch, which nobody else
# starts, is position-independent.
set -euo pipefail
: "${DX_BIN:?the build folder}"
failed=0
fail() { echo "FAILED: $*"; failed=1; }

[ -z "${DX_SANITIZED:-}" ] || { echo "sanitizers check more than this"; exit 77; }
for file in dxindex dxsearch dxsearch.cgi dxserve libdxsearch.so; do
    path=$DX_BIN/$file
    [ "$file" != dxserve ] || [ -e "$path" ] || continue # where its libraries are not
    [ -e "$path" ] || { fail "there is no $file"; continue; }
    headers=$(readelf -lhd -W "$path" 2>/dev/null)
    grep -q 'GNU_RELRO' <<<"$headers" || fail "$file: tables of addresses can be written to"
    if [ "$file" != dxsearch ] || grep -q 'Type: *DYN' <<<"$headers"; then
        grep -q 'Type: *DYN' <<<"$headers" || fail "$file is at a fixed address"
        grep -Eq 'BIND_NOW|Flags:.* NOW' <<<"$headers" || fail "$file: bound late"
    fi
    grep -E 'GNU_STACK' <<<"$headers" | grep -q 'RWE' && fail "$file: the stack can be run"
    names=$(nm -a "$path" 2>/dev/null; nm -D "$path" 2>/dev/null || true)
    grep -q '__stack_chk_fail' <<<"$names" || fail "$file: no guard on the stack"
    grep -Eq '__(memcpy|memset|snprintf|vsnprintf|strcpy|fprintf|printf)_chk' <<<"$names" ||
        fail "$file: buffers are not checked"
done
exit $failed
