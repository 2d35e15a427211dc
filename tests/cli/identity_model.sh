#!/usr/bin/env bash
# Whatever happens to files between runs, and whatever standard input brings: the index
# holds what a naive model holds. DX_LONG=1 takes more sequences of runs.
set -euo pipefail

sequences=4
[ -z "${DX_LONG:-}" ] || sequences=100
exec python3 "$(dirname "$0")/identity_model.py" "$DX_BIN" $sequences
