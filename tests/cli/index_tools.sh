#!/usr/bin/env bash
# dxindex check, stats, dump and backup.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
dxindex=$DX_BIN/dxindex
tab=$'\t'

# json EXPRESSION: of the object d on standard input
json() { python3 -c "import json, sys; d = json.load(sys.stdin); print($1)"; }

cat >"$tmp/a.jsonl" <<'END'
{"id": "một", "title": "Chuyển đổi số", "content": "Bắc Giang chuyển đổi số.\nTheo 749/QĐ-TTg.", "date": "2021-12-16", "source": "Báo\tmới", "x": 1}
{"id": "hai", "title": "Hòa Bình", "content": "chuyen doi, hoà"}
END
cat >"$tmp/b.jsonl" <<'END'
{"id": "ba", "title": "Chuyến bay", "content": "đổi chuyến"}
{"id": "hai", "title": "Hòa Bình", "content": "hoa"}
END

# ---- check
expect_status 3 "$dxindex" check
expect_text "$tmp/err" "no index there" "check without an index"
expect_status 0 "$dxindex" -q "$tmp/a.jsonl"
expect_status 0 "$dxindex" check
expect_text "$tmp/out" "sound: 2 articles in 1 segment;" "check"
expect_status 0 "$dxindex" check --quiet
[ ! -s "$tmp/out" ] || fail "check --quiet of a sound index talks"
expect_status 2 "$dxindex" check here
expect_status 2 "$dxindex" check --nonsense

# ---- dump: terms
dump() { "$dxindex" dump "$@"; }
expect_dump() { # EXPECTED ARGUMENT…
    local wanted=$1 got
    shift
    got=$(dump "$@" 2>&1) || true
    [ "$got" = "$wanted" ] || fail "dump $*: got
$got"
}
expect_dump "exact${tab}chuyển${tab}1
posting${tab}một${tab}3" chuyển
expect_dump "folded${tab}chuyen${tab}2
posting${tab}một${tab}3
posting${tab}hai${tab}1" chuyen
expect_dump "folded${tab}chuyen${tab}2
posting${tab}một${tab}3" --limit 1 CHUYEN
expect_dump "pair${tab}chuyen doi${tab}2
posting${tab}một${tab}2
posting${tab}hai${tab}1" "chuyển đổi"
expect_dump "exact${tab}title:số${tab}1
posting${tab}một${tab}1" title:Số
expect_dump "exact${tab}749/qđ-ttg${tab}1
posting${tab}một${tab}1" 749/QĐ-TTg
expect_dump "folded${tab}khong${tab}0
exact${tab}hòa${tab}1
posting${tab}hai${tab}3" khong hoà
expect_status 2 dump "một hai ba"
expect_status 2 dump "!!"

# ---- dump: an article
dump --doc một >"$tmp/doc"
expect_text "$tmp/doc" "date${tab}2021-12-16" "dump --doc"
expect_text "$tmp/doc" "body${tab}Bắc Giang chuyển đổi số.\\nTheo 749/QĐ-TTg." "dump --doc"
expect_text "$tmp/doc" "token${tab}title${tab}1${tab}9${tab}15${tab}đổi${tab}doi" "dump --doc"
[ "$(grep -c "^token${tab}title" "$tmp/doc")" = 3 ] || fail "three words in the title"
expect_status 1 dump --doc khong-co
expect_text "$tmp/err" "no article has the id khong-co" "dump --doc"

# ---- dump: the dictionary, over segments and without deleted articles
expect_status 0 "$dxindex" -q --no-delete "$tmp/b.jsonl"
expect_dump "folded${tab}chuyen${tab}2
exact${tab}chuyến${tab}1
exact${tab}chuyển${tab}1" --exact --prefix chuye
expect_dump "folded${tab}title:bay${tab}1
folded${tab}title:binh${tab}1" --prefix title:b
expect_dump "pair${tab}chuyen doi${tab}1
posting${tab}một${tab}2" "chuyen doi"
dump | cut -f 2 >"$tmp/terms"
labels='^-?[a-z]+:' # title:chuyen, lang:vi, -body:chuyen
grep -Ev "$labels" "$tmp/terms" | LC_ALL=C sort -c || fail "the dictionary is out of order"
expect_text "$tmp/terms" "title:chuyen" "the dictionary"
[ "$(dump --limit 3 | wc -l)" = 3 ] || fail "--limit of the dictionary"
expect_status 2 dump --limit some

# ---- stats
expect_status 0 "$dxindex" stats
expect_text "$tmp/out" "articles" "stats"
expect_text "$tmp/out" "pair lists" "stats"
"$dxindex" stats --json >"$tmp/stats"
[ "$(json 'd["articles"], d["deleted"], len(d["segments"]), d["format"]' <"$tmp/stats")" = "3 1 2 6" ] ||
    fail "stats --json: $(cat "$tmp/stats")"
[ "$(json 'd["bytes"]["total"] == sum(v for k, v in d["bytes"].items() if k != "total") == sum(s["bytes"]["total"] for s in d["segments"])' <"$tmp/stats")" = True ] ||
    fail "the bytes of stats do not add up: $(cat "$tmp/stats")"
plain=$(grep -Evc "$labels" "$tmp/terms")
# The dictionary leaves out what only deleted articles hold; stats counts it.
[ "$(json 'd["folded_terms"]' <"$tmp/stats")" -ge "$plain" ] || fail "stats counts fewer terms than dump"
expect_status 2 "$dxindex" stats more

# ---- check again: deletions, several segments
expect_status 0 "$dxindex" check
expect_text "$tmp/out" "sound: 3 articles in 2 segments" "check with deletions"

# ---- backup
expect_status 0 "$dxindex" backup "$tmp/copy"
expect_status 0 "$dxindex" check --index "$tmp/copy"
"$dxindex" dump --exact >"$tmp/one"
"$dxindex" dump --exact --index "$tmp/copy" | cmp - "$tmp/one" || fail "the copy holds other terms"
expect_status 3 "$dxindex" backup "$tmp/copy"
expect_text "$tmp/err" "holds an index already" "backup onto an index"
expect_status 3 "$dxindex" backup "$tmp/no/such/place"
expect_status 2 "$dxindex" backup
# The copy is an index like any other.
expect_status 0 "$dxindex" -q --index "$tmp/copy" "$tmp/a.jsonl" "$tmp/b.jsonl"
expect_status 0 "$dxindex" check --index "$tmp/copy"

# ---- damage is told, with its place, by check; by exit status 1
damaged=$tmp/damaged
change() { # OFFSET BYTES: writes BYTES into the damaged copy there
    printf "$2" | dd of="$damaged/index.mdb" bs=1 seek="$1" conv=notrunc status=none
}
damage() { rm -rf "$damaged" && cp -r "$tmp/copy" "$damaged"; }
"$dxindex" -q --optimize --index "$tmp/copy" "$DX_SRC/corpus/html"
damage
size=$(stat -c %s "$damaged/index.mdb")
truncate -s $((size - 5000)) "$damaged/index.mdb"
expect_status 1 "$dxindex" check --index "$damaged"
expect_text "$tmp/out" "cut short" "check of a file that was cut"
expect_text "$tmp/out" "1 problem;" "check of a file that was cut"
expect_status 3 "$dxindex" stats --index "$damaged"
expect_text "$tmp/err" "cut short" "stats of a file that was cut"
expect_status 3 "$dxindex" -q --index "$damaged" "$tmp/a.jsonl"
expect_text "$tmp/err" "cut short" "indexing into a file that was cut"

# A few bytes of each page are changed, in one copy after another: never an end
# without words. LMDB's own pages, which it trusts, are among them.
told=0
for ((at = 8192 + 1000; at < size; at += 4096 * 3)); do
    damage
    change "$at" '\xa5\x5a\xa5'
    status=0
    "$dxindex" check --index "$damaged" >"$tmp/out" 2>"$tmp/err" || status=$?
    [ "$status" -le 1 ] || [ "$status" = 3 ] || fail "check at $at ends with status $status"
    [ "$status" = 0 ] || [ -s "$tmp/out" ] || [ -s "$tmp/err" ] || fail "check at $at says nothing"
    [ "$status" = 0 ] || told=$((told + 1))
done
[ "$told" -gt 5 ] || fail "only $told of the changes were noticed"

# ---- not an index
mkdir "$tmp/strange" && head -c 20000 /dev/urandom >"$tmp/strange/index.mdb"
expect_status 1 "$dxindex" check --index "$tmp/strange"
expect_text "$tmp/out" "damaged or not an index" "check of something else"
expect_status 3 "$dxindex" dump --index "$tmp/strange" word
expect_text "$tmp/err" "damaged or not an index" "dump of something else"

finish
