#!/usr/bin/env bash
# The page that dxsearch.cgi makes: golden output, well-formed, safe from what
# is in the query and in the articles. DX_UPDATE=1 (or --update) writes the
# golden files anew.
[ "${1:-}" != --update ] || export DX_UPDATE=1
. "$(dirname "$0")/../cli/search.bash"

here=$(cd "$(dirname "$0")" && pwd)
cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

check_page() { # WHAT: of the response in $tmp/out
    "$here/check_page.py" <"$tmp/out" >&2 || fail "page: $1"
    "$here/style_hash.py" <"$tmp/out" || fail "style sheet: $1"
    if command -v tidy >/dev/null; then
        sed '1,/^$/d' "$tmp/out" | tidy -quiet -errors -utf8 >"$tmp/tidy" 2>&1 || true
        grep -v 'proprietary attribute "\(enterkeyhint\|autocapitalize\|spellcheck\|aria-current\)"\|<a> proprietary attribute "href"' "$tmp/tidy" >&2 &&
            fail "tidy: $1" || true
    fi
}

# ---- each kind of page
expect_status 0 "$cgi" ''
check_page "the form"
golden start.html "$tmp/out"
expect_status 0 "$cgi" 'q=chuyen+doi+so+B%E1%BA%AFc+Giang'
check_page "results"
golden results.html "$tmp/out"
expect_status 0 "$cgi" 'q=chuyen+doi+so&page=2'
check_page "second page"
expect_text "$tmp/out" '<ol start="11">' "second page"
expect_text "$tmp/out" '<a href="?q=chuyen+doi+so" rel="prev">Trang trước</a>' "second page"
expect_text "$tmp/out" '<a href="?q=chuyen+doi+so&amp;page=3" rel="next">Trang sau</a>' "second page"
expect_status 0 "$cgi" 'q=qwertzuiop'
check_page "nothing found"
golden nothing.html "$tmp/out"
expect_status 0 "$cgi" 'q=chuyen&page=900'
check_page "beyond the last page"
expect_text "$tmp/out" '<li class="hit">' "beyond the last page is the last"
expect_text "$tmp/out" '<span aria-current="page">' "beyond the last page: its number"
expect_no_text "$tmp/out" 'rel="next"' "beyond the last page"
expect_status 0 "$cgi" "q=chuyen$(printf '+s%.0s' {1..3000})"
check_page "a query that is too long"
expect_text "$tmp/out" '<p class="note">' "a query that is too long"
expect_status 0 "$cgi" "q=chuyen+doi+so"
like=$(grep -o -m1 '?like=[^"]*' "$tmp/out" | cut -c2-)
expect_status 0 "$cgi" "$like&page=2"
check_page "articles like another"
expect_text "$tmp/out" 'Tương tự bài: ' "articles like another"
expect_text "$tmp/out" "<a href=\"?$like\" rel=\"prev\">" "articles like another, the page before"
expect_status 0 "$cgi" "$like&format=json"
expect_text "$tmp/out" '"notes":[{"kind":"like"' "articles like another as JSON"
expect_status 1 "$cgi" 'like=%3Cb%3E"none'
check_page "like an article that there is not"
expect_text "$tmp/out" 'Status: 404 Not Found' "like an article that there is not"
expect_status 0 "$cgi" 'like=none&q=chuyen'
expect_text "$tmp/out" 'value="chuyen"' "a query beside like"
expect_status 1 env DX_INDEX="$tmp/secret" "$cgi" 'q=chuyen'
check_page "no index"
golden failure.html "$tmp/out"
expect_no_text "$tmp/out" "$tmp" "no index: the path"
expect_text "$tmp/err" "$tmp/secret" "no index: the log"
expect_status 1 env REQUEST_METHOD=POST QUERY_STRING=q=a "$cgi"
check_page "another method"

# ---- every page but the last says that there is another, the last does not
pages=0
for page in {1..20}; do
    expect_status 0 "$cgi" "q=chuyen+doi+so&page=$page"
    pages=$page
    grep -q 'rel="next"' "$tmp/out" || break
done
expect_text "$tmp/out" '<li class="hit">' "the last page"
[ "$pages" -gt 2 ] && [ "$pages" -lt 20 ] || fail "$pages pages"

# ---- every filter leaves as many articles as it says, also in a phrase left open
cat >"$tmp/filters.py" <<'PY'
import html, json, os, re, subprocess, sys

page = open(sys.argv[1], encoding="utf-8").read()
nav = page.partition('<nav class="filters"')[2].partition("</nav>")[0]
assert page.count('class="chips"') == 0, "chips of no filters"
links = re.findall(r'<li><a href="\?([^"]*)">[^<]*</a> <span>([0-9.]+)</span></li>', nav)
assert len(links) >= 10 and len(links) == nav.count("<li>"), nav
assert "<h2>Nguồn</h2>" in nav and "<h2>Năm</h2>" in nav, nav
for link, count in links:
    out = subprocess.run([os.environ["DX_BIN"] + "/dxsearch.cgi", html.unescape(link) + "&format=json"],
                         stdout=subprocess.PIPE, check=True).stdout.decode()
    found = json.loads(out.partition("\n\n")[2])
    assert found["total"] == int(count.replace(".", "")), (link, count, found["total"])
PY
for query in 'so+doi+chuyen' '%22chuyen+doi+so' 'chuyen+OR+so'; do
    expect_status 0 "$cgi" "q=$query"
    python3 "$tmp/filters.py" "$tmp/out" || fail "filters of $query"
done
expect_status 0 "$cgi" "$like"
expect_no_text "$tmp/out" 'class="filters"' "filters beside articles like another"

# ---- order and literal words are kept from page to page
expect_status 0 "$cgi" 'q=chuyen+doi+so&sort=newest&literal=1&page=2'
check_page "newest first"
expect_text "$tmp/out" '<span aria-current="true">Mới nhất</span>' "newest first"
expect_text "$tmp/out" '<a href="?q=chuyen+doi+so&amp;literal=1">Phù hợp nhất</a>' "the way back to relevance"
expect_text "$tmp/out" '<a href="?q=chuyen+doi+so&amp;sort=newest&amp;literal=1" rel="prev">' "the page before"
grep -qF 'q=chuyen+doi+so+source%3A%22' "$tmp/out" || fail "no filter by source"
expect_no_text "$tmp/out" 'class="notes"' "literal words"
expect_status 0 "$cgi" 'q=chuyen+doi+so'
expect_text "$tmp/out" 'Hiểu là: <a href="?q=chuy%E1%BB%83n+%C4%91%E1%BB%95i+s%E1%BB%91">chuyển đổi số</a>' "a reading"
expect_text "$tmp/out" '<a href="?q=chuyen+doi+so&amp;literal=1">Tìm đúng như đã gõ</a>' "the way to literal words"

# ---- hostile queries
for query in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' autofocus onfocus='alert(1)" \
    '&lt;b&gt; &amp; &#x3c;' '</title><script>' '--></style>' 'chuyen "<b>doi"' '\u003cscript\u003e'; do
    encoded=$(python3 -c 'import sys, urllib.parse; print(urllib.parse.quote_plus(sys.argv[1]))' "$query")
    for rest in "" "&page=1000"; do
        expect_status 0 "$cgi" "q=$encoded$rest"
        check_page "$query$rest"
    done
done
expect_status 0 "$cgi" 'q=a%26b%3Dc%22d&page=2'
expect_text "$tmp/out" 'value="a&amp;b=c&quot;d"' "the query in the form"
expect_text "$tmp/out" 'href="?q=a%26b%3Dc%22d&amp;lang=en"' "the query in a link"

# ---- hostile articles
python3 - >"$tmp/hostile.jsonl" <<'PY'
import json

# Written so that the text has tags in it: as they are, they would be read as HTML.
esc = lambda text: text.replace("<", "&amp;lt;")
bodies = ["<script>alert('gà')</script> gà & vịt \"ngan\" ]]> <!-- x -->"] * 3
urls = ["javascript:alert(1)//http://", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>",
        " http://x.example/", "vbscript:x", "http://", "https:///x", "http:x", "//x.example/", "/etc/passwd", "file:///etc",
        "https://a.example/?x=1&y=\"><script>'", "HTTP://user@b.example/đường dẫn", "http://c.example/%zz<b>"]
for i, url in enumerate(urls):
    print(json.dumps({"id": f"<id{i}>", "title": esc(f"<b>Gà</b> & \"gà\" '{i}' <img src=x onerror=alert(1)>"), "body": esc(bodies[i % 3]),
                      "url": url, "source": esc("<i>Báo & \"Đài\"</i>" if i % 2 else "<i>Báo</i>"), "date": "2024-02-29", "category": "<u>"}))
PY
index_lines "$tmp/hostile" <"$tmp/hostile.jsonl"
for page in 1 2; do
    expect_status 0 env DX_INDEX="$tmp/hostile" "$cgi" "q=g%C3%A0&page=$page"
    check_page "hostile articles, page $page"
    cat "$tmp/out" >>"$tmp/both"
done
[ "$(grep -o '<h2><a href="[hH][tT]*[pPsS]*://' "$tmp/both" | wc -l)" -ge 3 ] || fail "web addresses are no links"
[ "$(grep -c '<h2><a href="[^"]*"><mark>' "$tmp/both")" -eq 0 ] || fail "a tag of a title is missing its escape"
expect_text "$tmp/both" '&lt;b&gt;<mark>Gà</mark>&lt;/b&gt; &amp; &quot;<mark>gà</mark>&quot;' "a title"
expect_text "$tmp/both" 'javascript:alert(1)//http://' "an address that is text"
expect_no_text "$tmp/both" 'href="javascript' "a script as link"
expect_text "$tmp/both" '&lt;i&gt;Báo &amp; &quot;Đài&quot;&lt;/i&gt;' "a source"
expect_text "$tmp/both" '<a href="?q=g%C3%A0+source%3A%22%3Ci%3EB%C3%A1o%3C%2Fi%3E%22">&lt;i&gt;Báo&lt;/i&gt;</a>' "a filter"
expect_no_text "$tmp/both" 'Đài%22' "a filter with quotation marks in it"
expect_text "$tmp/both" 'HTTP://user@b.example/%C4%91' "an address with other letters"

# ---- of the server's disk nothing is told
(cd "$DX_SRC/corpus" && "$DX_BIN/dxindex" --quiet --index "$tmp/absolute" "$DX_SRC/corpus/txt")
for format in html json; do
    expect_status 0 env DX_INDEX="$tmp/absolute" "$cgi" "q=chuyen+doi+so&format=$format"
    expect_no_text "$tmp/out" "$DX_SRC/corpus" "paths as $format"
done

finish
