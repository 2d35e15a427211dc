#!/usr/bin/env bash
# Several indexes in one search: the same as one index of all their articles.
. "$(dirname "$0")/search.bash"

search=$DX_BIN/dxsearch
tools=$DX_SRC/tests/cli/joined_indexes.py
python3 "$tools" make "$DX_SRC/corpus" "$tmp" || fail "no articles"
cd "$tmp"

# The parts have several segments, the whole has one; all in the same order.
for part in a b c; do
    head -900 $part.jsonl >$part-1.jsonl
    tail -n +901 $part.jsonl >$part-2.jsonl
    for half in 1 2; do "$DX_BIN/dxindex" --quiet --no-delete --index $part $part-$half.jsonl; done
done
cat a.jsonl b.jsonl c.jsonl >one.jsonl
"$DX_BIN/dxindex" --quiet --index one one.jsonl
parts=(--index a --index b --index c)
segments() { "$DX_BIN/dxindex" stats --index "$1" | awk '$1 == "segments" { print $2 }'; }
[ "$(segments one) $(segments a)" = "1 2" ] || fail "segments: $(segments one) $(segments a)"

same() { # OPTION…
    "$search" --index one --json --timeout-ms 0 "$@" >one.json 2>one.err || fail "one index: $*"
    "$search" "${parts[@]}" --json --timeout-ms 0 "$@" >many.json 2>many.err || fail "joined: $*"
    python3 "$tools" compare one.json many.json >report || { fail "not the same: $*"; cat report >&2; }
}
same --batch queries.tsv
grep -q "'corrected'.*'keys'.*'reading'.*'spelling'" report || fail "few notes: $(cat report)"
[ "$(sed -n 's/.* \([0-9]*\) similar$/\1/p' report)" -gt 0 ] || fail "nothing is collapsed: $(cat report)"
same --batch queries.tsv --duplicates --facets 5 -n 30 --offset 3
same --batch queries.tsv --sort newest
same --batch queries.tsv --sort oldest --all
same --batch queries.tsv --any --freshness 0.7
same --batch queries.tsv --literal --exact-accents
while read -r id; do
    same --like "$id" --facets 3
    for index in one many; do
        if [ $index = one ]; then from=(--index one); else from=("${parts[@]}"); fi
        "$search" "${from[@]}" --explain "$id" bac giang hoc sinh >explained.$index || fail "no explanation of $id"
    done
    cmp -s explained.one explained.many || fail "$id is explained otherwise"
done <ids.txt

# ---- each hit says where it is from
expect_status 0 "$search" "${parts[@]}" --json -n 50 --duplicates bac giang
python3 - "$tmp/out" <<'PY' || fail "the index of hits"
import json, sys
hits = json.load(open(sys.argv[1], encoding="utf-8"))["hits"]
assert {hit["index"] for hit in hits} == {"a", "b", "c"}
assert all(hit["index"] == "abc"[int(hit["id"][1:]) // 1700] for hit in hits)
PY
expect_status 0 "$search" --index a --index "$tmp/b" bac giang
expect_text "$tmp/out" " · $tmp/b" "the index in text"
expect_status 0 "$search" --index a --json bac giang
expect_no_text "$tmp/out" '"index"' "one index"

# ---- an id that two of them have is found in both
echo '{"id":"x","title":"Cầu phao Đồng Việt","body":"Cầu mới."}' | index_lines x
echo '{"id":"x","title":"Cầu phao Đồng Việt","body":"Cầu cũ đã gỡ."}' | index_lines y
expect_status 0 "$search" -i x -i y --duplicates --format trec cau phao dong viet
[ "$(cut -d' ' -f3 "$tmp/out" | tr '\n' ' ')" = "x x " ] || fail "the same id: $(cat "$tmp/out")"
expect_status 0 "$search" -i x -i y --explain x cau phao

# ---- the variable names several, one a line; the command line goes before it
export DX_INDEX=$'a\n\nb\n'
expect_status 0 "$search" --json -n 30 bac giang
expect_text "$tmp/out" '"index":"b"' "DX_INDEX of two lines"
expect_status 0 "$search" --json -n 30 --index c bac giang
expect_no_text "$tmp/out" '"index"' "--index beside DX_INDEX"
expect_status 0 env DX_INDEX="$tmp/a"$'\n'"$tmp/c" "$DX_BIN/dxsearch.cgi" 'q=bac+giang&format=json'
expect_text "$tmp/out" '"index":"' "the index on the web"
expect_no_text "$tmp/out" "$tmp" "a path of the server"
expect_status 2 "$DX_BIN/dxindex" a.jsonl
expect_text "$tmp/err" "--index" "dxindex with several indexes"

# ---- one that is not there is named
unset DX_INDEX
expect_status 3 "$search" --index a --index none bac giang
expect_text "$tmp/err" "'none'" "a missing index"
expect_no_text "$tmp/err" "'a'" "a missing index"

finish
