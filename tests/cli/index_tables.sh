#!/usr/bin/env bash
# Tables and JSON in odd shapes: CSV and TSV of every writer, --format and --map,
# damaged rows, figures; what of a large table is read again; and that reading parts
# gives what reading all of it gives.
. "$(dirname "$0")/index.bash"
search=$DX_BIN/dxsearch

finds() { # INDEX QUERY KEY VALUE: of the first hit
    "$search" --index "$1" --json "$2" >hit || true
    python3 - "$3" "$4" <<'PY' || { echo "FAILED: $2 in $1:"; cat hit; failed=1; }
import json, sys
hits = json.load(open("hit"))["hits"]
sys.exit(not hits or hits[0].get(sys.argv[1]) != sys.argv[2])
PY
}

# a table as a spreadsheet saves it: BOM, semicolons, line ends in quotes, HTML
mkdir bang
printf '\xEF\xBB\xBFTiêu đề;Tóm tắt;Nội dung;Ngày đăng;Tác giả;Lượt xem\r\n' >bang/tin.csv
printf '"Chợ phiên ""Bản Bền"" họp lại";Vui;"Sáng nay, chợ phiên họp lại.\r\n\r\nBà con phấn khởi; hàng hóa đầy ắp.";31/01/2024;Thu Hà;1200\r\n' >>bang/tin.csv
printf 'Xã Tân Sơn trồng rừng;;"<p>Hơn 20&nbsp;ha r&#7915;ng <b>keo lai</b> vừa được trồng.</p>";2024-02-20;;7\r\n' >>bang/tin.csv
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index bang.ix bang
finds bang.ix '"phiên họp lại"' title 'Chợ phiên "Bản Bền" họp lại'
finds bang.ix 'phấn khởi' date 2024-01-31
finds bang.ix 'phấn khởi' author 'Thu Hà'
finds bang.ix '"rừng keo lai"' title 'Xã Tân Sơn trồng rừng'
expect 0 "$(counts 0 0 2 0 0)" "$dx" --index bang.ix bang

# figures are told once a file
printf 'STT,Cấp học,Số lượng\n1,Mầm non,"2,870"\n2,Tiểu học,"35,259"\n' >bang/lop.csv
expect 0 "$(counts 0 0 2 0 0)" "$dx" --index bang.ix --verbose bang
has "1 left out: a table of figures without articles" out
has "left out bang/lop.csv: a table of figures without articles" err

# as a database prints it, on standard input
printf 'id\tten_goi\tnd\tmo\tghi_chu\n7\t"Bàn tay vàng" của làng\tDòng một\\nDòng hai\t2024-03-01 10:00:00\tNULL\n' >db
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index db.ix --format tsv --map title=ten_goi \
    --map body=nd --map date=mo - <db
finds db.ix '"dòng hai"' title '"Bàn tay vàng" của làng'
finds db.ix 'làng' date 2024-03-01
sed 's/hai/ba/' db >db.2
expect 0 "$(counts 0 1 0 0 0)" "$dx" --index db.ix --format tsv --map title=ten_goi \
    --map body=nd --map date=mo - <db.2

# columns that a run maps otherwise are read otherwise
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index map.ix --format tsv --map title=nd db
expect 0 "$(counts 0 1 0 0 0)" "$dx" --index map.ix --format tsv --map title=ten_goi db
expect 0 "$(counts 0 0 1 0 0)" "$dx" --index map.ix --format tsv --map title=ten_goi db
finds map.ix 'làng' title '"Bàn tay vàng" của làng'
echo '{"id":"1","goi_la":"Lúa chín sớm","nd":"Cánh đồng Yên Dũng vào vụ gặt."}' >m.jsonl
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index json.ix --map title=goi_la --map body=nd m.jsonl
finds json.ix 'gặt' title 'Lúa chín sớm'

# encodings and line ends
printf 'title,body\rGặt lúa,Bà con gặt lúa.\rCấy mạ,Bà con cấy mạ.\r' >cr.csv
printf 'title,body\nGặt lúa,Bà con gặt lúa.\nCấy mạ,Bà con cấy mạ.\n' |
    iconv -f UTF-8 -t UTF-16LE >u16.csv
printf '{"title":"Gặt lúa","body":"Bà con gặt lúa."}\r{"title":"Cấy mạ","body":"Bà con cấy mạ."}\r' >cr.jsonl
printf '{"title":"Gặt lúa","body":"Bà con gặt lúa."}\r\n{"title":"Cấy mạ","body":"Bà con cấy mạ."}\r\n' |
    iconv -f UTF-8 -t UTF-16 >u16.jsonl
printf '[\n  {"title": "Gặt lúa",\n   "body": "Bà con gặt lúa."},\n  {"title": "Cấy mạ",\n "body": "Bà con cấy mạ."}\n]\n' >mang.jsonl
printf '{\n  "title": "Gặt lúa",\n  "body": "Bà con gặt lúa."\n}\n{\n  "title": "Cấy mạ",\n "body": "Bà con cấy mạ."}\n' >dep.jsonl
printf '{"title":"Gặt lúa","body":"Bà con gặt lúa."}' | iconv -f UTF-8 -t UTF-16 >u16.json
for file in cr.csv u16.csv cr.jsonl u16.jsonl mang.jsonl dep.jsonl; do
    rm -rf e.ix
    expect 0 "$(counts 2 0 0 0 0)" "$dx" --index e.ix "$file"
    finds e.ix 'cấy' title 'Cấy mạ'
    expect 0 "$(counts 0 0 2 0 0)" "$dx" --index e.ix "$file"
done
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index u.ix u16.json

# two tables and a line of JSON in an archive
printf 'title;body\nGặt sớm;Bà con gặt sớm.\n' >b.csv
tar cf hai.tar cr.csv b.csv u16.jsonl
expect 0 "$(counts 5 0 0 0 0)" "$dx" --index tar.ix hai.tar
finds tar.ix 'sớm' title 'Gặt sớm'

# damaged rows are named by their numbers, and the others stay
printf 'id,title,body\n1,Một,"Bài một"\n2,Hai,"Bài hai\n3,Ba,"Bài ba"\n4,Bốn,Bài, bốn\n5,Năm,"Bài năm"\n' >hong.csv
expect 1 "$(counts 3 0 0 0 2)" "$dx" --index hong.ix hong.csv
has "hong.csv#3: a quote that opens a value of this row is not closed" err
has "hong.csv#5: it has 4 values for 3 columns" err
printf '"id,title\n1,a\n' >cut.csv
expect 1 "$(counts 0 0 0 0 1)" "$dx" --index cut.ix cut.csv
has "cut.csv: the row of names at its head does not end" err

# ---- a large table: appended to, changed within, and with another head
python3 - <<'PY'
words = "mưa nắng lúa ngô khoai sắn làng bản chợ đình trường lớp cầu đường sông núi".split()
def row(n, extra=""):
    text = " ".join(words[(n * 7 + i * i) % len(words)] for i in range(120))
    return f'{n},"Tin số {n}{extra}","Đoạn một, số {n}.\n{text}\n""Hết"" tin {n}.",2024-01-{n % 28 + 1:02}\n'
head = "id,title,body,date\n"
rows = [row(n) for n in range(4000)]
open("lon.csv", "w").write(head + "".join(rows))
open("them.csv", "w").write(head + "".join(rows) + row(4000))
rows[2000] = row(2000, " sửa")
rows.insert(1000, row(9000))
open("sua.csv", "w").write(head + "".join(rows))
open("dau.csv", "w").write("id,title,lead,date\n" + "".join(rows))
PY
mkdir lon
same() { # WHAT: the index of lon/ has what a new one has
    rm -rf moi.ix
    "$dx" --index moi.ix --quiet lon
    "$dx" dump --exact --limit 100000 --index lon.ix >co
    "$dx" dump --exact --limit 100000 --index moi.ix >can
    cmp -s co can || { echo "FAILED: $1: not as a new index"; diff co can | head -4; failed=1; }
}
mv lon.csv lon/tin.csv
expect 0 "$(counts 4,000 0 0 0 0)" "$dx" --index lon.ix lon
tail -c +"$(($(stat -c %s lon/tin.csv) + 1))" them.csv >>lon/tin.csv
"$dx" --index lon.ix lon >out 2>err
has "1 added, 0 updated, 4,000 unchanged" out
same "a row appended"
cp sua.csv lon/tin.csv
"$dx" --index lon.ix lon >out 2>err
has "1 added, 1 updated" out
same "a row changed, one inserted, one removed"
cp dau.csv lon/tin.csv
"$dx" --index lon.ix lon >out 2>err
has "4,001 updated" out
same "another head"

exit $failed
