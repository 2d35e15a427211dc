#!/usr/bin/env bash
# What articles are labelled with: from their fields and their words, in the
# index, and still there after other runs and after merging.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
dxindex=$DX_BIN/dxindex
mkdir "$tmp/c"

cat >"$tmp/c/a.jsonl" <<'END'
{"id":"a1","title":"Họp ở Bắc Giang","lead":"Bộ Y tế ban hành Quyết định số 749/QĐ-BYT.","content":"Đoàn đến Hà Nội và Hà Nội, xem tổ hợp tác muối (THTM) và quỹ cây cam (CÂY). Theo Nghị định 13/2023/NĐ-CP.","source":"Báo  Bắc Giang","author":"Lê An","category":"Chuyển đổi số","tags":"Covid, covid, y tế","url":"https://user@WWW.BacGiang.gov.vn:8080/x"}
{"id":"a2","title":"The ministry of health and the city","content":"This is the text of an article that was written in English.","url":"http://news.example/b","source":"Bộ Thông tin và Truyền thông"}
{"id":"a3","title":"Tin không dấu: Nguoi dan o tinh Bac Giang","content":"Ong Nguyen Thai Binh noi voi nguoi dan."}
{"id":"a4","title":"Краткое сообщение о встрече","content":"Встреча прошла в Москве."}
END
"$dxindex" -q "$tmp/c"

# expect TERM ID…: exactly these articles have it, each once.
expect() {
    local term=$1 got
    shift
    got=$("$dxindex" dump "$term" | sed -n 's/^posting\t//p' | sort | tr '\t\n' ': ')
    [ "$got" = "$(printf '%s:1 ' "$@")" ] || fail "$term: $got"
}
none() {
    [ "$("$dxindex" dump "$1" | wc -l)" = 1 ] || fail "$1: some have it"
}

expect_all() {
    expect 'source:báo bắc giang' a1
    expect 'source:Bao Bac Giang' a1
    expect 'author:Lê An' a1
    expect 'category:chuyen doi so' a1
    expect tag:covid a1 # two spellings, once
    expect 'tag:y tế' a1
    expect site:bacgiang.gov.vn a1
    expect site:news.example a2
    none site:www.bacgiang.gov.vn
    expect 'province:Bắc Giang' a1 a3
    expect 'province:Hà Nội' a1
    none 'province:Thái Bình'
    expect 'agency:Bộ Y tế' a1
    expect 'agency:Bộ Thông tin và Truyền thông' a2 # its source
    expect 'doctype:Quyết định' a1
    none 'doctype:Nghị định' # in the body only
    expect 'short:THTM=tổ hợp tác muối' a1
    expect lang:en a2
    expect lang:other a4
    expect type:jsonl a1 a2 a3 a4
    "$dxindex" check -q >/dev/null || fail "the index is not sound"
}
expect_all
expect lang:vi a1 a3

[ "$("$dxindex" dump --exact --prefix tag: | grep ^exact | cut -f 2 | sort | tr '\n' ' ')" = \
    "tag:Covid tag:covid tag:y tế " ] || fail "the dictionary shows other tags"
[ "$("$dxindex" dump --exact --prefix source: | sed -n 2p)" = "exact	source:Báo Bắc Giang	1" ] ||
    fail "a source is shown otherwise"
"$dxindex" stats --json | python3 -c '
import json, sys
s = json.load(sys.stdin)
sys.exit(s["format"] != 6 or s["attributes"] < 15 or s["attribute_list_bytes"] < 15)' ||
    fail "stats does not count attributes"

[ "$("$dxindex" dump --exact --prefix short:)" = "folded	short:thtm to hop tac muoi	1
exact	short:THTM=tổ hợp tác muối	1" ] || fail "another abbreviation is explained"

# They are no words: not in lengths, pairs, the dictionary's counts.
[ "$("$dxindex" dump covid | wc -l)" = 1 ] || fail "a tag is a word"

# Other runs, and one segment of all.
for i in 1 2 3; do
    echo "Một tin khác ở Quảng Nam, số $i." >"$tmp/c/$i.txt"
    "$dxindex" -q "$tmp/c"
done
sed -i 's/"a1"/"a0"/' "$tmp/c/a.jsonl"
"$dxindex" -q "$tmp/c"
expect 'source:báo bắc giang' a0
sed -i 's/"a0"/"a1"/' "$tmp/c/a.jsonl"
"$dxindex" -q "$tmp/c"
count() { "$dxindex" dump "$1" | head -n 1 | cut -f 3; }
[ "$(count type:txt) $(count 'province:quang nam')" = "3 3" ] || fail "articles added later lack attributes"
expect_all
"$dxindex" -q --optimize "$tmp/c"
[ "$("$dxindex" stats --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["segments"]))')" = 1 ] ||
    fail "not one segment"
[ "$(count type:txt) $(count 'province:quang nam')" = "3 3" ] || fail "merging lost attributes"
expect_all

finish
