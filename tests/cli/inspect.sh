#!/usr/bin/env bash
# dxindex inspect: what would be indexed of a file and where it came from; and how a
# run tells the fate of every file, by reason.
. "$(dirname "$0")/index.bash"
export LC_ALL=C

is() { # WHAT RIGHT FOUND
    [ "$2" = "$3" ] || { echo "FAILED: $1: $3, right is $2"; failed=1; }
}

mkdir kho
cat >kho/cau.html <<'END'
<html><head><title>Thông xe cầu Đồng Việt</title></head><body><article>
<h1>Thông xe cầu Đồng Việt</h1><p>Sáng nay, cây cầu nối hai huyện ven sông được đưa vào sử dụng sau ba năm xây dựng.</p>
<p>Người dân hai bên bờ không còn phải chờ đò, hàng hóa đi thẳng ra quốc lộ.</p></article></body></html>
END
printf '{"id":"a","title":"Mở chợ hoa","body":"%s"}\n{"title": 5\n' \
    "Chợ hoa xuân mở từ hai mươi tháng Chạp." >kho/tin.jsonl
head -c 3000 /dev/zero | tr '\0' '\1' >kho/anh.txt
touch kho/bieu-trung.png kho/nen.png

# for people
status=0
"$dx" inspect kho/cau.html kho/tin.jsonl >out 2>err || status=$?
is "status with a fault" 1 $status
has "kho/cau.html: article" out
has "kho/tin.jsonl#1: article" out
has "kho/tin.jsonl#2: cannot be read: not valid JSON" out
has "Thông xe cầu Đồng Việt" out
[ ! -e dx.index ] || { echo "FAILED: inspect made an index"; failed=1; }

# the limit tells that there is more
"$dx" inspect --limit 1 kho/tin.jsonl >out
has "kho/tin.jsonl: more than 1 records" out

# long texts are cut within no character, unless all of them is wanted
printf 'Đề\n\n%s\n' "$(yes 'ồ' | head -n 700 | tr '\n' ' ')" >dai.txt
"$dx" inspect dai.txt >out
has "[…]" out
python3 -c 'open("out", encoding="utf-8").read()' || failed=1
"$dx" inspect --full dai.txt >out
! grep -qF "[…]" out || { echo "FAILED: --full cuts"; failed=1; }

# what was read in which encoding, also within what holds texts
tcvn3='HuyÖn miÒn nói më líp häc ch÷ cho ng­êi lín tuæi ë c¸c b¶n xa'
mkdir ma
printf "<rss><channel><item><title>$tcvn3</title></item></channel></rss>" |
    iconv -f UTF-8 -t ISO-8859-1 >ma/nguon.xml
printf '<rss><channel><item><title>Mở chợ</title></item></channel></rss>' >ma/tin.xml
{
    printf 'From: a@xa.example\nSubject: Tin\nMIME-Version: 1.0\nContent-Type: text/plain\n\n'
    printf "$tcvn3\n" | iconv -f UTF-8 -t ISO-8859-1
} >ma/thu.eml
"$dx" inspect ma >out
has "feed, TCVN3" out
has "feed, UTF-8" out
has "mail, TCVN3" out
has "Huyện miền núi mở lớp học" out

# for programs
"$dx" inspect --json kho >out || true
python3 - <<'END' || failed=1
import json
rows = {r["path"]: r for r in map(json.loads, open("out", encoding="utf-8"))}
page = rows["kho/cau.html"]
assert page["fate"] == "article" and page["extractor"] == "html", page
assert page["fields"]["title"]["value"] == "Thông xe cầu Đồng Việt", page
assert page["fields"]["title"]["from"], page
assert "quốc lộ" in page["fields"]["body"]["value"], page
assert rows["kho/tin.jsonl#2"]["fate"] == "skipped", rows
assert "path" not in rows["kho/tin.jsonl#2"]["reason"], rows
END

# usage
status=0
"$dx" inspect >out 2>err || status=$?
is "status without a path" 2 $status
has "dxindex inspect --help" err

# a run: each file's fate, counted by reason
status=0
"$dx" --report bao-cao.jsonl kho >out 2>err || status=$?
is "status of the run" 1 $status
has "2 skipped" out
has "1 skipped: not a text file; leave it out or convert it" out
has "2 ignored, of types that dx does not read: .png 2" out
python3 - <<'END' || failed=1
import json
lines = [json.loads(line) for line in open("bao-cao.jsonl", encoding="utf-8")]
added = {e["path"]: e for e in lines if e["event"] == "added"}
assert added["kho/cau.html"]["extractor"] == "html", added
assert {"title", "body"} <= set(added["kho/cau.html"]["fields"]), added
assert added["kho/tin.jsonl#1"]["extractor"], added
end = lines[-1]
assert end["ignored_types"] == {".png": 2}, end
assert sum(end["skip_reasons"].values()) == end["skipped"] == 2, end
END

# a file that the user named himself stays one of its folder, however it is called
mkdir ghi
printf 'Mở chợ hoa\n\nChợ hoa xuân mở từ hai mươi tháng Chạp.\n' >ghi/so-tay
printf 'Mở cầu\n\nCầu mới mở sáng nay cho bà con đi lại.\n' >ghi/cau.txt
"$dx" --quiet --index so ghi/so-tay
"$dx" --index so ghi >out
has "1 added, 0 updated, 1 unchanged, 0 removed, 0 skipped" out
printf 'Mở chợ hoa lớn\n\nChợ hoa xuân mở từ hai mươi tháng Chạp, rất đông.\n' >ghi/so-tay
"$dx" --index so ghi >out
has "0 added, 1 updated, 1 unchanged, 0 removed, 0 skipped" out
rm ghi/so-tay
"$dx" --index so ghi >out
has "0 added, 0 updated, 1 unchanged, 1 removed, 0 skipped" out

exit $failed
