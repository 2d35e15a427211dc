#!/usr/bin/env bash
# The shared library shows exactly the functions that its headers mark DX_API.
set -euo pipefail

library=${DX_BIN:?}/libdxsearch.so
[ -e "$library" ] || { echo "no $library"; exit 77; }
cd "${DX_SRC:?}"

declared() { # HEADER…: the name before the first parenthesis of each DX_API
    cat "$@" | tr '\n' ' ' | grep -oE 'DX_API [^;{#]*;' |
        sed -E 's/DX_(API|NODISCARD)//g; s/\(.*//; s/.*[ *]([A-Za-z0-9_]+) *$/\1/' | sort -u
}
exported() { # a sanitizer adds names of its own, all with two underscores
    nm -D --defined-only "$1" | awk '$2 ~ /^[A-Za-z]$/ { print $3 }' |
        sed 's/@.*//' | grep -vE '^__|^_(init|fini|edata|end)$|asan|ubsan|tsan' | sort -u
}

[ "$(declared searcher/include/dx/search.h | wc -l)" -ge 10 ] ||
    { echo "too few DX_API declarations were found"; exit 1; }
diff <(declared common/include/dx/base.h searcher/include/dx/search.h) <(exported "$library") ||
    { echo "< declared in the headers   > shown by the library"; exit 1; }
echo "the library shows what its headers declare"
