#!/usr/bin/env bash
# What an owner may make of the pages: templates, colours, style sheet, header and footer;
# pages in English, forms, chips, pictures. A mistake leaves the page as dx makes it.
. "$(dirname "$0")/../cli/search.bash"

here=$(cd "$(dirname "$0")" && pwd)
cgi=$DX_BIN/dxsearch.cgi
parts=$DX_SRC/searcher/output/html/template/parts
export DX_INDEX=$tmp/ix
python3 - >"$tmp/lines" <<'PY'
import json
for i in range(40):
    print(json.dumps({"id": f"t{i}", "title": f"Tin lũ số {i}", "date": f"20{10 + i % 3}-0{1 + i % 9}-15",
                      "body": f"Nước lũ ở xã số {i} và thôn số {i * 7}.", "source": "VTV" if i % 2 else "Báo “Nước”",
                      "category": "Thời sự", "docno": "12/2024/NĐ-CP, <b>\"x\"" if i == 4 else None,
                      "image": ["https://anh.example/1.jpg?a=\"><script>", "javascript:alert(1)", "https://evil.example/2.jpg",
                                "//anh.example/3.jpg", "/anh/4.jpg", "data:image/png;base64,AA"][i % 6],
                      "url": f"https://tin.example/thoi-su/%C4%91%E1%BB%8Ba%20ph%C6%B0%C6%A1ng/{i}.html"}))
PY
index_lines "$DX_INDEX" <"$tmp/lines"

get() { # QUERY_STRING [VARIABLE…]: into $tmp/out, checked as every page
    local query=$1
    shift
    expect_status 0 env "$@" "$cgi" "$query"
    "$here/check_page.py" <"$tmp/out" >&2 || fail "page: $query $*"
    "$here/style_hash.py" <"$tmp/out" || fail "style sheets: $query $*"
}

# ---- colours that can be read; the manual names every part and every name
"$here/check_contrast.py" "$parts/style.css" >&2 || fail "colours"
sed -n 's/^    X(\([a-z_]*\), [a-z]*).*/\1/p' "$parts/../slots.h" >"$tmp/names"
[ "$(wc -l <"$tmp/names")" -gt 40 ] || fail "names of values are not found"
for name in $(cat "$tmp/names") $(cd "$parts" && ls ./*.html | cut -c3-); do
    grep -qF "\`$name\`" "$DX_SRC/docs/templates.md" || fail "docs/templates.md does not name $name"
done

# ---- dx's own templates, copied, make the same page
mkdir "$tmp/own"
cp "$parts"/*.html "$tmp/own"
get 'q=lu'
sed '/^ETag\|^Last-Modified/d' "$tmp/out" >"$tmp/wanted"
get 'q=lu' DX_TEMPLATES="$tmp/own"
sed '/^ETag\|^Last-Modified/d' "$tmp/out" | cmp - "$tmp/wanted" >&2 || fail "a copy of the templates makes another page"
[ ! -s "$tmp/err" ] || fail "a copy of the templates: $(cat "$tmp/err")"
tag=$(grep '^ETag' "$tmp/out")

# ---- a changed one is used, whatever a query says in it
printf '<li class="hit"><h2><a href="{{link}}">{{title}}</a></h2><p>%s {{query}}</p></li>\n' 'Của tôi:' >"$tmp/own/hit.html"
get 'q=lu+%22%3Cscript%3E' DX_TEMPLATES="$tmp/own"
expect_text "$tmp/out" 'Của tôi: lu &quot;&lt;script&gt;</p>' "a template of the owner"
get 'q=lu' DX_TEMPLATES="$tmp/own"
[ "$(grep '^ETag' "$tmp/out")" != "$tag" ] || fail "a changed template has the validator of before"

# ---- a mistake in one is told with its line; the others, and dx's own, serve
printf '<li>\n{{titel}}</li>\n' >"$tmp/own/hit.html"
printf '<h1>Xin chào</h1>{{#if empty}}\n' >"$tmp/own/start.html"
get 'q=lu' DX_TEMPLATES="$tmp/own"
expect_text "$tmp/err" "dxsearch.cgi: $tmp/own/hit.html:2: unknown name: titel" "a mistake"
expect_text "$tmp/err" "dxsearch.cgi: $tmp/own/start.html:1: {{#if}} without {{/if}}" "another"
expect_text "$tmp/out" '<p class="snippet">' "dx's own template instead"
expect_no_text "$tmp/out" "$tmp" "a path in the page"
get '' DX_TEMPLATES="$tmp/none"

# ---- colour and style sheet are allowed by their hash, and so are none else
printf 'h1{letter-spacing:.1em}\n' >"$tmp/own.css"
get 'q=lu' DX_COLOR='#ffcc00' DX_CSS="$tmp/own.css"
[ "$(grep -c '<style>' "$tmp/out")" -eq 2 ] || fail "not two style sheets"
expect_text "$tmp/out" 'letter-spacing' "the owner's style sheet"
for mark in 'LIGHT_MARK 0xFFE9A3u' 'DARK_MARK 0x4A3B0Eu' 'DARK_BACK 0x16181Bu'; do
    grep -qF "$mark" "$DX_SRC/searcher/output/html/look/look.c" || fail "look.c has another $mark"
    color=${mark##*0x}
    grep -qi "#${color%u}" "$parts/style.css" || fail "the style sheet has another $mark"
done
expect_no_text "$tmp/out" '--link:#ffcc00;--seen:#ffcc00;--on-link:#fff}' "a colour that cannot be read on white"

# ---- the frame
printf '<p>Đầu trang</p>' >"$tmp/header"
printf '<p>Cuối trang</p>' >"$tmp/footer"
get 'q=lu' DX_TITLE='Tỉnh <X> & "Y"' DX_LOGO=/logo.png DX_HOME=https://x.example/
expect_text "$tmp/out" '<a class="site" href="https://x.example/"><img src="/logo.png" alt="" height="40"><span>Tỉnh &lt;X&gt; &amp; &quot;Y&quot;</span></a>' "title and logo"
expect_text "$tmp/out" '<title>lu – Tìm kiếm – Tỉnh &lt;X&gt; &amp; &quot;Y&quot;</title>' "the window's title"
get 'q=lu' DX_HEADER="$tmp/header" DX_FOOTER="$tmp/footer"
expect_text "$tmp/out" '<p>Đầu trang</p>' "header"
expect_text "$tmp/out" '<p>Cuối trang</p>' "footer"

# ---- parts that are left out
get 'q=lu' DX_SHOW='similar'
for part in 'class="timeline"' 'class="filters"' 'id="suggestions"' '<script' 'class="thumb"' '?id='; do
    expect_no_text "$tmp/out" "$part" "a part that is not shown"
done
expect_text "$tmp/out" '?like=t' "a part that is shown"

# ---- English, asked for and by the browser
get 'q=lu&lang=en'
expect_text "$tmp/out" '<html lang="en">' "English"
expect_text "$tmp/out" 'href="?q=lu&amp;lang=en&amp;page=2"' "English on the next page"
expect_no_text "$tmp/out" 'Trang sau' "English"
get 'q=lu' DX_NEGOTIATE=yes HTTP_ACCEPT_LANGUAGE=en-US,en
expect_text "$tmp/out" '<html lang="en">' "the browser's language"
expect_text "$tmp/out" 'Vary: Accept-Language' "the browser's language, for caches"
get 'q=lu' HTTP_ACCEPT_LANGUAGE=en-US,en
expect_text "$tmp/out" '<html lang="vi">' "the browser's language where it does not matter"

# ---- chips: the box has the words, a hidden field the filters, each chip the way out
get 'q=l%C5%A9+source%3AVTV+date%3A2011&sort=newest'
expect_text "$tmp/out" 'value="lũ">' "words in the box"
expect_text "$tmp/out" '<input type="hidden" name="filter" value="source:VTV date:2011">' "filters beside it"
expect_text "$tmp/out" '<input type="hidden" name="sort" value="newest">' "the order, too"
expect_text "$tmp/out" '<li><a href="?q=l%C5%A9+date%3A2011&amp;sort=newest">Nguồn: VTV ' "a chip"
expect_text "$tmp/out" '<li><a href="?q=l%C5%A9+source%3AVTV&amp;sort=newest">Ngày đăng: 2011 ' "a chip of dates"
expect_text "$tmp/out" 'name="from" value="2011-01-01"' "the form of dates"
get 'q=l%C5%A9&filter=source%3AVTV&from=2011-01-01&to=2011-03-31'
expect_text "$tmp/out" 'Ngày đăng: từ 01/01/2011 đến 31/03/2011 ' "a chip of two dates"
get 'q=zzzzzz+source%3AVTV'
expect_text "$tmp/out" 'Không có bài nào cho “zzzzzz”.' "nothing found"
expect_text "$tmp/out" '<a href="?q=zzzzzz">zzzzzz</a>' "a way out of filters"

# ---- the advanced form keeps what it has no field for
get 'advanced=1&q=l%C5%A9+source%3AVTV+province%3AHu%E1%BA%BF+date%3A2011'
expect_text "$tmp/out" 'name="all" value="lũ"' "words in the form"
expect_text "$tmp/out" 'name="source" value="VTV"' "the source in the form"
expect_text "$tmp/out" 'name="to" value="2011-12-31"' "the last day in the form"
expect_text "$tmp/out" '<input type="hidden" name="filter" value="province:Huế">' "another filter in the form"
expect_text "$tmp/out" 'href="?advanced=1&amp;q=' "the form in the other language"

# ---- pictures of the site and of who is allowed, nobody else's; numbers; breadcrumbs
get 'q=l%C5%A9&limit=50' DX_IMAGE_ORIGINS=https://anh.example
grep -o '<img[^>]*>' "$tmp/out" | sort | uniq -c >"$tmp/images"
[ "$(grep -c . "$tmp/images")" -eq 2 ] || fail "pictures: $(cat "$tmp/images")"
expect_text "$tmp/images" 'src="https://anh.example/1.jpg?a=%22%3E%3Cscript%3E"' "a picture"
expect_text "$tmp/images" 'src="/anh/4.jpg"' "a picture of the site"
expect_text "$tmp/out" "img-src 'self' https://anh.example;" "the policy on pictures"
expect_text "$tmp/out" 'tin.example › thoi-su › địa phương</p>' "breadcrumbs"
expect_text "$tmp/out" '<span class="number"><a href="?q=docno%3A%2212%2F2024%2FN%C4%90-CP%22">12/2024/NĐ-CP</a></span>' "a number"

# ---- an index without articles says so
mkdir "$tmp/nothing"
"$DX_BIN/dxindex" --quiet --index "$tmp/empty" "$tmp/nothing" || true
get '' DX_INDEX="$tmp/empty"
expect_text "$tmp/out" 'Chỉ mục chưa có bài nào' "an empty index"
get 'q=lu' DX_INDEX="$tmp/empty"
expect_text "$tmp/out" 'Chỉ mục chưa có bài nào' "an empty index, asked"

# ---- a page of ten hits weighs 30 KB at most, and asks for nothing before it shows
get 'q=l%C5%A9'
[ "$(grep '^Content-Length' "$tmp/out" | tr -dc 0-9)" -le 30720 ] || fail "$(grep '^Content-Length' "$tmp/out")"

finish
