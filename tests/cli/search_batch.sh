#!/usr/bin/env bash
# Many queries in one process: order, ids, TREC lines, JSON lines, threads.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"
search=$DX_BIN/dxsearch

printf '%s\n' "chuyen doi so" "Bắc Giang" "749/QĐ-TTg" "qwertzuiop" "người có công" "-hội" \
    "lũ chồng lũ" "sông" "de an 06" "tết" >"$tmp/words"
for i in {1..30}; do sed "s/^/q$i-/; s/-/\t/" "$tmp/words"; done >"$tmp/batch"
awk -F'\t' '{ print $1 NR "\t" $2 }' "$tmp/batch" >"$tmp/batch.tsv"

# ---- the answers are those of single searches, in the order of the lines
expect_status 0 "$search" --batch "$tmp/batch.tsv" --threads 1 -n 5
cp "$tmp/out" "$tmp/one"
cut -d' ' -f1 "$tmp/one" | uniq >"$tmp/order"
grep -vP '\t(qwertzuiop|-hội)$' "$tmp/batch.tsv" | cut -f1 | diff -q - "$tmp/order" >/dev/null ||
    fail "not in the order of the lines"
expect_status 0 "$search" --format trec -n 5 lũ chồng lũ
sed 's/^1 /X /' "$tmp/out" >"$tmp/single"
id=$(grep -P '\tlũ chồng lũ$' "$tmp/batch.tsv" | head -1 | cut -f1)
grep "^$id " "$tmp/one" | sed "s/^$id /X /" | diff - "$tmp/single" >&2 || fail "batch and single search differ"

# ---- any number of threads gives the same bytes
for threads in 2 3 16 64; do
    expect_status 0 "$search" --batch "$tmp/batch.tsv" --threads $threads -n 5
    cmp -s "$tmp/out" "$tmp/one" || fail "$threads threads give another output"
done
expect_status 0 "$search" --batch "$tmp/batch.tsv" --json --threads 1 -n 2
sed -E 's/"time_ms":[0-9.]+//' "$tmp/out" >"$tmp/one.json"
expect_status 0 "$search" --batch "$tmp/batch.tsv" --json --threads 4 -n 2
sed -E 's/"time_ms":[0-9.]+//' "$tmp/out" | cmp -s - "$tmp/one.json" || fail "4 threads give other JSON"
python3 - "$tmp/out" "$tmp/batch.tsv" <<'PY' || fail "JSON lines"
import json, sys
answers = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
asked = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8")]
assert [[a["qid"], a["query"]] for a in answers] == asked
assert all(len(a["hits"]) <= 2 for a in answers)
PY

# ---- lines as people have them: no id, CRLF, empty, without a last newline, with a NUL
printf 'Bắc Giang\r\n\n\r\nx y\tchuyen doi so\r\nchuyen\0doi so' |
    "$search" --batch - -n 1 >"$tmp/out" 2>"$tmp/err" || fail "odd lines: status $?"
[ "$(cut -d' ' -f1 "$tmp/out" | tr '\n' ' ')" = "1 x%20y 5 " ] || { fail "odd lines"; cat "$tmp/out" >&2; }
[ "$(sed -n 2p "$tmp/out" | cut -d' ' -f3-)" = "$(sed -n 3p "$tmp/out" | cut -d' ' -f3-)" ] ||
    fail "a NUL does not separate words"

# ---- six fields a line, whatever is in the ids; decoding gives them back
printf '%s\n' '{"id":"a b c%20d","title":"tìm tôi"}' '{"id":"Bài số 1\u3000x","title":"tìm tôi"}' |
    index_lines "$tmp/ids"
printf 'tìm %%1\ttìm tôi\n' | "$search" -i "$tmp/ids" --batch - >"$tmp/out" || fail "ids: status $?"
python3 - "$tmp/out" <<'PY' || fail "ids in TREC lines"
import sys, urllib.parse
rows = [line.split() for line in open(sys.argv[1], encoding="utf-8")]
assert all(len(row) == 6 and row[1] == "Q0" and row[5] == "dx" for row in rows), rows
assert [row[3] for row in rows] == ["1", "2"]
assert all(urllib.parse.unquote(row[0]) == "tìm %1" for row in rows), rows
ids = {urllib.parse.unquote(row[2]) for row in rows}
assert ids == {"a b c%20d", "Bài số 1\u3000x"}, ids
PY

# ---- a program can ask and read in turn
coproc "$search" --batch - -n 1
for query in "chuyen doi so" "Bắc Giang"; do
    printf 'turn\t%s\n' "$query" >&"${COPROC[1]}"
    read -r -t 30 line <&"${COPROC[0]}" || fail "no answer before the next question"
    case $line in "turn Q0 "*) ;; *) fail "answer: $line" ;; esac
done
pid=$COPROC_PID
exec {COPROC[1]}>&-
wait "$pid" || fail "status $? at the end of the questions"

# ---- exit statuses
printf 'a\tqwertzuiop\n' >"$tmp/none"
expect_status 1 "$search" --batch "$tmp/none"
expect_status 1 "$search" --batch /dev/null
expect_status 3 "$search" --batch "$tmp/missing"
expect_text "$tmp/err" "$tmp/missing" "a missing batch"
expect_status 2 "$search" --batch "$tmp/none" chuyen
expect_status 0 "$search" --batch "$tmp/batch.tsv" --format text -n 1
expect_text "$tmp/out" "Query q1" "a batch as text"

# ---- options of a line are for that line
printf '%s\n' $'a\tBắc Giang\t--limit 1' $'b\tBắc Giang\t--sort newest -n 2' $'c\tBắc Giang' \
    $'d\tBắc\tGiang' $'e\tBac Giang\t--literal --any\t--facets 2' \
    $'f\tBắc Giang\t--scope exact' $'g\tBắc Giang\t--scope others' >"$tmp/options"
expect_status 0 "$search" --batch "$tmp/options" --json -n 3
python3 - "$tmp/out" <<'PY' || fail "options of a line"
import json, sys
a, b, c, d, e, f, g = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert [len(x["hits"]) for x in (a, b, c, d, e)] == [1, 2, 3, 3, 3]
assert a["hits"] == c["hits"][:1] and b["hits"][0]["date"] >= b["hits"][1]["date"]
assert c["hits"] == d["hits"] and d["query"] == "Bắc\tGiang"
assert "facets" in e and "facets" not in d and not e["notes"]
assert f["exact"] == c["exact"] == f["total"] and f["exact"] + g["total"] == c["total"]
PY
expect_status 0 "$search" --json -n 2 --sort newest Bắc Giang
python3 - "$tmp/out" "$tmp/options" <<'PY' || fail "a line is not as the command line"
import json, sys
single = json.load(open(sys.argv[1], encoding="utf-8"))
assert [hit["score"] for hit in single["hits"]] == [0, 0]
PY

# ---- articles like one, and suggestions, by lines and for all
id=$("$search" --format trec -n 1 chuyen doi so | cut -d' ' -f3)
printf '%s\n' $'l\t\t--like '"$id" $'s\tchuyen d\t--suggest --limit 3' $'n\t\t--like no\\ such\\ id' >"$tmp/modes"
expect_status 0 "$search" --batch "$tmp/modes" --json
expect_text "$tmp/err" "'no such id'" "an unknown id of a line"
"$search" --like "$id" --json >"$tmp/like" || fail "--like $id"
"$search" --suggest --json -n 3 chuyen d >"$tmp/suggest" || fail "--suggest"
python3 - "$tmp/out" "$tmp/like" "$tmp/suggest" <<'PY' || fail "modes of a line"
import json, sys
like, suggest, none = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
single = json.load(open(sys.argv[2], encoding="utf-8"))
assert like["like"] == single["like"] and like["hits"] == single["hits"]
words = json.load(open(sys.argv[3], encoding="utf-8"))
assert suggest == {"version": 1, "qid": "s", "query": "chuyen d", "suggestions": words}, suggest
assert none["qid"] == "n" and none["error"]["code"] == "article_not_found" and "no such id" in none["error"]["message_en"]
PY
printf 'x\tchuyen d\ny\tbac g\n' | "$search" --batch - --suggest >"$tmp/out" || fail "suggestions for all: $?"
expect_text "$tmp/out" "Query x: chuyen d" "suggestions for all"
expect_text "$tmp/out" "Bắc Giang" "suggestions for all"

# ---- a line with wrong options is told, and the others are answered
printf '%s\n' $'a\tBắc\t--nonsense' $'b\tBắc\t--limit x' $'c\tBắc\t--index other' $'d\tBắc\t--all word' \
    $'e\tBắc\t--suggest --like x' $'f\tBắc\t--like x' $'g\tBắc\t--limit 1' >"$tmp/wrong"
expect_status 2 "$search" --batch "$tmp/wrong" --json
python3 - "$tmp/out" <<'PY' || fail "wrong options"
import json, sys
answers = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert [a["qid"] for a in answers] == list("abcdefg")
assert ["error" in a for a in answers] == [True] * 6 + [False]
PY
for id in a b c d e f; do expect_text "$tmp/err" "dxsearch: $id: " "wrong options"; done
expect_status 2 "$search" --batch "$tmp/wrong"
[ "$(cut -d' ' -f1 "$tmp/out" | sort -u)" = g ] || fail "wrong options in TREC"

# ---- a file as Windows writes it: a byte order mark, and ends of lines with CR
expect_status 0 "$search" --batch "$tmp/batch.tsv" -n 2
cp "$tmp/out" "$tmp/unix"
{ printf '\357\273\277'; sed 's/$/\r/' "$tmp/batch.tsv"; } >"$tmp/windows.tsv"
expect_status 0 "$search" --batch "$tmp/windows.tsv" -n 2
cmp "$tmp/unix" "$tmp/out" || fail "a batch with a byte order mark"
"$search" --batch - -n 2 <"$tmp/windows.tsv" | cmp - "$tmp/unix" || fail "likewise on standard input"

# ---- what is published while a program asks in turn is seen
mkdir "$tmp/news"
echo '{"id":"1","title":"Xuồng máy"}' >"$tmp/news/1.jsonl"
"$DX_BIN/dxindex" --quiet --index "$tmp/live" "$tmp/news"
coproc "$search" --index "$tmp/live" --batch - --json
for number in 1 2 3; do
    printf 'turn\txuồng máy\n' >&"${COPROC[1]}"
    read -r -t 30 line <&"${COPROC[0]}" || fail "no answer"
    case $line in *"\"total\":$number,"*) ;; *) fail "turn $number: $line" ;; esac
    echo "{\"id\":\"n$number\",\"title\":\"Xuồng máy\"}" >"$tmp/news/n$number.jsonl"
    "$DX_BIN/dxindex" --quiet --index "$tmp/live" "$tmp/news"
done
pid=$COPROC_PID
exec {COPROC[1]}>&-
wait "$pid" || fail "status $? at the end of the turns"

finish
