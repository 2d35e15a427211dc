#!/usr/bin/env bash
# bindings/python over the library just built: tests/bindings/test_dxsearch.py.
set -euo pipefail
[ -z "${DX_SANITIZED:-}" ] || { echo "skipped: Python is not built with sanitizers"; exit 77; }
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import pytest' 2>/dev/null; then
        exec "$python" -B -m pytest -q -p no:cacheprovider "${DX_SRC:?}/tests/bindings/test_dxsearch.py"
    fi
done
echo "skipped: no pytest (scripts/deps --dev)"
exit 77
