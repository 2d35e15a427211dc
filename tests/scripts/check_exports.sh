#!/usr/bin/env bash
# The shared library shows exactly the functions that its headers mark DX_API, each
# by the version that the header says it is there since.
set -euo pipefail

library=${DX_BIN:?}/libdxsearch.so
[ -e "$library" ] || { echo "no $library"; exit 77; }
cd "${DX_SRC:?}"

declared() {
    python3 tests/scripts/declarations.py common/include/dx/base.h searcher/include/dx/search.h |
        awk -F'\t' '{ print $2 "@@DX_" $1 }' | sort
}
exported() { # a sanitizer adds names of its own, all with two underscores
    nm -D --defined-only "$1" | awk '$2 ~ /^[B-Za-z]$/ { print $3 }' |
        grep -vE '^__|^_(init|fini|edata|end)$|asan|ubsan|tsan' | sort
}

[ "$(declared | wc -l)" -ge 10 ] || { echo "too few DX_API declarations were found"; exit 1; }
diff <(declared) <(exported "$library") ||
    { echo "< declared in the headers   > shown by the library"; exit 1; }
echo "the library shows what its headers declare"
