#!/usr/bin/env bash
# How dxsearch.cgi understands requests: methods, decoding, parameters, JSON.
. "$(dirname "$0")/../cli/search.bash"

cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

# json QUERY_STRING EXPRESSION: what must hold of `page`
json() {
    "$cgi" "$1&format=json" >"$tmp/out" 2>"$tmp/err" || fail "status $? for $1"
    expect_text "$tmp/out" "Content-Type: application/json; charset=utf-8" "$1"
    sed '1,/^$/d' "$tmp/out" >"$tmp/json"
    python3 -c 'import json, sys
page = json.load(open(sys.argv[1], encoding="utf-8"))
query, hits = page["query"], page["hits"]
assert eval(sys.argv[2]), (sys.argv[2], query, page["total"], page["offset"], len(hits))' "$tmp/json" "$2" ||
        fail "$1: $2"
    schema page <"$tmp/json"
}
schema() { # KIND: standard input must fit the schema, where the validator is installed
    local status=0
    "$DX_SRC/tests/cgi/check_schema.py" "$DX_SRC/docs/schema/search-1.json" "$@" >&2 || status=$?
    [ $status -eq 0 ] || [ $status -eq 77 ] || fail "not as docs/schema/search-1.json says"
}

# ---- decoding
json 'q=chuyen+doi+so' 'query == "chuyen doi so" and len(hits) == 10 and page["total"] > 10'
json 'q=chuy%E1%BB%83n%20%c4%91%E1%BB%95i' 'query == "chuyển đổi"'
json 'q=100%+%zz+%4' 'query == "100% %zz %4"'
json 'q=a%00b' 'query == "a\ufffdb"'
json 'q=%FF%C3' 'query == "\ufffd\ufffd"'
json 'q=a%2Bb%26c%3Dd' 'query == "a+b&c=d"'
json 'q=a=b' 'query == "a=b"'
json '%71=sông' 'query == "sông"'
json 'q=một&q=hai' 'query == "một"'
json '&&=&x&page&q=sông&' 'query == "sông" and len(hits) > 0'
json 'Q=sông' 'query == "" and hits == []'
json "q=$(printf '%%E1%%BB%%83%.0s' {1..3000})" 'len(query) == 4096 // 3 and set(query) == {"ể"} and page["warnings"]'

# ---- what old scripts and portals send: %uXXXX, and words that were encoded twice
json 'q=chuy%u1ec3n+%U0111%u1ED5i' 'query == "chuyển đổi"'
json 'q=%uD83D%uDE00' 'query == "\U0001f600"'
json 'q=%uD83D%u0041%uDE00%uD83D' 'query == "\ufffdA\ufffd\ufffd"'
json 'q=%u0000%u12%uzzzz%u' 'query == "\ufffd%u12%uzzzz%u"'
json 'q=chuy%25E1%25BB%2583n%2520%25C4%2591%25E1%25BB%2595i' 'query == "chuyển đổi"'
json 'q=chuy%25E1%25BB%2583n%2B%25C4%2591%25E1%25BB%2595i' 'query == "chuyển đổi"'
json 'q=chuy%25E1%25BB%2583n+so' 'query == "chuyển so"'
json 'q=chuy%25u1EC3n' 'query == "chuyển"'
json 'q=%25C3%25A0%25' 'query == "%C3%A0%"'     # not each % begins an escape
json 'q=%25C3%25A0%C3%A0' 'query == "%C3%A0à"'  # nor is all of it encoded twice
json 'q=%25E0%25FF' 'query == "%E0%FF"'         # no text comes of it
json 'q=50%2525+gi%25E1%25BA%25A3m' 'query == "50% giảm"'
json 'q=%2541%2542' 'query == "%41%42"'         # nobody encodes letters of ASCII twice

# ---- days
json 'q=sông&from=2024-01-31&to=2024-12-01' 'query == "sông date:2024-01-31..2024-12-01"'
json 'q=sông&from=31/1/2024&to=1.12.2024' 'query == "sông date:2024-01-31..2024-12-01"'
json 'q=sông&from=+1-12-2024+' 'query == "sông date:2024-12-01.."'
json 'q=sông&from=2/2024&to=2024-02' 'query == "sông date:2024-02-01..2024-02-29"'
json 'q=sông&to=2023' 'query == "sông date:..2023-12-31"'
json 'q=sông&from=2024&to=2023' 'query == "sông date:2023-01-01..2024-12-31"'
for day in 31/2/2024 0/1/2024 1/13/2024 13/2024 24 x 1/1/24 1//2024 1/1/2024/1 12345 999; do
    json "q=sông&from=$day" 'query == "sông"'
done

# ---- pages: whatever is no number counts as the first
json 'q=chuyen+doi+so&page=2' 'page["offset"] == 10 and hits[0]["rank"] == 11'
for page in 0 -1 x 1x '' 1.5 %00; do
    json "q=chuyen+doi+so&page=$page" 'page["offset"] == 0'
done
json 'q=chuyen&page=1000' 'page["offset"] == 9990'
json 'q=chuyen&page=99999999999999999999' 'page["offset"] == 9990'
json 'q=chuyen&page=4294967298' 'page["offset"] == 9990'

# ---- order, literal words, facets: whatever is not known counts as left out
json 'q=chuyen+doi+so&sort=newest' 'hits[0]["date"] == max(hit["date"] for hit in hits) and hits[0]["score"] == 0'
json 'q=chuyen+doi+so&sort=oldest' '"" < hits[0]["date"] <= hits[1]["date"]'
for sort in '' x NEWEST newestx; do
    json "q=chuyen+doi+so&sort=$sort" 'hits[0]["score"] > 0'
done
json 'q=chuyen+doi+so' 'len(page["notes"]) == 1 and "facets" not in page'
json 'q=chuyen+doi+so&literal=1' 'page["notes"] == []'
json 'q=chuyen+doi+so&literal=yes' 'len(page["notes"]) == 1'
json 'q=chuyen+doi+so&facets=2' 'len(page["facets"]["source"]) == 2'
json 'q=chuyen+doi+so&facets=99999999999' 'len(page["facets"]["source"]) > 2'
for facets in 0 -1 x ''; do
    json "q=chuyen+doi+so&facets=$facets" '"facets" not in page'
done

# ---- how many, and from where
json 'q=chuyen+doi+so&limit=3' 'len(hits) == 3 and page["offset"] == 0'
json 'q=chuyen+doi+so&limit=3&page=2' 'page["offset"] == 3 and hits[0]["rank"] == 4'
json 'q=chuyen+doi+so&limit=3&offset=5' 'page["offset"] == 5 and [h["rank"] for h in hits] == [6, 7, 8]'
json 'q=chuyen+doi+so&offset=5&page=3' 'page["offset"] == 5'
json 'q=chuyen+doi+so&offset=0&page=3' 'page["offset"] == 0'
json 'q=chuyen&limit=99999999999&offset=99999999999' 'page["offset"] == 9900'
for none in -1 x '' 1.5 %00; do
    json "q=chuyen+doi+so&limit=$none" 'len(hits) == 10'
    json "q=chuyen+doi+so&offset=$none&page=2" 'page["offset"] == 10'
done
json 'q=chuyen+doi+so&limit=0' 'len(hits) == 10'

# ---- only some members of each hit
json 'q=chuyen+doi+so&fields=title,date' '{tuple(h) for h in hits} == {("title", "date")}'
json 'q=chuyen+doi+so&fields=date%2Ctitle' '{tuple(h) for h in hits} == {("title", "date")}'
json 'q=chuyen+doi+so&fields=extra' '{tuple(h) for h in hits} == {("extra",)}'
json 'q=chuyen+doi+so&fields=rank,nothing,titl,snippet_htm' '{tuple(h) for h in hits} == {("rank",)}'
json 'q=chuyen+doi+so&fields=nothing' 'len(hits) == 10 and all(h == {} for h in hits)'
json 'q=chuyen+doi+so&fields=' 'len(hits[0]) > 15'
json "q=chuyen+doi+so&fields=$(printf 'x,%.0s' {1..1000})title" 'hits[0] == {}'

# ---- the same answer is the same bytes
"$cgi" 'q=chuyen+doi+so&format=json&facets=5' >"$tmp/first"
"$cgi" 'q=chuyen+doi+so&format=json&facets=5' | cmp -s - "$tmp/first" || fail "JSON differs from itself"
expect_text "$tmp/first" "X-Robots-Tag: noindex" "robots"

# ---- counts that cost as much as the search are made by wish, and where the page is about them
json 'q=chuyen+doi+so' 'page["exact"] is None and page["partial_total"] is None and page["total"] > 10'
for counts in 0 x ''; do
    json "q=chuyen+doi+so&counts=$counts" 'page["exact"] is None and page["partial_total"] is None'
done
json 'q=chuyen+doi+so&counts=1' '0 < page["exact"] <= page["total"] and page["partial_total"] >= 0'
json 'q=chuyen+doi+so&facets=2' 'page["exact"] > 0 and page["partial_total"] is None'
json 'q=chuyen+doi+so+xyzzyx' 'page["total"] == 0 and page["partial_total"] > 0'
json 'q=xyzzyx' 'page["total"] == 0 and page["partial_total"] == 0'

# ---- the command line and the page agree
"$DX_BIN/dxsearch" --json chuyen doi so | python3 -c 'import json, sys
for hit in json.load(sys.stdin)["hits"]: print(hit["title"], hit["score"])' >"$tmp/wanted"
"$cgi" 'q=chuyen+doi+so&format=json' | sed '1,/^$/d' | python3 -c 'import json, sys
for hit in json.load(sys.stdin)["hits"]: print(hit["title"], hit["score"])' | diff "$tmp/wanted" - >&2 ||
    fail "dxsearch and dxsearch.cgi find different articles"

# ---- methods
request() { # METHOD QUERY_STRING [ARGUMENT…]
    local method=$1 query=$2
    shift 2
    status=0
    env REQUEST_METHOD="$method" QUERY_STRING="$query" GATEWAY_INTERFACE=CGI/1.1 "$cgi" "$@" \
        >"$tmp/out" 2>"$tmp/err" </dev/null || status=$?
}
request GET 'q=chuyen'
[ $status -eq 0 ] || fail "GET: status $status"
expect_text "$tmp/out" "Status: 200 OK" GET
length=$(grep '^Content-Length' "$tmp/out")
request HEAD 'q=chuyen'
expect_text "$tmp/out" "Status: 200 OK" HEAD
[ -z "$(sed '1,/^$/d' "$tmp/out")" ] || fail "HEAD has a body"
grep -q '^Content-Length: [1-9][0-9]*$' "$tmp/out" || fail "HEAD tells no length, where GET told $length"
for method in POST PUT DELETE OPTIONS TRACE get "" "GET "; do
    request "$method" 'q=chuyen'
    expect_text "$tmp/out" "Status: 405 Method Not Allowed" "method '$method'"
    expect_text "$tmp/out" "Allow: GET, HEAD" "method '$method'"
done
request GET '' 'q=chuyen'
expect_no_text "$tmp/out" '<li class="hit">' "arguments from a server"
env -u QUERY_STRING REQUEST_METHOD=GET "$cgi" >"$tmp/out" || fail "no query string: status $?"
expect_text "$tmp/out" "Status: 200 OK" "no query string"

# ---- failures: a page or an object, the reason in the log
failure() { # STATUS INDEX
    for format in html json; do
        expect_status 1 env DX_INDEX="$2" "$cgi" "q=a&format=$format"
        head -1 "$tmp/out" | grep -qx "Status: $1" || fail "$2 as $format: $(head -1 "$tmp/out")"
        expect_no_text "$tmp/out" "$tmp" "$2 as $format"
        expect_text "$tmp/err" "$2" "$2 in the log"
    done
    sed '1,/^$/d' "$tmp/out" | python3 -c 'import json, sys
assert json.load(sys.stdin)["error"]["code"] == sys.argv[1]' "$3" || fail "$2: no JSON error"
    sed '1,/^$/d' "$tmp/out" | schema failure
}
failure "503 Service Unavailable" "$tmp/none" index_unavailable
cp -r "$DX_INDEX" "$tmp/damaged"
for file in "$tmp"/damaged/*; do truncate -s 5000 "$file"; done
failure "500 Internal Server Error" "$tmp/damaged" index_damaged
for query in 'format=xml' 'q=a&format=JSON' 'q=a&format=jsonx'; do
    expect_status 1 "$cgi" "$query"
    expect_text "$tmp/out" 'Status: 400 Bad Request' "$query"
    expect_text "$tmp/out" '"code":"unknown_format"' "$query"
done
expect_status 0 "$cgi" 'q=sông&format='
expect_text "$tmp/out" 'text/html' "no format"
expect_status 1 "$cgi" 'like=none&format=json'
expect_text "$tmp/out" 'Status: 404 Not Found' "an article that there is not"
sed '1,/^$/d' "$tmp/out" | schema failure
expect_status 0 "$cgi" 'q=chuyen+doi+so&format=json&limit=1&fields=id'
id=$(sed '1,/^$/d' "$tmp/out" | python3 -c 'import json, sys; print(json.load(sys.stdin)["hits"][0]["id"])')
expect_status 0 "$cgi" "id=$id&q=chuyen&format=json"
sed '1,/^$/d' "$tmp/out" | schema article
request POST 'q=a&format=json'
expect_text "$tmp/out" '"code":"method_not_allowed"' "POST"
if [ -w /dev/full ]; then
    status=0
    "$cgi" 'q=a' >/dev/full 2>"$tmp/err" || status=$?
    [ $status -eq 1 ] || fail "status $status when the answer cannot be written"
    expect_text "$tmp/err" "No space left" "the log"
fi

finish
