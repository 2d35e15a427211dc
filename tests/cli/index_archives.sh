#!/usr/bin/env bash
# Files that hold files: zip, tar, WARC, mail. Which article is which, what a second run
# takes in, what is damaged or made to fill the disk, and how much memory it takes.
. "$(dirname "$0")/index.bash"
search=$DX_BIN/dxsearch

# make KIND FILE [NAME CONTENT]…: an archive; content @FILE is a file's
make() {
    python3 - "$@" <<'PYTHON'
import base64, gzip, hashlib, io, sys, tarfile, zipfile

kind, target, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
members = []
for name, content in zip(rest[::2], rest[1::2]):
    data = open(content[1:], 'rb').read() if content.startswith('@') else content.encode()
    members.append((name, data))
if kind == 'zip':
    with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(name, data)
elif kind.startswith('tar'):
    with tarfile.open(target, 'w:' + kind[4:]) as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
else:
    with open(target, 'wb') as f:
        for name, data in members:
            http = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' + data
            record = (f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {name}\r\n'
                      'WARC-Date: 2025-04-02T03:04:05Z\r\nContent-Type: application/http\r\n'
                      f'WARC-Block-Digest: sha1:{base64.b32encode(hashlib.sha1(http).digest()).decode()}\r\n'
                      f'Content-Length: {len(http)}\r\n\r\n').encode() + http + b'\r\n\r\n'
            f.write(gzip.compress(record) if kind == 'warc.gz' else record)
PYTHON
}

page() { # TITLE
    cat <<PAGE
<!DOCTYPE html><html><head><meta charset="utf-8"><title>$1</title></head>
<body><p>$1: cán bộ khuyến nông xuống tận ruộng hướng dẫn bà con cách ủ phân, che mạ và
giữ nước, ai cũng có thể hỏi và được trả lời ngay tại bờ.</p></body></html>
PAGE
}
letter() { printf 'Subject: %s\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThư gửi %s.\n' "$1" "$1"; }
lines() { printf '{"id":"%s","title":"%s","body":"Tin %s."}\n' "$1" "$2" "$2"; }

# ---- zip and tar, of everything ----

(lines j1 'Dòng một'; lines j2 'Dòng hai') >tin.jsonl
letter 'xóm Trại' >thu.eml
make zip trong.zip ruong.html "$(page 'Ruộng trong')" bo.txt 'Bờ ruộng đã đắp xong.'
make zip a.zip "tin/lúa.html" "$(page 'Lúa sớm')" 'tin/view.aspx?id=1' "$(page 'Lúa muộn')" \
    tin.jsonl @tin.jsonl thu.eml @thu.eml trong.zip @trong.zip anh.jpg x .an/x.html x LICENSE y
expect 0 "$(counts 7 0 0 0 0)" "$dx" --index i --verbose --report r a.zip
for path in 'tin/lúa.html' 'tin/view.aspx?id=1' 'tin.jsonl#1' 'tin.jsonl#2' thu.eml \
    trong.zip/ruong.html trong.zip/bo.txt; do
    has "\"event\":\"added\",\"path\":\"a.zip/$path\"" r
done
for path in anh.jpg .an/x.html LICENSE; do
    has "\"event\":\"left-out\",\"path\":\"a.zip/$path\"" r
done
[ "$("$search" --index i --json 'lúa sớm' | grep -o '"id":"[^"]*"' | head -n 1)" = '"id":"a.zip/tin/lúa.html"' ] ||
    { echo "FAILED: not a.zip/tin/lúa.html"; failed=1; }
for kind in tar tar:gz tar:bz2 tar:xz; do
    name=b.${kind/:/.}
    make "${kind/tar/tar:}" "$name" tin/1.html "$(page Một)" 2.eml @thu.eml 2>/dev/null ||
        make "$kind" "$name" tin/1.html "$(page Một)" 2.eml @thu.eml
    expect 0 "$(counts 2 0 0 0 0)" "$dx" --index "i-$name" "$name"
done

# ---- a second run ----

mkdir kho && mv a.zip kho
expect 0 "$(counts 7 0 0 0 0)" "$dx" --index k kho
sleep 1.1 # stamps outlast
expect 0 "$(counts 0 0 7 0 0)" "$dx" --index k kho
touch kho/a.zip
expect 0 "$(counts 0 0 7 0 0)" "$dx" --index k kho
make zip kho/a.zip "tin/lúa.html" "$(page 'Lúa rất sớm')" tin.jsonl @tin.jsonl
expect 0 "$(counts 0 1 2 4 0)" "$dx" --index k kho
# what stands in two files stays when one of them loses it
make zip kho/b.zip khac.jsonl @tin.jsonl
expect 0 "$(counts 0 0 3 0 0) (2 given again, kept once)" "$dx" --index k kho
rm kho/a.zip
expect 0 "$(counts 0 0 2 1 0)" "$dx" --index k kho
has 'k: 2 articles' out
"$dx" check --index k >/dev/null || { echo "FAILED: check"; failed=1; }

# ---- WARC ----

make warc c.warc https://xom.example/1 "$(page 'Kênh mương')" https://xom.example/2 "$(page 'Trạm bơm')"
make warc.gz d.warc.gz https://xom.example/1 "$(page 'Kênh mương')" https://xom.example/2 "$(page 'Trạm bơm')"
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index w c.warc
expect 0 "$(counts 0 0 2 0 0)" "$dx" --index w d.warc.gz
[[ $("$search" --index w --json 'trạm bơm') == *'"date":"2025-04-02"'*'"url":"https://xom.example/2"'* ]] ||
    { echo "FAILED: address and day of a WARC's page"; failed=1; }
cp c.warc e.warc
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index we e.warc
make warc e2 https://xom.example/3 "$(page 'Đê bao')" && cat e2 >>e.warc
expect 0 "$(counts 1 0 2 0 0)" "$dx" --index we e.warc

# ---- damage ----

noise=$(python3 -c "import base64, random; print(base64.b64encode(random.Random(1).randbytes(80000)).decode())")
for n in 1 2 3; do (page "Máng $n"; echo "<!-- $noise -->") >"mang-$n.html"; done
make warc.gz m.warc.gz https://xom.example/1 @mang-1.html https://xom.example/2 @mang-2.html \
    https://xom.example/3 @mang-3.html
head -c $(($(stat -c %s m.warc.gz) - 40)) m.warc.gz >cut.warc.gz
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index x1 cut.warc.gz
has 'cut.warc.gz/https://xom.example/3: cannot decompress: truncated gzip input; is the file complete?' err
head -c $(($(stat -c %s c.warc) - 40)) c.warc >cut.warc
expect 1 "$(counts 1 0 0 0 1)" "$dx" --index x2 cut.warc
has 'cut.warc/https://xom.example/2: the WARC record is damaged: it ends too early; is the file complete?' err
head -c 700 kho/b.zip >cut.zip
make zip cut0.zip 1.html "$(page Một)" 2.html "$(page Hai)"
head -c $(($(stat -c %s cut0.zip) / 2 + 20)) cut0.zip >cut.zip
expect 1 "$(counts 1 0 0 0 2)" "$dx" --index x3 cut.zip
has 'is the file complete?' err

# flip FILE TO TEXT OFFSET [NTH]: the byte that far from where TEXT stands the NTH time
flip() {
    python3 - "$@" <<'PYTHON'
import sys
source, target, text, offset, nth = sys.argv[1:5] + (sys.argv[5:] or ['1'])
data, at = bytearray(open(source, 'rb').read()), -1
for _ in range(int(nth)):
    at = data.index(bytes.fromhex(text), at + 1)
data[at + int(offset)] ^= 0x41
open(target, 'wb').write(data)
PYTHON
}
member=1f8b08 # of gzip
zip=504b0304

# A damaged record is told, and reading goes on at the next: by its check sum …
flip c.warc f.warc "$(printf 'Kênh mương:' | od -An -tx1 | tr -d ' \n')" 2
expect 1 "$(counts 1 0 0 0 1)" "$dx" --index y1 f.warc
has 'f.warc/https://xom.example/1: the WARC record is damaged: its check sum is wrong' err
# … by that of gzip, by what does not unpack, by where the next one should begin
flip m.warc.gz f.warc.gz $member -6 3
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y2 f.warc.gz
has 'f.warc.gz/https://xom.example/2: cannot decompress: the check sum is wrong' err
flip m.warc.gz f.warc.gz $member 4000 2
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y3 f.warc.gz
has 'skipped f.warc.gz/https://xom.example/2: ' err
flip m.warc.gz f.warc.gz $member 0 2
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y4 f.warc.gz
has 'f.warc.gz: cannot decompress: what is behind a member of gzip is none' err
# one that was cut off, and the next right behind
(head -c $(($(stat -c %s d.warc.gz) / 4)) d.warc.gz; cat m.warc.gz) >f.warc.gz
expect 1 "$(counts 3 0 0 0 1)" "$dx" --index y5 f.warc.gz

# So it is with a member of a zip or tar, its header as well
make zip m.zip 1.html @mang-1.html 2.html @mang-2.html 3.html @mang-3.html
flip m.zip f.zip $zip 4000 2
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y6 f.zip
has 'skipped f.zip/2.html: cannot decompress' err
flip m.zip f.zip $zip 0 2
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y7 f.zip
has 'f.zip: damaged: of the files in its directory, 1 are not in it' err
make tar: m.tar 1.html @mang-1.html 2.html @mang-2.html 3.html @mang-3.html
flip m.tar f.tar "$(printf 2.html | od -An -tx1 | tr -d ' \n')" 0
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y8 f.tar
has 'skipped f.tar: cannot decompress: Damaged tar archive' err
gzip -c f.tar >f.tar.gz
expect 1 "$(counts 2 0 0 0 1)" "$dx" --index y9 f.tar.gz
gzip -c m.tar >whole.tar.gz # a pipe that ends early would end gzip, and the test
head -c 200000 whole.tar.gz >cut.tar.gz # of the last one
expect 1 "$(counts 2 0 0 0 2)" "$dx" --index y10 cut.tar.gz
has 'skipped cut.tar.gz' err

page 'Không phải zip' >gia.zip
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index x4 gia.zip
make zip hong.zip bai.json '{"a":' tot.html "$(page Tốt)"
expect 1 "$(counts 1 0 0 0 1)" "$dx" --index x5 hong.zip
has 'skipped hong.zip/bai.json: ' err

# archives within archives, and what unpacks to far more than it is
cp cut0.zip n.zip
for n in 1 2 3 4 5; do make zip m.zip n.zip @n.zip && mv m.zip n.zip; done
expect 1 "$(counts 0 0 0 0 1)" "$dx" --index x6 n.zip
has 'more than 3 archives within each other; unpack it first' err
python3 - <<'PYTHON'
import zipfile
with zipfile.ZipFile('bom.zip', 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as z:
    for n in range(4):
        with z.open(f'{n}.jsonl', 'w') as f:
            for _ in range(200):
                f.write(b'{}' + b' ' * (1 << 20) + b'\n')
PYTHON
expect 1 "$(counts 0 0 0 0 2)" "$dx" --index x7 bom.zip
has 'unpacks to more than 100 times its size' err
# ---- what asks for more memory than there may be ----

mkdir khung
python3 - <<'P'
import io, lzma, tarfile
line = '{"id":"khung-%s","title":"Tin %s","body":"Xã họp bàn."}\n'
for name, bits in ("lon", 26), ("nho", 23):
    text, out = (line % (name, name)).encode(), io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo("a.jsonl")
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 1 << bits}]
    with open(f"khung/{name}.tar.xz", "wb") as file:
        file.write(lzma.compress(out.getvalue(), filters=filters))
    # a frame of one raw block, whose window has so many bits
    raw = (line % (name + "-z", name)).encode()
    frame = bytes([0x28, 0xB5, 0x2F, 0xFD, 0, (bits - 10) << 3]) + (len(raw) << 3 | 1).to_bytes(3, "little") + raw
    for end in "jsonl", "txt":
        with open(f"khung/{name}.{end}.zst", "wb") as file:
            file.write(frame)
P
"$dx" -i khung.ix --memory 64M khung >out 2>err && fail "a window of 64 MiB in 64 MiB: $(cat out err)"
[ "$(grep -c 'lon.*it takes more than 16 MiB of memory to read; more with a larger --memory' err)" = 3 ] ||
    fail "windows that are too large: $(cat err)"
grep -q 'nho' err && fail "windows that are small enough: $(cat err)"
"$dx" -i khung.ix --memory 512M khung >out 2>err || fail "a window of 64 MiB in 512 MiB: $(cat out err)"
"$dx" stats --json -i khung.ix >out
grep -q '"articles":4,' out || fail "windows: $(cat out err)"

exit $failed
