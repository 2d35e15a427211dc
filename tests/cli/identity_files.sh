#!/usr/bin/env bash
# Files between two runs: lines come, go and move, files are renamed, cut short, appended
# to. Whatever happens, articles are those that are in the files.
. "$(dirname "$0")/search.bash"
. "$(dirname "$0")/identity.bash"

# ---- lines of a file; some with an id or an address
export DX_INDEX=$tmp/dong.ix
mkdir dong
f=dong/tin.jsonl
put() { cat >f.new && cat f.new >"$f"; } # keeps the file, as an editor may
(news 1; news 2 '"id":"b"'; news 3 '"url":"https://tinh.example/3"'; news 4) | put
run "$(counts 4 0 0 0 0)" dong
(news 0; cat $f) | put
run "$(counts 1 0 4 0 0)" dong
tail -n +2 $f | put
run "$(counts 0 0 4 1 0)" dong
tac $f | put
run "$(counts 0 0 4 0 0)" dong
sed 's/Bản tin 2 /Bản tin hai /; s/Bản tin 3 /Bản tin ba /' $f | put
run "$(counts 0 2 2 0 0)" dong
sed 's/Bản tin 1 /Bản tin một /' $f | put # no name but its text: another article
run "$(counts 1 0 3 1 0)" dong
(sed -n 2p $f; cat $f $f) | put
run "$(counts 0 0 4 0 0) (5 given again, kept once)" dong
tail -n 2 $f | put
run "$(counts 0 0 2 2 0)" dong
: | put
expect_status 1 "$dxindex" --remove-many dong # and nothing taken in
[ "$(head -n 1 "$tmp/out")" = "$(counts 0 0 0 2 0)" ] || fail "an emptied file: $(cat "$tmp/out")"

# ---- a line that is not there as a whole yet
export DX_INDEX=$tmp/dang.ix
mkdir dang
f=dang/tin.jsonl
(news 1; news 2 | head -c 30) >$f
expect_status 1 "$dxindex" dang
expect_text "$tmp/err" "skipped dang/tin.jsonl#2" "half a line"
news 2 | tail -c +31 >>$f
run "$(counts 1 0 1 0 0)" dang
news 3 | tr -d '\n' >>$f
run "$(counts 1 0 2 0 0)" dang
(echo; news 4) >>$f
run "$(counts 1 0 3 0 0)" dang
news 5 | tr -d '\n' >>$f
run "$(counts 1 0 4 0 0)" dang
news 6 >>$f # on the same line: neither of them any more
expect_status 1 "$dxindex" dang
same "two articles in a line" "$(counts 0 0 4 1 1)" "$(head -n 1 "$tmp/out")"
truncate -s -20 $f
expect_status 1 "$dxindex" dang
same "half of it" "$(counts 0 0 4 0 1)" "$(head -n 1 "$tmp/out")"
head -n 3 $f >f.new && cat f.new >$f
run "$(counts 0 0 3 1 0)" dang
head -c 1 /dev/zero | tr '\0' ' ' | dd of=$f conv=notrunc status=none # in place
expect_status 1 "$dxindex" dang
same "a line that is damaged in place" "$(counts 0 0 2 1 1)" "$(head -n 1 "$tmp/out")"

# ---- a file of several blocks, each about 320 KiB
export DX_INDEX=$tmp/khoi.ix
mkdir khoi
f=khoi/tin.jsonl
lines() { # FIRST LAST: of which each third has an id
    seq "$1" "$2" | awk -v words="$(seq -s ' ' 150)" '{
        printf "{%s\"title\":\"Tin %d\",\"body\":\"Tin %d: %s.\"}\n", ($1 % 3 ? "" : "\"id\":\"m" $1 "\","), $1, $1, words }'
}
lines 1 5000 >$f
run "$(counts 5,000 0 0 0 0)" khoi
lines 5001 5010 >>$f
run "$(counts 10 0 5,000 0 0)" khoi
sed '2500s/Tin 2500:/Tin đổi:/; 3000s/Tin 3000:/Tin đổi:/' $f | put
run "$(counts 1 1 5,008 1 0)" khoi
(lines 0 0; head -n 1000 $f; lines 6000 6001; tail -n +1002 $f) >f.new && mv f.new $f
run "$(counts 3 0 5,009 1 0)" khoi
(tail -n 2000 $f; head -n -2000 $f) | put
run "$(counts 0 0 5,012 0 0)" khoi
gzip -k $f
run "$(counts 3,340 0 5,012 0 0) (1,672 given again, kept once)" khoi # by their files
rm $f
run "$(counts 0 0 5,012 3,340 0)" khoi
gunzip $f.gz
run "$(counts 3,340 0 1,672 3,340 0)" khoi

# ---- the same article in two files
export DX_INDEX=$tmp/hai.ix
mkdir hai
(news 1 '"id":"a"'; news 2 '"id":"b"') >hai/1.jsonl
(news 2 '"id":"b"'; news 3 '"id":"c"') >hai/2.jsonl
run "$(counts 3 0 0 0 0) (1 given again, kept once)" hai
news 1 '"id":"a"' >hai/1.jsonl
run "$(counts 0 0 3 0 0)" hai
mv hai/2.jsonl hai/0.jsonl # named by its id, it stays
run "$(counts 0 0 3 0 0)" hai
(news 1 '"id":"a"'; news 22 '"id":"b"') >hai/1.jsonl
run "$(counts 1 0 3 0 0) (2 share an id or address, all kept)" hai
rm hai/0.jsonl
run "$(counts 0 0 2 2 0)" hai
same "one claim is left" "a
b" "$(ids tin)"
news 2 '"id":"b"' >hai.jsonl # in a run of its own, it takes the place
run "$(counts 0 1 0 0 0)" hai.jsonl
same "the one that came last" b "$(ids '"tin số 2"')"
run "$(counts 0 0 1 0 0)" hai.jsonl

# ---- the order of files does not matter
mkdir xuoi nguoc
for i in 1 2 3; do
    (news $i '"id":"a"'; news $((i + 3)); news 7 '"id":"b"'; news 8) | tee xuoi/$i.jsonl >nguoc/$((4 - i)).jsonl
done
DX_INDEX=$tmp/xuoi.ix run "$(counts 10 0 0 0 0) (2 given again, kept once) (3 share an id or address, all kept)" xuoi
DX_INDEX=$tmp/nguoc.ix run "$(counts 10 0 0 0 0) (2 given again, kept once) (3 share an id or address, all kept)" nguoc
claimed() { DX_INDEX=$tmp/$1.ix ids tin | grep -v jsonl; }
same "ids whatever the order" "$(claimed xuoi)" "$(claimed nguoc)"

# ---- moved, renamed: named by the file, or not
export DX_INDEX=$tmp/doi.ix
mkdir -p doi/a
(news 1; news 2 '"id":"b"'; news 3 '"url":"https://tinh.example/3"') >doi/a/1.jsonl
page https://tinh.example/4 'Tin bốn' >doi/a/4.html
page '' 'Tin năm' >doi/a/5.html
run "$(counts 5 0 0 0 0)" doi
mv doi/a doi/b
run "$(counts 2 0 3 2 0)" doi
cp -r doi/b doi/c # a copy of all
run "$(counts 2 0 5 0 0) (3 given again, kept once)" doi
rm -r doi/b
run "$(counts 0 0 5 2 0)" doi

# ---- ids of all kinds
export DX_INDEX=$tmp/loai.ix
long=$(head -c 10000 /dev/zero | tr '\0' x)
(news 1 '"id":17'; news 2 '"id":"17"'; news 3 '"id":""'; news 4 '"id":null'; news 5 '"id":"  "'
    news 6 '"id":0'; news 7 '"id":17.5'; news 8 "\"id\":\"$long\"") >loai.jsonl
run "$(counts 8 0 0 0 0) (2 share an id or address, all kept)" loai.jsonl
same "ids" "0
17#~
17#~
17.5
loai.jsonl#~
loai.jsonl#~
loai.jsonl#~
$long" "$(ids tin | sed 's/#~.*/#~/')"

# ---- all at once, or in ten runs: the same articles under the same ids
mkdir mot
for i in $(seq 10); do
    (news $i; news $i '"id":"a'$i'"'; news 11; news 12 '"id":"c"'
        news 1$i "\"url\":\"https://tinh.example/$((i % 4))\"") >mot/$i.jsonl
done
articles() {
    DX_INDEX=$tmp/$1.ix "$DX_BIN/dxsearch" --all --duplicates --limit 100 --json tin |
        python3 -c 'import json, sys
answer = json.load(sys.stdin)
print(answer["total"])
for hit in sorted((hit["id"], hit["title"]) for hit in answer["hits"]): print(*hit)'
}
DX_INDEX=$tmp/mot.ix "$dxindex" --quiet mot
mv mot het
mkdir mot
for i in $(seq 10); do
    mv het/$i.jsonl mot/
    DX_INDEX=$tmp/muoi.ix "$dxindex" --quiet mot
done
same "ten runs" "$(articles mot)" "$(articles muoi)"
same "how many" 41 "$(articles muoi | head -n 1)"
cat mot/*.jsonl | DX_INDEX=$tmp/vao.ix "$dxindex" --quiet -
for i in $(seq 10); do
    grep -v url mot/$i.jsonl | DX_INDEX=$tmp/vao10.ix "$dxindex" --quiet -
done
same "ten runs of standard input, without what is claimed twice" \
    "$(articles vao | tail -n +2 | grep -v https)" "$(articles vao10 | tail -n +2)"

finish
