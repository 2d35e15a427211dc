#!/usr/bin/env bash
# dxindex over a page of each content system (tests/pages): every field, and that lists
# and error pages are told.
set -euo pipefail
exec python3 "$DX_SRC/tests/pages/check.py" "$DX_BIN"
