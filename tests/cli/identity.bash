# identity.bash -- what the tests of identity share; to be sourced after search.bash. Goes
# to $tmp, the folder of the test.
dxindex=$DX_BIN/dxindex
cd "$tmp"

counts() { # added updated unchanged removed skipped
    echo "$1 added, $2 updated, $3 unchanged, $4 removed, $5 skipped"
}

# run SUMMARY ARGUMENT…: of dxindex, which succeeds, however many it removes; standard input is its own
run() {
    local wanted=$1 got
    shift
    "$dxindex" --remove-many "$@" >out 2>err || fail "status $?: dxindex $*: $(cat err)"
    got=$(head -n 1 out)
    [ "$got" = "$wanted" ] || fail "dxindex $*
  expected $wanted
  found    $got"
    "$dxindex" check --quiet || fail "check after dxindex $*"
}

# ids WORD…: of all articles that are found, in order
ids() {
    "$DX_BIN/dxsearch" --all --duplicates --limit 100 --json "$@" |
        python3 -c 'import json, sys
for id in sorted(hit["id"] for hit in json.load(sys.stdin)["hits"]): print(id)'
}

same() { # WHAT WANTED GOT
    [ "$2" = "$3" ] || fail "$1:
$3
instead of
$2"
}

news() { # NUMBER [FIELDS]
    printf '{"title":"Bản tin số %s","body":"Bản tin %s của tỉnh."%s}\n' "$1" "$1" "${2:+,$2}"
}

page() { # CANONICAL TEXT
    printf '<html><head><link rel="canonical" href="%s"></head><body><h1>%s</h1><p>Bản tin của tỉnh: %s.</p></body></html>\n' \
        "$1" "$2" "$2"
}
