#!/usr/bin/env bash
# Feeds and tables of any query: valid, newest first, whatever articles and queries have in
# them.
. "$(dirname "$0")/../cli/search.bash"

here=$(cd "$(dirname "$0")" && pwd)
cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

ask() { # QUERY_STRING [VARIABLE=VALUE…]: as a web server would
    local query=$1
    shift
    expect_status 0 env REQUEST_METHOD=GET QUERY_STRING="$query" HTTP_HOST=tinh.example SCRIPT_NAME=/tim-kiem "$@" "$cgi"
}
feed() { # KIND QUERY_STRING [VARIABLE=VALUE…]: its entries in $tmp/entries
    local kind=$1 query=$2
    shift 2
    ask "$query&format=$kind" "$@"
    "$here/check_feed.py" "$kind" <"$tmp/out" >"$tmp/entries" || fail "$kind of $query"
    if command -v xmllint >/dev/null; then
        sed '1,/^$/d' "$tmp/out" | xmllint --noout - || fail "xmllint: $kind of $query"
    fi
}

# ---- the newest articles first, all of one query alike
for kind in atom rss; do
    feed $kind 'q=chuyen+doi+so'
    [ "$(wc -l <"$tmp/entries")" -eq 30 ] || fail "$kind: $(wc -l <"$tmp/entries") entries"
    cut -f1 "$tmp/entries" >"$tmp/ids.$kind"
    golden feed.$kind <(sed '1,/^$/d' "$tmp/out" | sed '/<entry>/,$d;/<item>/,$d')
    feed $kind 'q=chuyen+doi+so&limit=2&offset=1'
    cut -f1 "$tmp/entries" | cmp -s - <(sed -n 2,3p "$tmp/ids.$kind") || fail "$kind: limit and offset"
    feed $kind 'q=qwertzuiop'
    [ ! -s "$tmp/entries" ] || fail "$kind of nothing has entries"
    feed $kind ''
done
cmp -s "$tmp/ids.atom" "$tmp/ids.rss" || fail "Atom and RSS name other articles"
feed atom 'q=chuyen+doi+so'
cut -f2 "$tmp/entries" | grep . >"$tmp/dates"
ask 'q=chuyen+doi+so&sort=newest&format=json&limit=30&fields=date'
sed '1,/^$/d' "$tmp/out" | python3 -c 'import json, sys
for hit in json.load(sys.stdin)["hits"]: print(hit["date"] or end, end="\n") if hit["date"] else None' |
    cmp -s - "$tmp/dates" || fail "Atom is not in the order of sort=newest"
feed rss 'q=chuyen+doi+so&sort=relevance'
cut -f1 "$tmp/entries" | cmp -s - "$tmp/ids.rss" && fail "sort=relevance changes nothing"
expect_text "$tmp/out" 'href="http://tinh.example/tim-kiem?q=chuyen+doi+so&amp;sort=relevance&amp;format=rss"' "itself"

# ---- addresses: of the request, unless they cannot be believed
ask 'q=a%26b%22&format=atom' HTTPS=on
expect_text "$tmp/out" '<id>https://tinh.example/tim-kiem?q=a%26b%22&amp;format=atom</id>' "the feed's id"
for host in '"><x>' 'a b' 'a/b' 'a.example:80x' '[::1' '' 'a@b' $'a\nX: y' "$(printf 'a%.0s' {1..600})"; do
    feed atom 'q=chuyen' HTTP_HOST="$host"
    expect_text "$tmp/out" 'href="?q=chuyen&amp;format=atom"' "the host '$host'"
    expect_text "$tmp/out" '<id>urn:uuid:' "the host '$host'"
done
for path in '//evil.example/x' 'x' '' '/a"b' '/a b'; do
    feed atom 'q=chuyen' SCRIPT_NAME="$path"
    expect_text "$tmp/out" 'href="?q=chuyen&amp;format=atom"' "the path '$path'"
done
feed atom 'q=chuyen' HTTP_HOST='[::1]:8080'
expect_text "$tmp/out" '<id>http://[::1]:8080/tim-kiem?q=chuyen' "an address as host"

# ---- articles like another
ask 'q=chuyen+doi+so&format=json&limit=40'
like=$(sed '1,/^$/d' "$tmp/out" | python3 -c 'import json, sys, urllib.parse
print(next(urllib.parse.quote_plus(h["id"]) for h in json.load(sys.stdin)["hits"] if h["id"]))')
feed atom "like=$like"
expect_text "$tmp/out" '<title>Tương tự: ' "articles like another"
expect_status 1 "$cgi" 'like=none&format=atom'
expect_text "$tmp/out" 'Status: 404 Not Found' "like none"
expect_text "$tmp/out" 'Content-Type: text/html' "like none"

# ---- hostile articles
python3 - >"$tmp/hostile.jsonl" <<'PY'
import json

titles = ["Gà ]]> <![CDATA[ x", "Gà &amp;lt;script>alert(1)&amp;lt;/script>", "Gà \u0001\u0008\u001f\u007f\u0085 a", "Gà \ufffe\uffff \ufffd b",
          "Gà \"'&#0;' c", "=HYPERLINK(\"http://x.example\",\"Gà\")", "+84 Gà", "-Gà", "@Gà", "\uff1d1+Gà", "Gà, \"quạ\"; vịt\r\nngan", "Gà 🐔 \U0001d11e"]
for i, title in enumerate(titles):
    print(json.dumps({"id": f"<i\"{i}&", "title": title, "body": f"gà ]]> số {'một hai ba bốn năm sáu'.split()[i % 6]} riêng {i}" + title,
                      "url": ["https://a.example/?x=1&y=\">]]>" + str(i), "javascript:alert(1)", "", "http://b.example/đường dẫn/%zz" + str(i)][i % 4],
                      "author": "A & \"B\" <c>" if i % 2 else "", "source": "=1+1" if i % 3 else "<S>", "category": "x<y>; \"z\"",
                      "date": ["2024-02-29", "2000-01-01", "", "1999-12-31"][i % 4]}))
PY
index_lines "$tmp/hostile" <"$tmp/hostile.jsonl"
for kind in atom rss; do
    feed $kind 'q=g%C3%A0' DX_INDEX="$tmp/hostile"
    [ "$(wc -l <"$tmp/entries")" -ge 10 ] || fail "$kind of hostile articles: $(wc -l <"$tmp/entries")"
    cut -f4 "$tmp/entries" | grep . >"$tmp/links"
    grep -qv '^http' "$tmp/links" && fail "$kind: a link that is no web address"
    expect_text "$tmp/entries" 'urn:uuid:' "$kind: an article without address"
    expect_text "$tmp/links" 'http://tinh.example/tim-kiem?id=%3Ci%22' "$kind: an article without address"
    expect_no_text "$tmp/out" ']]>' "$kind"
done
for query in '%3C/title%3E]]%3E%26' '%22%27%3Cb%3E' '%00%01%7f%c2%85' '%ef%bf%be%ef%bf%bf%ef%bf' '%ff%fe'; do
    feed atom "q=$query"
    feed rss "q=$query"
done

# ---- tables
table() { # EXPRESSION: what must hold of the rows of the response in $tmp/out
    sed '1,/^$/d' "$tmp/out" >"$tmp/csv"
    python3 - "$tmp/csv" "$1" <<'PY' || fail "table: $1"
import csv, sys
raw = open(sys.argv[1], "rb").read()
assert raw.startswith(b"\xef\xbb\xbf\"") and raw.endswith(b"\"\r\n") and raw.count(b"\n") == raw.count(b"\r\n")
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True), strict=True))
lines = raw.count(b"\n")
assert lines == len(rows) + 1, "a field goes over several lines"
for row in rows:
    assert None not in row and None not in row.values(), "a line of another length"
    for cell in row.values():
        assert cell[:1] not in tuple("=+-@\t\r\n＝＋－＠") or cell == "", cell
assert eval(sys.argv[2]), (sys.argv[2], rows[:2])
PY
}
ask 'q=chuyen+doi+so&format=csv&limit=7'
expect_text "$tmp/out" 'Content-Type: text/csv; charset=utf-8' "the type of a table"
expect_text "$tmp/out" 'Content-Disposition: attachment; filename="tim-kiem.csv"' "the name of a table"
table 'len(rows) == 7 and list(rows[0]) == ["rank", "id", "title", "snippet", "date", "source", "author", "category", "tags", "url", "score", "partial", "similar"]'
ask 'q=chuyen+doi+so&format=csv&fields=url,title,docno,path,nothing'
table 'list(rows[0]) == ["title", "docno", "url", "path"] and not any(r["path"] for r in rows) and len(rows) > 20'
ask 'q=qwertzuiop&format=csv'
table 'rows == []'
ask 'q=g%C3%A0&format=csv' DX_INDEX="$tmp/hostile"
table 'len(rows) >= 10 and "'"'"'-Gà" in [r["title"] for r in rows] and any(r["title"].startswith("'"'"'=HYPERLINK") for r in rows)'
table '"Gà, \"quạ\"; vịt ngan" in [r["title"] for r in rows]'
expect_status 0 "$DX_BIN/dxsearch" --format csv -n 2 chuyen doi so
[ "$(head -c 7 "$tmp/out")" = '"rank",' ] || fail "on the command line a table has a mark before it"
[ "$(wc -l <"$tmp/out")" -eq 3 ] || fail "a table of two has $(wc -l <"$tmp/out") lines"
expect_text "$tmp/out" ',"path",' "on the command line"
expect_status 1 "$DX_BIN/dxsearch" --format csv qwertzuiop
[ "$(wc -l <"$tmp/out")" -eq 1 ] || fail "a table of nothing"

finish
