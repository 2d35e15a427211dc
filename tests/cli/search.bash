# search.bash -- what the tests of dxsearch and dxsearch.cgi share; to be
# sourced. Needs DX_BIN and DX_SRC; gives $tmp, removed at the end.
set -euo pipefail

: "${DX_BIN:?the build folder}" "${DX_SRC:?the source folder}"
unset LC_ALL LC_MESSAGES LANG COLUMNS NO_COLOR DX_INDEX DX_SYNONYMS DX_FRESHNESS REQUEST_METHOD QUERY_STRING
export DX_SITE=/dev/null # not that of this machine
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
failures=0

fail() {
    echo "FAILED: $*" >&2
    failures=$((failures + 1))
}

# Call at the end: says how it went.
finish() {
    [ "$failures" -eq 0 ] || { echo "$failures failed" >&2; exit 1; }
}

# index_corpus DIR: the sample articles, named corpus/…
index_corpus() {
    (cd "$DX_SRC" && "$DX_BIN/dxindex" --quiet --index "$1" corpus)
}

# index_lines DIR: the JSONL on standard input.
index_lines() {
    "$DX_BIN/dxindex" --quiet --index "$1" -
}

# expect_status N COMMAND…: its output goes to $tmp/out and $tmp/err.
expect_status() {
    local wanted=$1 got=0
    shift
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null || got=$?
    [ "$got" -eq "$wanted" ] || {
        fail "status $got, not $wanted: $*"
        head -c 2000 "$tmp/err" >&2
    }
}

# expect_text FILE TEXT WHAT
expect_text() {
    grep -qF -- "$2" "$1" || { fail "$3: no “$2” in:"; head -c 2000 "$1" >&2; }
}

expect_no_text() {
    ! grep -qF -- "$2" "$1" || { fail "$3: there is “$2” in:"; head -c 2000 "$1" >&2; }
}

# golden NAME FILE: compares FILE, less the times, with the golden file; with
# DX_UPDATE=1 writes that instead.
golden() {
    local wanted
    wanted=$(dirname "$0")/golden/$1
    sed -E -e '/^(ETag|Last-Modified): /d' -e 's/\([0-9.,]+ ms\)/(T ms)/' -e 's/"time_ms":[0-9.]+/"time_ms":T/' \
        -e 's/"score":[0-9.]+/"score":S/g' -e '/^Content-Length:/d' "$2" >"$tmp/golden"
    if [ "${DX_UPDATE:-}" = 1 ]; then
        cp "$tmp/golden" "$wanted"
    elif ! diff -u "$wanted" "$tmp/golden" >&2; then
        fail "output differs from $wanted (DX_UPDATE=1 $0 writes it anew)"
    fi
}
