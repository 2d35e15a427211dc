#!/usr/bin/env bash
# The binary interface of the library, against tests/install/abi.txt: functions with
# their versions and prototypes, layouts of structs, values of names. DX_UPDATE=1
# writes that file: within a major version lines may only be added to it.
set -euo pipefail
export LC_ALL=C.UTF-8

cd "${DX_SRC:?}"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

cc -std=c11 -Icommon/include -Isearcher/include -o "$tmp/layout" tests/install/abi.c
python3 tests/scripts/declarations.py common/include/dx/base.h searcher/include/dx/search.h |
    LC_ALL=C sort | cut -f1,3 >"$tmp/abi.txt"
status=0
"$tmp/layout" >>"$tmp/abi.txt" || status=$?
[ $status -eq 0 ] || exit $status
if [ "${DX_UPDATE:-}" = 1 ]; then
    cp "$tmp/abi.txt" tests/install/abi.txt
elif ! diff -u tests/install/abi.txt "$tmp/abi.txt"; then
    echo "the binary interface has changed; if that is meant: DX_UPDATE=1 $0"
    exit 1
fi

# ---- the version stands in three places
number=$(sed -n 's/^#define DX_VERSION_NUMBER //p' searcher/include/dx/search.h)
version=$(sed -n 's/^project(dx VERSION \([0-9.]*\) .*/\1/p' CMakeLists.txt)
IFS=. read -r major minor patch <<<"$version"
[ "$number" = $((10000 * major + 100 * minor + patch)) ] ||
    { echo "DX_VERSION_NUMBER is $number, the project's version $version"; exit 1; }
[ "$("${DX_BIN:?}/dxsearch" --version)" = "dxsearch $version" ] || { echo "dxsearch is another version"; exit 1; }
last=$(sed -n 's/^DX_\([0-9.]*\) {.*/\1/p' searcher/dxsearch.map | sort -V | tail -1)
[ "$last" = "$major.$minor" ] || { echo "the last version in dxsearch.map is $last"; exit 1; }
