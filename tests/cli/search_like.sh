#!/usr/bin/env bash
# dxsearch --like: articles about the same, in every format.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
search=$DX_BIN/dxsearch
index_lines "$DX_INDEX" <<'EOF'
{"id":"a1","title":"Sông Thương dâng cao","body":"Nước sông Thương dâng cao, nhiều xã vùng trũng ngập sâu."}
{"id":"-a 2%","title":"Sau lũ","body":"Người dân vùng trũng ven sông Thương dọn bùn."}
{"id":"a3","title":"Khai giảng","body":"Học sinh tựu trường trong niềm vui."}
EOF

expect_status 0 env LANG=vi "$search" --like a1
expect_text "$tmp/out" "Tương tự bài: Sông Thương dâng cao" "the article's title"
expect_text "$tmp/out" "1. Sau lũ" "what is like it"
expect_no_text "$tmp/out" "Khai giảng" "what is not like it"
expect_status 0 "$search" --like a1
expect_text "$tmp/out" "Like: Sông Thương dâng cao" "in English"
expect_status 0 "$search" --like '-a 2%' --json --facets 5
python3 - "$tmp/out" <<'PY' || fail "JSON"
import json, sys
page = json.load(open(sys.argv[1], encoding="utf-8"))
assert page["query"] == "" and page["like"] == "-a 2%" and page["total"] == 1, page
assert page["notes"] == [{"kind": "like", "text": "Sau lũ", "detail": "", "query": ""}], page["notes"]
assert [hit["id"] for hit in page["hits"]] == ["a1"] and "facets" in page, page
PY
expect_status 0 "$search" --format=trec --like=a1
[ "$(cut -d' ' -f1-4 "$tmp/out")" = "1 Q0 -a%202%25 1" ] || fail "TREC: $(cat "$tmp/out")"

# ---- nothing like it; no such article; not beside something else to do
expect_status 1 "$search" --like a3
expect_text "$tmp/out" "No article found" "nothing like it"
for language in en vi; do
    expect_status 1 env LANG=$language "$search" --like none
    expect_text "$tmp/err" "'none'" "an unknown id"
    for arguments in "--like" "--like a1 chuyen" "--like a1 --batch /dev/null" "--like a1 --explain a1" \
        "--like a1 --suggest" "--like a1 --parse"; do
        expect_status 2 env LANG=$language "$search" $arguments
        [ ! -s "$tmp/out" ] || fail "something on standard output: $arguments"
    done
done

finish
