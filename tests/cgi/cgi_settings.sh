#!/usr/bin/env bash
# What the owner of a site may set for dxsearch.cgi, and that a mistake in it
# leaves the site up.
. "$(dirname "$0")/../cli/search.bash"

cgi=$DX_BIN/dxsearch.cgi
export DX_INDEX=$tmp/ix
index_lines "$DX_INDEX" <<'LINES'
{"id":"old","title":"HN mưa to","body":"Tin vắn.","date":"2020-01-01"}
{"id":"new","title":"HN mưa to","body":"Tin vắn hơn.","date":"2024-01-01"}
{"id":"hanoi","title":"Hà Nội mưa to","body":"Tin vắn.","date":"2022-01-01"}
LINES
printf 'HN = Hà Nội\n' >"$tmp/words"

# expect_ids WANTED WHAT VARIABLE…: the articles with everything for "hn mưa".
expect_ids() {
    local wanted=$1 what=$2 got
    shift 2
    expect_status 0 env "$@" "$cgi" 'q=hn+m%C6%B0a&format=json'
    head -1 "$tmp/out" | grep -qx 'Status: 200 OK' || fail "$what: $(head -1 "$tmp/out")"
    got=$(sed '1,/^$/d' "$tmp/out" | python3 -c '
import json, sys
print(" ".join(h["id"] for h in json.load(sys.stdin)["hits"] if not h["partial"]))')
    [ "$got" = "$wanted" ] || fail "$what: '$got', not '$wanted'"
}

# expect_log TEXT WHAT: nothing else went to the log.
expect_log() {
    [ "$(cat "$tmp/err")" = "$1" ] || fail "$2: the log has '$(cat "$tmp/err")'"
}

expect_ids "old new" "nothing set"
expect_log "" "nothing set"
expect_ids "old new" "empty values" DX_SYNONYMS= DX_FRESHNESS=
expect_log "" "empty values"
expect_ids "old new hanoi" "synonyms" DX_SYNONYMS="$tmp/words"
expect_log "" "synonyms"
for weight in 1 10 0,5 0.5; do
    expect_ids "new old" "freshness $weight" DX_FRESHNESS=$weight
    expect_log "" "freshness $weight"
done
expect_ids "new old hanoi" "both" DX_SYNONYMS="$tmp/words" DX_FRESHNESS=0.5
expect_ids "old new" "a time limit" DX_TIMEOUT_MS=60000
expect_log "" "a time limit"

# ---- mistakes
for ms in 0 -1 x 3600001; do
    expect_ids "old new" "time limit $ms" DX_TIMEOUT_MS=$ms
    expect_log "dxsearch.cgi: DX_TIMEOUT_MS=$ms: not from 1 to 3600000" "time limit $ms"
done
for weight in 11 -1 1e1 x; do
    expect_ids "old new" "freshness $weight" DX_FRESHNESS=$weight
    expect_log "dxsearch.cgi: DX_FRESHNESS=$weight: not from 0 to 10" "freshness $weight"
done
expect_ids "old new" "no such file" DX_SYNONYMS="$tmp/none"
expect_text "$tmp/err" "dxsearch.cgi: $tmp/none: " "no such file"
expect_ids "old new" "a folder" DX_SYNONYMS="$tmp"
expect_text "$tmp/err" "dxsearch.cgi: $tmp: " "a folder"
printf 'hn hà nội\n' >"$tmp/wrong"
expect_ids "old new" "a wrong line" DX_SYNONYMS="$tmp/wrong"
expect_text "$tmp/err" "dxsearch.cgi: $tmp/wrong:1: " "a wrong line"
printf 'hn = hà nội\nhn\n' >"$tmp/wrong"
expect_ids "old new hanoi" "a wrong line after a right one" DX_SYNONYMS="$tmp/wrong"
expect_text "$tmp/err" "dxsearch.cgi: $tmp/wrong:2: " "a wrong line after a right one"
expect_status 0 env DX_SYNONYMS="$tmp/none" DX_FRESHNESS=x "$cgi" 'q=hn'
expect_text "$tmp/out" "HN" "the page in spite of mistakes"
expect_no_text "$tmp/out" "$tmp/none" "a path in the page"

# ---- the file of settings; the environment goes before it
cat >"$tmp/site.conf" <<CONF
# a remark
index = ix
synonyms = words
freshness = 0.5
title = Tỉnh Mẫu
log = queries.log
CONF
unset DX_INDEX
expect_ids "new old hanoi" "a file" DX_SITE="$tmp/site.conf"
expect_log "" "a file"
[ "$(wc -l <"$tmp/queries.log")" -eq 1 ] || fail "the log of the file's folder"
expect_ids "old new hanoi" "the environment first" DX_SITE="$tmp/site.conf" DX_FRESHNESS=0
expect_log "" "the environment first"
printf 'index = %s\r\n\r\nfreshnes = 1\r\npage_size = 1\r\n' "$tmp/ix" >"$tmp/wrong.conf"
expect_ids "old" "a mistake in the file" DX_SITE="$tmp/wrong.conf"
expect_log "dxsearch.cgi: $tmp/wrong.conf:3: freshnes: no setting has this name; is it freshness?" \
    "a mistake in the file"
export DX_INDEX=$tmp/ix
expect_ids "old new" "no such file of settings" DX_SITE="$tmp/none.conf"
expect_log "dxsearch.cgi: $tmp/none.conf: No such file or directory" "no such file of settings"

# ---- articles that an editor has pinned
cat >"$tmp/pins" <<'PINS'
# truy vấn = mã bài
HN  mưa = hanoi nobody
Thời tiết = old
PINS
pinned() { # the hits that are
    sed '1,/^\r*$/d' "$tmp/out" | python3 -c '
import json, sys
print(" ".join(h["id"] for h in json.load(sys.stdin)["hits"] if h.get("pinned")))'
}
expect_ids "hanoi old new" "pinned" DX_PINS="$tmp/pins"
[ "$(pinned)" = hanoi ] || fail "pinned: $(pinned)"
expect_log "" "pinned"
for query in thoi+tiet TH%E1%BB%9CI+ti%E1%BA%BFt '%22th%E1%BB%9Di+ti%E1%BA%BFt%22'; do
    expect_status 0 env DX_PINS="$tmp/pins" "$cgi" "q=$query&format=json"
    [ "$(pinned)" = old ] || fail "pinned for $query: $(pinned)"
done
for query in th%E1%BB%9Di+ti%C3%AAt thoi thoi+tiet+-x thoi+tiet+source:x 'thoi+tiet&sort=newest'; do
    expect_status 0 env DX_PINS="$tmp/pins" "$cgi" "q=$query&format=json"
    [ "$(pinned)" = "" ] || fail "pinned for $query: $(pinned)"
done
printf 'hn mưa\n= a\nmưa =\nhn mưa = hanoi\n' >"$tmp/pins"
expect_ids "hanoi old new" "wrong lines beside a right one" DX_PINS="$tmp/pins"
[ "$(grep -c "pins:[123]: .*; write: words of a query = id id …$" "$tmp/err")" -eq 3 ] ||
    fail "wrong lines of pins: $(cat "$tmp/err")"
expect_ids "old new" "no file of pins" DX_PINS="$tmp/none"
expect_log "dxsearch.cgi: $tmp/none: No such file or directory" "no file of pins"

# ---- the manual and the example have the settings that the table has, and no others
table=$(grep -oE '\{"[a-z_]+", "DX[A-Z_]+"' "$DX_SRC/searcher/serve/site/settings.c" | tr -d '{",')
[ "$(wc -l <<<"$table")" -gt 20 ] || fail "the table was not read: $table"
manual=$(sed -n '/^\.SH SETTINGS/,/^\.SH ENVIRONMENT/s/^\\fB\([a-z_]*\)\\fR .*\[\(DX[A-Z_]*\)\]$/\1 \2/p' \
    "$DX_SRC/docs/man/dxsearch.cgi.8")
diff <(sort <<<"$table") <(sort <<<"$manual") || fail "the manual differs from the table"
diff <(cut -d' ' -f1 <<<"$table" | sort) \
    <(sed -n 's/^#\([a-z_][a-z_]*\) [=/].*/\1/p' "$DX_SRC/packaging/site.conf" | sort) ||
    fail "the example differs from the table"

# ---- the example as it is, and with everything in it taken
expect_ids "old new" "the example" DX_SITE="$DX_SRC/packaging/site.conf"
expect_log "" "the example"
sed 's/^#\([a-z_][a-z_]* [=/]\)/\1/; /^synonyms/d; /^pins/d; /^log/d; /^index/d' "$DX_SRC/packaging/site.conf" >"$tmp/site.conf"
for piece in header.html footer.html site.css; do echo "p { }" >"$tmp/$piece"; done
expect_ids "new old" "the example with its remarks taken away" DX_SITE="$tmp/site.conf"
expect_log "" "the example with its remarks taken away"

finish
