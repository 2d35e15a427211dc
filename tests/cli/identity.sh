#!/usr/bin/env bash
# What makes two records one article: their own id, their address, or their text.
. "$(dirname "$0")/search.bash"
. "$(dirname "$0")/identity.bash"

# ---- addresses that name nothing: every page is an article
export DX_INDEX=$tmp/goc.ix
mkdir goc
i=0
for url in https://tinh.example https://tinh.example/ 'https://tinh.example/#tin' '#' / '' \
    javascript:void tin-1.html ftp://tinh.example/tin 'https://tinh.example/?'; do
    i=$((i + 1))
    page "$url" "Tin thứ $i" >goc/$i.html
    news "$i" "\"url\":\"$url\""
done >goc/tin.jsonl
run "$(counts 20 0 0 0 0)" goc
same "ids of pages" "$(for i in 1 10 2 3 4 5 6 7 8 9; do echo goc/$i.html; done)" \
    "$(ids '"tin của tỉnh"' | grep html)"
[ "$(ids bản tin | grep -cE '^goc/tin.jsonl#~[0-9a-z]{12}$')" = 10 ] ||
    fail "ids of lines: $(ids bản tin)"
touch -d 2001-02-03 goc/*
run "$(counts 0 0 20 0 0)" goc

# ---- addresses that several texts claim
export DX_INDEX=$tmp/trung.ix
mkdir trung
page https://tinh.example/tin 'Tin một' >trung/1.html
page 'https://tinh.example/?p=7' 'Tin hai' >trung/2.html
run "$(counts 2 0 0 0 0)" trung
same "unique addresses" "https://tinh.example/?p=7
https://tinh.example/tin" "$(ids tin)"
page https://tinh.example/tin 'Tin ba' >trung/3.html
run "$(counts 1 0 2 0 0) (2 share an id or address, all kept)" --verbose trung
grep -qE '^same id trung/1.html \(https://tinh.example/tin#~[0-9a-z]{12}\)$' err ||
    fail "--verbose does not name them: $(cat err)"
ids tin >three
[ "$(grep -cE '^https://tinh.example/tin#~[0-9a-z]{12}$' three)" = 2 ] || fail "ids: $(cat three)"
for id in $(cat three); do
    "$dxindex" dump --doc "$id" >doc || fail "no article $id"
    grep -qF "id$(printf '\t')$id" doc || fail "another article than $id"
    "$DX_BIN/dxsearch" --like "$id" >/dev/null || fail "nothing like $id"
    "$DX_BIN/dxsearch" --explain "$id" tin >/dev/null || fail "$id is not explained"
done
DX_INDEX=$tmp/khac.ix run "$(counts 3 0 0 0 0) (2 share an id or address, all kept)" trung
same "the same ids whatever the order" "$(cat three)" "$(DX_INDEX=$tmp/khac.ix ids tin)"
page https://tinh.example/tin 'Tin ba, sửa' >trung/3.html
run "$(counts 0 1 2 0 0) (2 share an id or address, all kept)" trung
rm trung/3.html
run "$(counts 0 0 2 1 0)" trung
same "an address with one claim left" "https://tinh.example/?p=7
https://tinh.example/tin" "$(ids tin)"

# ---- ids of their own, within a file and in two
export DX_INDEX=$tmp/ma.ix
mkdir ma
(news 1 '"id":"a"'; news 2 '"id":"a"'; news 3 '"id":"b"'; news 3 '"id":"b"') >ma/1.jsonl
run "$(counts 3 0 0 0 0) (1 given again, kept once) (2 share an id or address, all kept)" ma
news 3 '"id":"b"' >ma/2.jsonl
run "$(counts 0 0 3 0 0) (1 given again, kept once)" ma
(news 1 '"id":"a"'; news 2 '"id":"a","tags":"x"') >ma/1.jsonl
run "$(counts 0 1 2 0 0) (2 share an id or address, all kept)" ma
same "b is in the other file" b "$(ids '"tin số 3"')"

# ---- neither id nor address: the text, of its file
export DX_INDEX=$tmp/chu.ix
mkdir chu
for i in 1 2 3 4 5; do news $i; done >chu/1.jsonl
cp chu/1.jsonl chu/2.jsonl
run "$(counts 10 0 0 0 0)" chu
(news 0; cat chu/2.jsonl; news 3) >chu/1.jsonl
run "$(counts 1 0 10 0 0) (1 given again, kept once)" chu
(news 0; news 1; news 2 '"tags":"một"'; news 3 '"date":"2024-01-02"'; news 4) >chu/1.jsonl
run "$(counts 1 1 8 2 0)" chu # tags are no part of it, the date is

# ---- standard input
export DX_INDEX=$tmp/vao.ix
(news 1; news 2; news 3 '"id":"c"') | run "$(counts 3 0 0 0 0)" -
(news 4; news 5; news 6 '"id":"c"') | run "$(counts 2 1 0 0 0)" -
(news 2; news 1 '"tags":"một"'; news 7 '"id":"c"'; news 8 '"id":"c"') |
    run "$(counts 1 2 1 0 0) (2 share an id or address, all kept)" -
news 9 '"id":"c"' | run "$(counts 0 1 0 1 0)" -
same "ids from standard input" 4 "$(ids bản tin | grep -cE '^-#~[0-9a-z]{12}$')"
same "… of its own" c "$(ids bản tin | grep c$)"

finish
