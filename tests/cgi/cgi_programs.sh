#!/usr/bin/env bash
# What browsers ask for by themselves: suggestions, the description of the search, the script.
. "$(dirname "$0")/../cli/search.bash"

cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

ask() { # QUERY_STRING [VARIABLE=VALUE…]: as a web server would
    local query=$1
    shift
    expect_status 0 env REQUEST_METHOD=GET QUERY_STRING="$query" HTTP_HOST=tinh.example SCRIPT_NAME=/tim-kiem "$@" "$cgi"
    sed '1,/^$/d' "$tmp/out" >"$tmp/body"
}

# ---- suggestions
suggest() { # QUERY_STRING EXPRESSION
    ask "$1"
    expect_text "$tmp/out" 'Content-Type: application/x-suggestions+json; charset=utf-8' "$1"
    python3 -c 'import json, sys
typed, words = json.load(open(sys.argv[1], encoding="utf-8"))
assert eval(sys.argv[2]), (sys.argv[2], typed, words)' "$tmp/body" "$2" || fail "$1: $2"
}
suggest 'suggest=chuyen+d' 'typed == "chuyen d" and "Chuyển đổi số" in words and 1 < len(words) <= 8'
suggest 'suggest=chuy%E1%BB%83n+%C4%91' 'typed == "chuyển đ" and words[0].lower().startswith("chuyển đ")'
suggest 'suggest=chuyen+d&limit=2' 'len(words) == 2'
suggest 'suggest=chuyen+d&limit=100' '8 < len(words) <= 20'
suggest 'q=sông&suggest=chuyen+d' 'typed == "chuyen d"'
suggest 'suggest=chuyen+d&q=sông&format=xml&like=x' 'typed == "chuyen d"'
suggest 'suggest=' 'typed == "" and words == []'
suggest 'suggest=qwertzuiop' 'words == []'
suggest 'suggest=%22%5C%3C%00%FF' 'typed == "\"\\<\ufffd\ufffd"'
suggest "suggest=$(printf 'a%.0s' {1..9000})" 'len(typed) == 4096'
"$DX_BIN/dxsearch" --suggest --json -n 8 chuyen d >"$tmp/wanted"
suggest 'suggest=chuyen+d' "words == json.load(open('$tmp/wanted', encoding='utf-8'))"
expect_text "$tmp/out" 'Cache-Control: public, max-age=300' "suggestions"
ask 'suggest=chuyen+d' DX_SHOW='facets timeline'
[ "$(cat "$tmp/body")" = '["chuyen d",[]]' ] || fail "suggestions where the owner wants none: $(cat "$tmp/body")"
expect_status 1 env DX_INDEX="$tmp/none" "$cgi" 'suggest=a'
expect_text "$tmp/out" 'Status: 503 Service Unavailable' "suggestions without an index"
expect_text "$tmp/out" '"code":"index_unavailable"' "suggestions without an index"

# ---- the description
description() { # EXPRESSION [VARIABLE=VALUE…]
    local expression=$1
    shift
    ask 'opensearch=1' "$@"
    expect_text "$tmp/out" 'Content-Type: application/opensearchdescription+xml; charset=utf-8' "the description"
    python3 -c 'import sys, xml.etree.ElementTree as ElementTree
root = ElementTree.parse(sys.argv[1]).getroot()
space = "{http://a9.com/-/spec/opensearch/1.1/}"
text = lambda name: root.findtext(space + name)
url = {(u.get("type"), u.get("rel")): u.get("template") for u in root.findall(space + "Url")}
assert root.tag == space + "OpenSearchDescription" and 0 < len(text("ShortName")) <= 16 and len(text("LongName")) <= 48
assert len(text("Description")) <= 1024 and "text/html" in [k[0] for k in url]
assert eval(sys.argv[2]), (sys.argv[2], text("ShortName"), text("LongName"), text("Description"), url)' "$tmp/body" "$expression" ||
        fail "the description: $expression"
}
description 'text("ShortName") == text("Description") == "Tìm kiếm"'
description 'url["text/html", "results"] == "http://tinh.example/tim-kiem?q={searchTerms}&page={startPage?}"'
description 'url["application/x-suggestions+json", "suggestions"] == "https://tinh.example/tim-kiem?suggest={searchTerms}"' HTTPS=on
description 'url["text/html", "results"].startswith("https://search.example/x?q=")' DX_BASE=https://search.example/x
description 'text("ShortName") == "Cổng thông tin" and text("LongName").startswith("Cổng thông tin điện tử tỉnh A & <B>")' \
    DX_TITLE='Cổng thông tin điện tử tỉnh A & <B> và những điều khác nữa'
description 'text("ShortName") == "Congthongtindien"' DX_TITLE=Congthongtindientu
description 'url["text/html", "results"] == "?q={searchTerms}&page={startPage?}"' HTTP_HOST='"><x>'
description '("application/x-suggestions+json", "suggestions") not in url' DX_SHOW=facets
ask 'opensearch=1' DX_INDEX="$tmp/none"
expect_text "$tmp/out" 'Status: 200 OK' "the description without an index"
if command -v xmllint >/dev/null; then xmllint --noout "$tmp/body" || fail "xmllint"; fi

# ---- the script: small, and kept for good under its own version only
ask 'script=0'
cmp -s "$tmp/body" "$DX_SRC/searcher/output/html/suggest.js" || fail "another script"
expect_text "$tmp/out" 'Content-Type: text/javascript; charset=utf-8' "the script"
expect_text "$tmp/out" 'Cache-Control: no-cache' "the script of another version"
[ "$(wc -c <"$tmp/body")" -le 3072 ] || fail "the script has $(wc -c <"$tmp/body") bytes"
ask "script=$(sha256sum <"$tmp/body" | cut -c1-12)"
expect_text "$tmp/out" 'Cache-Control: public, max-age=31536000, immutable' "the script"
ask "script=$(printf 'a%.0s' {1..900})"
expect_text "$tmp/out" 'Cache-Control: no-cache' "the script of a long version"
if command -v node >/dev/null; then node --check "$DX_SRC/searcher/output/html/suggest.js" || fail "the script is none"; fi

# ---- the page leads to all of these
head_of() { # QUERY_STRING EXPRESSION [VARIABLE=VALUE…]
    local query=$1 expression=$2
    shift 2
    ask "$query" "$@"
    python3 - "$tmp/body" "$expression" <<'PY' || fail "the head of the page of $query: $expression"
import html.parser, json, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
links, scripts, data = [], [], []

class Page(html.parser.HTMLParser):
    inside = False

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "link":
            links.append((a["rel"], a["type"], a["href"]))
        if tag == "script" and "src" in a:
            scripts.append(a["src"])
        self.inside = tag == "script" and a.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, text):
        if self.inside:
            data.append(json.loads(text))

Page().feed(text)
assert eval(sys.argv[2]), (sys.argv[2], links, scripts, data)
PY
}
version=$(sha256sum <"$DX_SRC/searcher/output/html/suggest.js" | cut -c1-12)
head_of 'q=a%26b%22c&sort=oldest' "('alternate', 'application/atom+xml', '?q=a%26b%22c&format=atom') in links"
head_of 'q=sông&scope=exact' "('alternate', 'application/rss+xml', '?q=s%C3%B4ng&scope=exact&format=rss') in links"
head_of 'q=sông' "('search', 'application/opensearchdescription+xml', '?opensearch=1') in links and data == []"
head_of 'q=sông' "scripts == ['?script=$version']"
head_of '' "('search', 'application/opensearchdescription+xml', '?opensearch=1') in links and scripts == ['?script=$version']"
head_of '' "('alternate', 'application/atom+xml', '?q=%2A&format=atom') in links"
head_of '' "data[0]['potentialAction']['target']['urlTemplate'] == 'http://tinh.example/tim-kiem?q={search_term_string}'"
head_of '' "data[0]['name'] == '</script><b>\"Tỉnh\"' and data[0]['url'] == 'https://x.example/'" DX_TITLE='</script><b>"Tỉnh"' DX_BASE=https://x.example/
head_of '' 'data == []' HTTP_HOST='"><x>'
head_of 'q=sông' 'scripts == []' DX_SHOW=facets
expect_no_text "$tmp/out" 'script-src' "a page without suggestions"
ask 'q=sông&sort=newest&limit=2'
expect_text "$tmp/out" '<a href="?q=s%C3%B4ng&amp;format=rss">' "the feed, for readers"
expect_text "$tmp/out" '<a href="?q=s%C3%B4ng&amp;sort=newest&amp;format=csv">' "the table, for readers"
ask 'q=sông'
expect_text "$tmp/out" "script-src 'self'; connect-src 'self'" "a page with suggestions"

finish
