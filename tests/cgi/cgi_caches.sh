#!/usr/bin/env bash
# What caches and scripts of other sites are told: validators, 304, CORS.
. "$(dirname "$0")/../cli/search.bash"

cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"

ask() { # QUERY_STRING [VARIABLE=VALUE…]: as a web server would
    local query=$1
    shift
    expect_status 0 env REQUEST_METHOD=GET QUERY_STRING="$query" HTTP_HOST=tinh.example SCRIPT_NAME=/tim-kiem "$@" "$cgi"
}
tag_of() { # the same; prints the tag
    ask "$@"
    sed -n 's/^ETag: //p' "$tmp/out"
}
not_modified() { # WHAT: the response in $tmp/out
    head -1 "$tmp/out" | grep -qx 'Status: 304 Not Modified' || fail "$1: $(head -1 "$tmp/out")"
    [ -z "$(sed '1,/^$/d' "$tmp/out")" ] || fail "$1: a 304 with a body"
    grep -q '^Content-\(Length\|Type\)' "$tmp/out" && fail "$1: a 304 about its body" || true
}

# ---- who has an answer is told that it is still the same
for query in '' 'q=chuyen+doi+so' 'q=chuyen&format=json&facets=3' 'q=chuyen&format=atom' 'q=chuyen&format=csv' 'suggest=chu' 'opensearch=1' \
    'script=1'; do
    tag=$(tag_of "$query")
    [[ $tag =~ ^W/\"[0-9a-f]{16}\"$ ]] || fail "$query: the tag '$tag'"
    kept=$(grep '^Cache-Control' "$tmp/out")
    modified=$(sed -n 's/^Last-Modified: //p' "$tmp/out")
    [ "$(tag_of "$query")" = "$tag" ] || fail "$query: another tag for the same"
    for tags in "$tag" "${tag#W/}" "\"a\", $tag" "${tag%\"}-gzip\"" "${tag%\"}-br\", W/\"b\""; do
        ask "$query" HTTP_IF_NONE_MATCH="$tags"
        not_modified "$query with $tags"
        expect_text "$tmp/out" "ETag: $tag" "$query: a 304"
        expect_text "$tmp/out" "$kept" "$query: a 304"
    done
    ask "$query" HTTP_IF_MODIFIED_SINCE="$modified"
    not_modified "$query since $modified"
    for tags in '' '*' '"a"' "\"0${tag#W/\"}" "${tag%?????\"}\""; do
        ask "$query" HTTP_IF_NONE_MATCH="$tags" HTTP_IF_MODIFIED_SINCE="$modified"
        expect_text "$tmp/out" 'Status: 200 OK' "$query with $tags"
    done
done
[ "$(date -u -d "$modified" '+%a, %d %b %Y %H:%M:%S GMT')" = "$modified" ] || fail "Last-Modified: $modified"
[ "$(date -u -d "$modified" +%s)" -ge "$(stat -c %Y "$DX_INDEX"/index.mdb)" ] || fail "older than the index: $modified"
expect_status 0 env REQUEST_METHOD=HEAD QUERY_STRING='' HTTP_HOST=tinh.example SCRIPT_NAME=/tim-kiem HTTP_IF_NONE_MATCH="$(tag_of '')" "$cgi"
not_modified HEAD

# ---- all that an answer depends on makes another tag
base=$(tag_of 'q=chuyen')
for change in DX_TITLE=X DX_PAGE_SIZE=11 DX_SHOW=facets DX_LANGUAGE=en DX_COLOR=#123456 DX_BASE=https://x.example/ DX_FRESHNESS=0.5 \
    HTTP_HOST=www.tinh.example HTTPS=on; do
    [ "$(tag_of 'q=chuyen' "$change")" != "$base" ] || fail "$change: the same tag"
done
[ "$(tag_of 'q=chuyen&page=2')" != "$base" ] || fail "another page: the same tag"
[ "$(tag_of 'q=chuyen' HTTP_ACCEPT_LANGUAGE=en)" = "$base" ] || fail "a language that does not count"
en=$(tag_of 'q=chuyen' HTTP_ACCEPT_LANGUAGE=en DX_NEGOTIATE=yes)
expect_text "$tmp/out" 'Vary: Accept-Language' "where the language counts"
[ "$(tag_of 'q=chuyen' HTTP_ACCEPT_LANGUAGE=vi DX_NEGOTIATE=yes)" != "$en" ] || fail "a language that counts"
echo 'cđs = chuyển đổi số' >"$tmp/words"
first=$(tag_of 'q=chuyen' DX_SYNONYMS="$tmp/words")
echo '<p>Cổng</p>' >"$tmp/dau.html"
touch -d '2090-01-02 03:04:05 UTC' "$tmp/dau.html"
ask 'q=chuyen' DX_HEADER="$tmp/dau.html"
expect_text "$tmp/out" 'Last-Modified: Mon, 02 Jan 2090 03:04:05 GMT' "a header that was written later than the index"
touch -d '2001-01-01' "$tmp/words"
[ "$(tag_of 'q=chuyen' DX_SYNONYMS="$tmp/words")" != "$first" ] || fail "other synonyms: the same tag"
mkdir "$tmp/parts"
echo '<p>1</p>' >"$tmp/parts/nothing.html"
first=$(tag_of 'q=chuyen' DX_TEMPLATES="$tmp/parts")
echo '<p>22</p>' >"$tmp/parts/nothing.html"
[ "$(tag_of 'q=chuyen' DX_TEMPLATES="$tmp/parts")" != "$first" ] || fail "another template: the same tag"
echo '{"id":"new","title":"Bài mới","body":"chuyển đổi"}' >"$tmp/new.jsonl"
"$DX_BIN/dxindex" --quiet --index "$DX_INDEX" "$tmp/new.jsonl"
ask 'q=chuyen' HTTP_IF_NONE_MATCH="$base"
expect_text "$tmp/out" 'Status: 200 OK' "after a publication"
[ "$(sed -n 's/^ETag: //p' "$tmp/out")" != "$base" ] || fail "after a publication: the same tag"

# ---- failures are not kept
expect_status 1 env DX_INDEX="$tmp/none" HTTP_IF_NONE_MATCH="$base" "$cgi" 'q=chuyen'
expect_text "$tmp/out" 'Status: 503' "no index"
for query in 'like=none' 'q=a&format=none' ; do
    expect_status 1 "$cgi" "$query"
    grep -q '^\(ETag\|Last-Modified\):' "$tmp/out" && fail "$query: a failure has a tag" || true
done
expect_status 1 env DX_INDEX="$tmp/none" "$cgi" 'suggest=a'
expect_text "$tmp/out" 'Cache-Control: no-cache' "a failure"
ask 'q=chuyen' DX_FRESHNESS=0.5
expect_no_text "$tmp/out" 'Last-Modified' "where the day counts"

# ---- scripts of other sites
cors() { # ORIGIN ALLOWED [VARIABLE=VALUE…]
    local origin=$1 allowed=$2
    shift 2
    ask 'q=chuyen&format=json' HTTP_ORIGIN="$origin" "$@"
    [ "$(sed -n 's/^Access-Control-Allow-Origin: //p' "$tmp/out")" = "$allowed" ] || fail "origin $origin with $*"
}
cors https://a.example ''
cors https://a.example '*' DX_ORIGINS='*'
expect_no_text "$tmp/out" 'Vary' "for all"
some='DX_ORIGINS=https://a.example http://b.example:8080'
cors https://a.example https://a.example "$some"
expect_text "$tmp/out" 'Vary: Origin' "for some"
cors http://b.example:8080 http://b.example:8080 "$some"
for origin in https://a.example.evil https://a.exampl http://a.example http://b.example '' null 'https://a.example http://b.example:8080'; do
    cors "$origin" '' "$some"
    expect_text "$tmp/out" 'Vary: Origin' "for some, not $origin"
done
cors https://a.example https://a.example "$some" DX_NEGOTIATE=yes
expect_text "$tmp/out" 'Vary: Origin, Accept-Language' "for some, in two languages"
for allowed in "$some" 'DX_ORIGINS=*'; do
    expect_status 0 env REQUEST_METHOD=OPTIONS QUERY_STRING='q=a' HTTP_ORIGIN=https://a.example "$allowed" "$cgi"
    expect_text "$tmp/out" 'Status: 204 No Content' "a preflight"
    expect_text "$tmp/out" 'Access-Control-Allow-Methods: GET, HEAD' "a preflight"
    [ -z "$(sed '1,/^$/d' "$tmp/out")" ] || fail "a preflight with a body"
done
for origin in '' https://c.example; do
    expect_status 1 env REQUEST_METHOD=OPTIONS HTTP_ORIGIN="$origin" "$some" "$cgi"
    expect_text "$tmp/out" 'Status: 405' "a preflight of '$origin'"
done

# ---- nothing is for search engines
for query in '' 'q=chuyen&format=json' 'q=chuyen&format=atom' 'suggest=a' 'opensearch=1'; do
    ask "$query"
    expect_text "$tmp/out" 'X-Robots-Tag: noindex' "$query"
done

finish
