#!/usr/bin/env bash
# JSON output: valid, with the documented keys and no others, plain and marked
# text in agreement.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"
search=$DX_BIN/dxsearch

schema() { # KIND: standard input must fit the schema, where the validator is installed
    local status=0
    "$DX_SRC/tests/cgi/check_schema.py" "$DX_SRC/docs/schema/search-1.json" "$@" >&2 || status=$?
    [ $status -eq 0 ] || [ $status -eq 77 ] || fail "not as docs/schema/search-1.json says"
}

cat >"$tmp/check.py" <<'PY'
import html, json, re, sys

text = open(sys.argv[1], encoding="utf-8").read()
assert text.endswith("}\n") and text.count("\n") == 1, "one object on one line"
page = json.loads(text)
assert list(page) == ["version", "query", "total", "exact", "partial_total", "time_ms", "timed_out", "warnings", "notes", "offset", "hits"], list(page)
keys = ["rank", "id", "title", "title_html", "snippet", "snippet_html", "date", "source", "author",
        "category", "tags", "url", "path", "score", "partial", "loose", "similar", "similar_ids", "extra"]
documented = open(sys.argv[2], encoding="utf-8").read()
for key in list(page) + keys:
    assert f"`{key}`" in documented, f"{key} is not in docs/json.md"
assert page["version"] == 1
for rank, hit in enumerate(page["hits"], page["offset"] + 1):
    assert list(hit) == keys, list(hit)
    assert hit["rank"] == rank
    for key in keys:
        kind = {"rank": int, "score": float, "partial": bool, "loose": bool,
                "similar": int, "similar_ids": list, "extra": dict}.get(key, str)
        assert type(hit[key]) is kind, (key, hit[key])
    for key in ("title", "snippet"):
        marked = hit[key + "_html"]
        assert html.unescape(re.sub("</?b>", "", marked)) == hit[key], (hit[key], marked)
        assert not re.search("<(?!/?b>)", marked), marked
scores = [hit["score"] for hit in page["hits"] if not hit["partial"]]
assert scores == sorted(scores, reverse=True), scores
if len(sys.argv) > 3:
    assert eval(sys.argv[3], {"page": page, "hits": page["hits"]}), sys.argv[3]
PY
check() { # EXPRESSION: what must hold of the page
    schema page <"$tmp/out"
    python3 "$tmp/check.py" "$tmp/out" "$DX_SRC/docs/json.md" "$@" || fail "JSON is not as documented"
}

expect_status 0 "$search" --json chuyen doi so
python3 -m json.tool "$tmp/out" >/dev/null || fail "not JSON"
check 'len(hits) == 10 and page["total"] > 10 and page["query"] == "chuyen doi so"'
expect_status 0 "$search" --json --offset 10 --limit 3 chuyen doi so
check 'len(hits) == 3 and page["offset"] == 10'
expect_status 0 "$search" --json chuyen doi so Bac Giang
check 'hits[0]["title"].startswith("Bắc Giang") and "<b>Bắc Giang</b>" in hits[0]["title_html"]'
expect_status 0 "$search" --json -n 2 hội nghị chuyển đổi số Bắc Giang
golden page.json "$tmp/out"
# The list ends, where the counts say, and a page behind its end says so.
expect_status 0 "$search" --json --duplicates --limit 1000 hội nghị chuyển đổi số
check 'len(hits) == page["total"] + page["partial_total"] and sum(h["partial"] for h in hits) == page["partial_total"] > 5'
expect_status 0 "$search" --json --offset 1000 hội nghị chuyển đổi số
check 'page["partial_total"] > 5 and hits == []'
expect_status 0 "$search" --offset 1000 hội nghị chuyển đổi số
expect_text "$tmp/out" "There are no results on this page." "behind the last page"
for option in --all --any --sort=newest --scope=others; do
    expect_status 0 "$search" --json $option hội nghị chuyển đổi số
    check 'page["partial_total"] == 0'
done
expect_status 1 "$search" --json qwertzuiop
check 'page["total"] == 0 and hits == []'
expect_status 0 "$search" --json --limit 0 chuyen
check 'page["total"] > 0 and hits == []'
expect_status 0 "$search" --json --format json -- chuyen
check

# ---- what was set aside is in the object, and nothing on standard error
expect_status 0 "$search" --json "chuyen $(printf 'số %.0s' {1..2000})"
check 'len(page["warnings"]) == 2 and page["timed_out"] is False'
check 'all(list(w) == ["vi", "en", "start", "end"] and w["vi"] != w["en"] for w in page["warnings"])'
[ ! -s "$tmp/err" ] || fail "the warning is on standard error too"
expect_status 0 "$search" "chuyen $(printf 'số %.0s' {1..2000})"
[ "$(grep -c '^dxsearch: ' "$tmp/err")" = 2 ] || fail "not both warnings are on standard error"

# ---- in both languages, with the place in bytes
expect_status 0 "$search" --json 'sông date:hôm-qua má~9'
check 'page["query"].encode()[page["warnings"][0]["start"]:page["warnings"][0]["end"]].decode() == "date:hôm-qua"'
for language in vi en; do
    expect_status 0 env LANG=$language "$search" 'sông date:hôm-qua'
    [ $language = vi ] && wanted="Không hiểu ngày này" || wanted="This date is not understood"
    expect_text "$tmp/err" "dxsearch: $wanted" "a warning ($language)"
done
printf 'x\tsông date:hôm-qua\n' >"$tmp/batch"
expect_status 0 "$search" --batch "$tmp/batch"
expect_text "$tmp/err" "dxsearch: x: This date is not understood" "a warning in a batch"

# ---- hostile text
printf '%s\n' \
    '{"id":"<id>&\"","title":"Giá &amp;lt;b>vàng&amp;lt;/b> & \"bạc\" &amp;lt;/script>&amp;lt;script>alert(1)&amp;lt;/script>","body":"Giá &amp;lt;i>vàng&amp;lt;/i> hôm nay & ngày mai \\ \"tăng\"","source":"S\t\"1\"","date":"2024-02-29","author":"A","category":"C","tags":["một","hai"],"url":"javascript:alert(1)","views":7,"nested":{"a":["</script>",null]}}' |
    index_lines "$tmp/hostile"
expect_status 0 "$search" --json -i "$tmp/hostile" gia vang
check 'hits[0]["id"] == "<id>&\"" and hits[0]["extra"] == {"views": 7, "nested": {"a": ["</script>", None]}}'
check 'hits[0]["date"] == "2024-02-29" and hits[0]["tags"] == "một, hai" and hits[0]["author"] == "A"'
check '"&lt;b&gt;" in hits[0]["title_html"] and "<b>Giá" in hits[0]["title_html"]'

# ---- lines of a batch, also those that fail or suggest
printf '%s\n' $'a\tsông' $'b\tsông\t--nonsense' $'c\t\t--like x' $'d\tchuyen d\t--suggest' $'e\tsông\t--facets 3' >"$tmp/batch"
expect_status 2 "$search" --batch "$tmp/batch" --json
schema <"$tmp/out"
grep -q '"facets":{' "$tmp/out" || fail "no facets"
expect_text "$tmp/out" '{"version":1,"qid":"b","error":{"code":"bad_options","message_vi":"' "a line that is wrong"
expect_text "$tmp/out" '{"version":1,"qid":"c","error":{"code":"article_not_found","message_vi":"' "a line without article"

# ---- only some members of each hit
expect_status 0 "$search" --json --fields date,title chuyen doi so
python3 -c 'import json, sys
assert {tuple(hit) for hit in json.load(open(sys.argv[1]))["hits"]} == {("title", "date")}' "$tmp/out" || fail "--fields with JSON"
expect_status 0 "$search" --format csv --fields docno,title,path -n 1 chuyen doi so
[ "$(head -1 "$tmp/out")" = $'"title","docno","path"\r' ] || fail "--fields with CSV: $(head -1 "$tmp/out")"

# ---- ill-formed bytes in the query
expect_status 0 "$search" --json $'chuy\xe1\xbb\x83n \xff\xfe'
check 'page["query"] == "chuyển \ufffd\ufffd"'

finish
