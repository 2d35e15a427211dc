#!/usr/bin/env bash
# The page of one article, ?id=: what it shows, what it does not, and its jumps.
. "$(dirname "$0")/../cli/search.bash"

cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_lines "$DX_INDEX" <<'LINES'
{"id":"a","title":"Lũ <lớn> về","lead":"Mưa to ở đầu nguồn.","body":"Lũ <cao> về.\nNước lũ rút & dâng.","date":"2024-03-27","source":"Báo Mẫu","url":"https://tinh.example/bai-1","docno":"12/QĐ-UBND","category":"Thời sự; Xã hội","tags":"lũ, mưa"}
{"id":"b","title":"Lũ về bản","body":"Lũ về bản, mưa to ở đầu nguồn.","url":"javascript:alert(1)"}
{"id":"hidden","title":"Ẩn","body":"Lũ.","hidden":true}
{"id":"gone","title":"Lũ qua","body":"Lũ qua rồi."}
LINES
"$DX_BIN/dxindex" remove --quiet --index "$DX_INDEX" gone >/dev/null 2>&1 ||
    "$DX_BIN/dxindex" remove --index "$DX_INDEX" gone >/dev/null
mkdir "$tmp/files" && printf 'Tin từ tệp\n\nMột bài trong tệp nói về lũ.\n' >"$tmp/files/tin.txt"
"$DX_BIN/dxindex" --quiet --index "$tmp/files.dx" "$tmp/files"

page() { # STATUS QUERY_STRING [VARIABLE…]: goes to $tmp/page
    local status=$1 query=$2
    shift 2
    env "$@" "$cgi" "$query" >"$tmp/out" 2>"$tmp/err" || :
    head -1 "$tmp/out" | grep -q "^Status: $status " || fail "$query: $(head -1 "$tmp/out")"
    sed '1,/^$/d' "$tmp/out" >"$tmp/page"
}

# ---- what it shows
page 200 'id=a&q=lu'
expect_text "$tmp/page" '<mark>Lũ</mark> &lt;lớn&gt; về</h1>' "the title"
expect_text "$tmp/page" '<p>Mưa to ở đầu nguồn.</p>' "the lead as a paragraph"
expect_text "$tmp/page" '<mark id="m1">Lũ</mark>' "the first mark"
expect_text "$tmp/page" '<a href="#m2" aria-label="Chỗ sau">' "on to the next mark"
expect_text "$tmp/page" '<a href="#m1" aria-label="Chỗ trước">' "back to the one before"
expect_text "$tmp/page" '<a href="#m1">2 chỗ có từ cần tìm' "how many marks"
expect_text "$tmp/page" '&lt;cao&gt; về.</p>' "the text, escaped"
expect_text "$tmp/page" '<time datetime="2024-03-27">27/03/2024</time>' "the date"
expect_text "$tmp/page" '<a href="https://tinh.example/bai-1">Bản gốc</a>' "the original"
expect_text "$tmp/page" '<dt>Số, ký hiệu</dt><dd><a href="?q=docno%3A%2212%2FQ%C4%90-UBND%22">12/QĐ-UBND</a>' "the number as a search"
expect_text "$tmp/page" '<a href="?q=category%3A%22X%C3%A3+h%E1%BB%99i%22">Xã hội</a>' "each category as a search"
expect_text "$tmp/page" '<a href="?q=tag%3A%22m%C6%B0a%22">mưa</a>' "each tag as a search"
expect_text "$tmp/page" '<a href="?id=b&amp;q=lu">Lũ về bản</a>' "what is like it"
expect_text "$tmp/page" '<a href="?q=lu">← Về kết quả tìm kiếm</a>' "back to the results"
expect_text "$tmp/page" 'name="robots" content="noindex"' "robots in the page"
expect_text "$tmp/out" 'X-Robots-Tag: noindex' "robots in the header"
page 200 'id=a&lang=en&q=lu'
expect_text "$tmp/page" '>2 places with your words' "English"
expect_text "$tmp/page" '<dt>Document number</dt>' "a label in English"
page 200 'id=a'
expect_no_text "$tmp/page" '<mark' "marks of no query"
expect_no_text "$tmp/page" 'class="back"' "back to no results"
page 200 'id=b'
expect_no_text "$tmp/page" 'javascript:' "an address that is no link"

# ---- what it does not
page 404 'id=hidden'
page 404 'id=gone'
page 404 'id=nobody&q=lu'
expect_text "$tmp/page" 'Không có bài này' "the page says so"
expect_text "$tmp/page" 'name="q"' "with the form"
page 404 'id=a' DX_SHOW='facets similar'
page 200 'q=lu' DX_SHOW='facets similar'
expect_no_text "$tmp/page" '?id=' "links to articles that are not shown"
page 200 'id=a&q=lu' DX_SHOW='article'
expect_no_text "$tmp/page" 'class="like"' "similar articles that are not shown"
page 200 'id=a&q=lu' DX_ARTICLE_CHARS=22
expect_text "$tmp/page" '<p>Mưa to ở đầu nguồn.</p>' "as much as may be seen"
expect_no_text "$tmp/page" 'Lũ</mark> &lt;cao' "more than may be seen"
page 200 'id=a&q=lu' DX_ARTICLE_CHARS=0
expect_no_text "$tmp/page" 'Mưa to' "a text of which nothing may be seen"
page 404 'id=a&format=csv'

# ---- an article of a file is found by a name that does not tell its path
page 200 'q=lu' DX_INDEX="$tmp/files.dx"
key=$(grep -o '?id=~[0-9a-z]*' "$tmp/page" | head -1)
[ -n "$key" ] || fail "no link to an article of a file"
expect_no_text "$tmp/page" "tin.txt" "a path in the results"
page 200 "${key#\?}" DX_INDEX="$tmp/files.dx"
expect_text "$tmp/page" 'Một bài trong tệp nói về lũ.' "the article of a file"
expect_no_text "$tmp/page" "tin.txt" "a path on the article's page"

# ---- files and old addresses that the owner has mapped
"$DX_BIN/dxindex" --quiet --index "$tmp/mapped.dx" "$tmp/files"
page 200 'q=lu' DX_INDEX="$tmp/mapped.dx" DX_MAP="$tmp/fil = https://x.example
$tmp/files = https://tinh.example/tin tuc"
expect_text "$tmp/page" 'href="https://tinh.example/tin%20tuc/tin.txt"' "the address of a file"
page 200 'q=lu' DX_MAP='https://tinh.example = https://moi.example/'
expect_text "$tmp/page" 'href="https://moi.example/bai-1"' "a new address for an old one"
page 200 'q=lu&format=json' DX_MAP='https://tinh.example = https://moi.example/'
expect_text "$tmp/page" '"url":"https://moi.example/bai-1"' "a new address in JSON"

# ---- JSON
page 200 'id=a&q=lu&format=json'
python3 - "$tmp/page" <<'PYTHON' || fail "the article as JSON"
import json, sys
answer = json.load(open(sys.argv[1], encoding='utf-8'))
article = answer['article']
assert answer['version'] == 1 and answer['query'] == 'lu'
assert article['id'] == 'a' and article['path'] == '' and article['docno'] == '12/QĐ-UBND'
assert article['text'].split('\n')[0] == 'Mưa to ở đầu nguồn.', article['text']
assert '<b>Lũ</b> &lt;cao&gt; về' in article['text_html'], article['text_html']
assert [s['id'] for s in answer['similar']] == ['b']
PYTHON
page 404 'id=nobody&format=json'
expect_text "$tmp/page" '"code":"article_not_found"' "an error with its code"
finish
