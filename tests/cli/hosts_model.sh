#!/usr/bin/env bash
# What the pages of a host have in common counts in whatever runs they came, and no
# longer than they are there. DX_LONG=1 takes more sequences of runs.
set -euo pipefail

sequences=3
[ -z "${DX_LONG:-}" ] || sequences=60
exec python3 "$(dirname "$0")/hosts_model.py" "$DX_BIN" $sequences
