#!/usr/bin/env bash
# dxindex over every kind of input: JSONL on standard input, compressed files,
# bad files among good ones, ids that come twice, odd names; and its report.
. "$(dirname "$0")/index.bash"

json() { # ID TITLE
    printf '{"id":"%s","title":"%s","body":"Nội dung của bài."}\n' "$1" "$2"
}

# standard input
(json 1 Một; json 2 Hai) >hai.jsonl
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index vao - <hai.jsonl
expect 0 "$(counts 0 0 2 0 0)" "$dx" --index vao - <hai.jsonl
(json 2 Hai-mới; json 3 Ba) >tiep.jsonl
expect 0 "$(counts 1 1 0 0 0)" "$dx" --index vao - <tiep.jsonl
has "vao: 3 articles" out
expect 0 "$(counts 0 0 0 0 0)" "$dx" --index vao - </dev/null
has "vao: 3 articles" out
gzip -c hai.jsonl >hai.gz
expect 0 "$(counts 0 1 1 0 0)" "$dx" --index vao - <hai.gz

# the same id twice: both are kept (identity.sh)
(json x Đầu; json y Khác; json x Cuối) >trung.jsonl
expect 0 "$(counts 3 0 0 0 0) (2 share an id or address, all kept)" \
    "$dx" --index trung trung.jsonl
has "trung: 3 articles" out

# empty files of any type are no fault: left out by that reason; but nothing is there else
mkdir rong
for type in txt html json jsonl csv tsv eml pdf docx doc rtf tar zip warc; do
    printf '' >"rong/a.$type"
    printf ' \n\n' >"rong/b.$type"
done
printf '\357\273\277' >rong/c.txt
echo '<html><body><img src=a.png></body></html>' >rong/d.html
echo '{}' >rong/d.json
echo '[]' >rong/e.json
echo 'title,body' >rong/f.csv
expect 1 "$(counts 0 0 0 0 0)" "$dx" --index rong.ix --report rong.report rong
has "nothing was taken in: all there is was skipped, left out or ignored" err
has "33 left out: nothing to read in it" out
for file in a.csv b.jsonl c.txt d.html d.json e.json f.csv; do
    has "{\"event\":\"left-out\",\"path\":\"rong/$file" rong.report
done
json 1 Một >>rong/b.jsonl
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index rong.ix rong

# the report tells the encoding that the file has, and what an id was made of
json 1 Một | iconv -t UTF-16 >utf16.jsonl
printf 'title,body\nMột,Nội dung\n' >ten.csv
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index ma.ix --report ma.report utf16.jsonl ten.csv
has '"encoding":"UTF-16LE","fields":{"title":"title","body":"body","id":"id"}' ma.report
has '"encoding":"UTF-8","fields":{"title":"title","body":"body","id":"path and text"}' ma.report

# lines of every kind
mkdir dong
printf '\xEF\xBB\xBF{"id":"1","title":"Một"}\r\n\r\n  \n{"id":"2","title":"Hai"\n{"id":"3","title":"Ba"}\n[1]\n"x"\n{}\n{"id":"4","title":"Bốn"}' >dong/a.jsonl
expect 1 "$(counts 3 0 0 0 3)" "$dx" --index dong.ix dong
has "1 left out: nothing to read in it" out
has "skipped dong/a.jsonl#4: not valid JSON" err
has "skipped dong/a.jsonl#6: an article must be a JSON object" err

# a line too long is passed over, and told by its number
(json 1 Một; head -c 68000000 /dev/zero | tr '\0' a; echo; json 2 Hai) >dai.jsonl
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index dai-dong --memory 1G dai.jsonl
has "skipped dai.jsonl#2: a line of more than 64 MiB" err

# of a stream that breaks off, what came before counts
seq 20000 | sed 's/.*/{"id":"&","title":"Bài số &"}/' | gzip -c >nua.jsonl.gz
truncate -s -1000 nua.jsonl.gz
"$dx" --index nua nua.jsonl.gz >out 2>err && { echo "FAILED: a cut file"; failed=1; }
has "skipped nua.jsonl.gz: cannot decompress" err
grep -qE '^1?[0-9],[0-9]{3} added, .* 1 skipped' out ||
    { echo "FAILED: nothing of a cut file:"; cat out; failed=1; }

# every type, plain and compressed
mkdir loai
printf 'Tin của tỉnh Bắc Giang\n\nUBND tỉnh họp sáng nay về chuyển đổi số.\n\nHết.\n' >loai/a.txt
printf '<h1>Tin của tỉnh Hà Nam</h1><p>UBND tỉnh họp sáng nay.</p>' >loai/b.html
cp loai/b.html loai/c.HTM
printf '{"title":"Một bài"}' >loai/d.json
printf '[{"title":"Bài một"},{"title":"Bài hai"}]' >loai/e.json
printf '{"total":1,"articles":[{"title":"Bài ba"}]}' >loai/f.json
json g Gốc >loai/g.jsonl
gzip -c loai/a.txt >loai/h.txt.gz
zstd -qc loai/b.html >loai/i.html.zst
json k Nén | zstd -qc >loai/k.jsonl.zst
expect 0 "$(counts 11 0 0 0 0)" "$dx" --index loai.ix loai
expect 0 "$(counts 0 0 11 0 0)" "$dx" --index loai.ix loai

# bad files among good ones: each skipped with its reason
head -c 4000 "$dx" >loai/nhi-phan.txt
printf '[{"title":"Bài bốn"},{"ti' >loai/cut.json
printf 'chỉ có chữ' >loai/chu.html
head -c 40 loai/h.txt.gz >loai/cut.txt.gz
expect 1 "$(counts 1 0 11 0 4)" "$dx" --index loai.ix --report ra.jsonl loai
has "skipped loai/nhi-phan.txt: not a text file; leave it out or convert it" err
has "skipped loai/cut.json: the JSON object at byte 24 does not end; is the file complete?" err
has "skipped loai/chu.html: no HTML in it; rename it to .txt if it is plain text" err
has "skipped loai/cut.txt.gz: cannot decompress" err
if grep -qE '^dxindex: skipped ([^:]*): \1' err; then
    echo "FAILED: a message names its file twice"
    failed=1
fi

# the report: JSONL, one event a line, the summary last
python3 - ra.jsonl <<'PYTHON' || failed=1
import json, sys
events = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
summary = events.pop()
assert summary["event"] == "summary", summary
assert summary["added"] == 1 and summary["skipped"] == 4, summary
assert summary["articles"] == 12 and summary["index_bytes"] > 0, summary
kinds = sorted(e["event"] for e in events)
assert kinds == ["added"] + ["skipped"] * 4, kinds
assert all(e["path"].startswith("loai/") for e in events)
assert all(e.get("reason") for e in events if e["event"] == "skipped")
PYTHON

# names that are no UTF-8, with line ends, with quotes
mkdir ten
cp loai/a.txt "$(printf 'ten/b\xE9o.txt')"
cp loai/a.txt "$(printf 'ten/h\nai.txt')"
cp loai/a.txt 'ten/"ba" #1.txt'
cp loai/a.txt 'ten/Tin tức số 4.txt'
expect 0 "$(counts 4 0 0 0 0)" "$dx" --index ten.ix --report ra.jsonl ten
expect 0 "$(counts 0 0 4 0 0)" "$dx" --index ten.ix ten
python3 -c 'import json
for line in open("ra.jsonl", encoding="utf-8"): json.loads(line)' || failed=1

# a long path leaves room for the reason
long=dai/$(printf 'thu-muc-%02d/' $(seq 40))
mkdir -p "$long"
printf 'chỉ có chữ' >"${long}chu.html"
expect 1 "$(counts 0 0 0 0 1)" "$dx" --index dai.ix dai
has "skipped ${long}chu.html: no HTML in it; rename it to .txt if it is plain text" err

# many bad lines: the first are told, the rest counted
for i in $(seq 60); do echo "{hỏng $i"; done >nhieu.jsonl
expect 1 "$(counts 0 0 0 0 60)" "$dx" --index nhieu nhieu.jsonl
has "… and 40 more skipped; --verbose or --report FILE tells all" err
[ "$(grep -c ': skipped' err)" = 20 ] || { echo "FAILED: skips told"; failed=1; }

# a name that may mean a field is told once; it can be mapped, and then counts
for i in 1 2 3; do
    printf '{"id":"%s","title":"Đêm thơ","content":"Thơ bên hồ.","ngay":"24/02/2024"}\n' $i
done >ngay.jsonl
expect 0 "$(counts 3 0 0 0 0)" "$dx" --index ngay.ix ngay.jsonl
has "field 'ngay' is kept but not searched; --map date=ngay" err
[ "$(grep -c "'ngay'" err)" = 1 ] || { echo "FAILED: a name is told again"; failed=1; }
expect 0 "$(counts 0 3 0 0 0)" "$dx" --index ngay.ix --map date=ngay ngay.jsonl
[ ! -s err ] || { echo "FAILED: a mapped name is told"; cat err; failed=1; }
"$DX_BIN/dxsearch" --index ngay.ix date:2024-02-24 >out || { echo "FAILED: no mapped date"; failed=1; }

# a law in chapters is one article, or one for each of its articles
printf '{"id":"1/QH","url":"https://vb.example/1","chapters":[{"title":"Chương I","articles":[
{"number":"Điều 1","body":"Nói về sách."},{"number":"Điều 2","body":"Nói về phòng đọc."}]}]}' >luat.json
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index luat.ix luat.json
expect 0 "$(counts 2 0 0 1 0)" "$dx" --index luat.ix --split articles luat.json
expect 2 "" "$dx" --index luat.ix --split chapters luat.json

# what is too large for an article is told, and takes no memory
head -c 17000000 /dev/zero | tr '\0' 'a' >dai.txt
{ printf '['; head -c 34000000 /dev/zero | tr '\0' ' '; printf ']'; } >dai.json
expect 1 "$(counts 0 0 0 0 1)" "$dx" --index dai.ix dai.txt
has "skipped dai.txt: larger than 16 MiB; split it, or make it JSONL" err
expect 1 "$(counts 0 0 0 0 1)" "$dx" --index dai.ix --memory 64M dai.json
has "skipped dai.json: larger than 32 MiB" err
rm -f dai.txt dai.json

# the sample corpus
expect 0 "$(counts 66 0 0 0 0)" "$dx" --index mau "$DX_SRC/corpus"
expect 0 "$(counts 0 0 66 0 0)" "$dx" --index mau "$DX_SRC/corpus"

# what follows an article is no part of it
if "$DX_BIN/dxsearch" --index mau '"Mỗi thôn một tổ công nghệ số"' >out; then
    echo "FAILED: another article's headline is found"
    failed=1
fi
"$DX_BIN/dxsearch" --index mau 'chuyen doi so Bac Giang' >out
grep -q '^ *1\. Bắc Giang: Hơn 3.600 cán bộ cùng học về chuyển đổi số$' out ||
    { echo "FAILED: not the first answer:"; head -5 out; failed=1; }

exit $failed
