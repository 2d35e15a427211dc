#!/usr/bin/env bash
# Nothing that a person can type is an error, on the command line or in a browser.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

python3 - "$tmp/batch.tsv" "$tmp/cgi.txt" <<'PY'
import sys, urllib.parse

odd = [
    b"", b" ", b"\t", b"   ", b"\x01\x02\x03", b"\x1b[31m", b"\x7f", b"\xff", b"\xff\xfe\xfd", b"\xc3",
    b"\xe1\xbb", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", "chuy\u1ec3n \xff".encode("latin-1", "ignore"),
    b'"', b'""', b'"""', b'" "', b'"Bac Giang', b'Bac Giang"', b'"Bac" "Giang', "“Bắc Giang".encode(), "«»".encode(),
    "„Bắc“".encode(), b"'", b"''", b"`", b"-", b"--", b"---", b"- -", b"-\"", b'-""', b'-"Bac Giang"', b"-a -b -c",
    b"+", b"+a", b"a OR b", b"AND", b"a AND", b"NOT a", b"(", b")", b"((a)", b"a:b", b":", b"title:", b"title:title:a",
    b"title:\"", b"title:-a", b"-title:\"so", b"*", b"a*", b"?", b"a?", b"a~2", b"a^2", b"[a TO b]", b"{a}", b"\\", b"a\\",
    b"%", b"%00", b"%zz", b"&", b"&amp;", b"<script>alert(1)</script>", b"' OR 1=1 --", b"; rm -rf /", b"$(reboot)",
    b"../../etc/passwd", "là và của các".encode(), "…".encode(), "。、！".encode(), "😀 🇻🇳 👨‍👩‍👧".encode(), "\u200b\u200d\ufeff".encode(),
    "\u0301\u0323".encode(), "a" .encode() + "\u0301".encode() * 500, "nghiêng " .encode() * 400, b"x" * 10000,
    ("đ" * 5000).encode(), b'"' * 3000, b"-a " * 2000, b"(" * 5000, "749/QĐ-TTg".encode(), b"01/07/2025", b"13/2023/N\xc4\x90-CP",
    b"1" * 400, b"9999999999999999999999", b"0x7fffffff", b"1e308", b"NaN", "Ⅷ ² ½ ①".encode(), "漢字かな".encode(),
    "العربية".encode(), "ｃｈｕｙｅｎ".encode(), "hoà hòa HÒA".encode(), "ddieejn".encode(), b"http://a.b/c?d=e&f=g#h", b"a@b.c",
]
with open(sys.argv[1], "wb") as out:
    for query in odd:
        assert b"\n" not in query and b"\0" not in query
        out.write(query + b"\n")
with open(sys.argv[2], "w") as out:
    for query in odd:
        out.write("q=" + urllib.parse.quote_plus(query) + "\n")
PY

# ---- one at a time, as text; and what comes out is UTF-8
count=0
while IFS= read -r query; do
    count=$((count + 1))
    status=0
    "$DX_BIN/dxsearch" -n 3 -- "$query" >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
    [ $status -le 1 ] || { fail "status $status for query $count: $(head -c 60 <<<"$query")"; cat "$tmp/err" >&2; }
    cat "$tmp/out" "$tmp/err" >>"$tmp/all.txt"
done <"$tmp/batch.tsv"
[ "$count" -ge 100 ] || fail "only $count queries"
iconv -f UTF-8 -t UTF-8 "$tmp/all.txt" >/dev/null || fail "text is not UTF-8"

# ---- all of them in the browser's page
while IFS= read -r query_string; do
    "$DX_BIN/dxsearch.cgi" "$query_string" >"$tmp/out" 2>"$tmp/err" </dev/null ||
        { fail "status $? for $query_string"; cat "$tmp/err" >&2; }
    head -1 "$tmp/out" | grep -qx 'Status: 200 OK' || fail "$(head -1 "$tmp/out") for $query_string"
    cat "$tmp/out" >>"$tmp/pages.txt"
done <"$tmp/cgi.txt"
iconv -f UTF-8 -t UTF-8 "$tmp/pages.txt" >/dev/null || fail "a page is not UTF-8"
LC_ALL=C grep -aqP '[\x00-\x08\x0b-\x1f\x7f]' "$tmp/pages.txt" && fail "control characters in a page"
sed -E 's/<script src="\?script=[0-9a-f]+" defer>|<script type="application\/ld\+json">//' "$tmp/pages.txt" | # our own
    grep -qi '<script' && fail "a query's tag is a tag of the page"

# ---- all of them in one batch, as JSON
sed 's/^/q\t/' "$tmp/batch.tsv" >"$tmp/with_id.tsv"
status=0
"$DX_BIN/dxsearch" --json -n 2 --batch "$tmp/with_id.tsv" >"$tmp/out" 2>"$tmp/err" || status=$?
[ $status -eq 0 ] || fail "status $status for the batch"
python3 - "$tmp/out" "$count" <<'PY' || fail "the batch's JSON"
import json, sys
lines = open(sys.argv[1], encoding="utf-8").readlines()
assert len(lines) == int(sys.argv[2]), len(lines)
for line in lines:
    json.loads(line)
PY

# ---- every single byte and every pair of quotes, blank and minus with it
python3 - <<'PY' >"$tmp/bytes.tsv"
import sys
for byte in range(1, 256):
    if byte not in (9, 10):
        for pattern in (b"%c", b"a%cb", b'"%c', b"-%c", b"title:%c", b"%c%c"):
            sys.stdout.buffer.write(b"q\t" + pattern.replace(b"%c", bytes([byte])) + b"\n")
PY
status=0
"$DX_BIN/dxsearch" --json -n 1 --batch "$tmp/bytes.tsv" >"$tmp/out" 2>"$tmp/err" || status=$?
[ $status -eq 0 ] || { fail "status $status for single bytes"; cat "$tmp/err" >&2; }
python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]' "$tmp/out" ||
    fail "JSON of single bytes"

finish
