#!/usr/bin/env bash
# A sample of what damage.py tries; scripts/test --long damage tries ten thousand.
exec python3 "$DX_SRC/tests/corrupt/damage.py" "$DX_BIN" "$DX_SRC" --mutations 60
