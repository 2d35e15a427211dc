#!/usr/bin/env bash
# dxsearch --parse: how a query is understood, without an index.
set -euo pipefail
export LC_ALL=C.UTF-8

fail() { echo "FAILED: $*" >&2; exit 1; }
cd "$(mktemp -d)"

out=$("$DX_BIN"/dxsearch --parse 'a b OR c')
[ "$out" = 'a (b OR c)' ] || fail "echo: $out"

out=$("$DX_BIN"/dxsearch --parse lũ OR)
[ "$out" = "lũ
4..6: This operator has nothing to apply to and is ignored." ] || fail "warning: $out"

out=$(LC_ALL=vi_VN.UTF-8 "$DX_BIN"/dxsearch --parse lũ OR)
[ "$out" = "lũ
4..6: Toán tử này thiếu một vế nên bị bỏ qua." ] || fail "warning in Vietnamese: $out"

status=0
"$DX_BIN"/dxsearch --parse --suggest lũ 2>/dev/null || status=$?
[ $status = 2 ] || fail "--parse and --suggest: status $status"
rmdir "$PWD"
