#!/usr/bin/env bash
# The log of queries: a line about each search, whole whoever else writes, and a
# search that succeeds whatever becomes of the log.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
search=$DX_BIN/dxsearch cgi=$DX_BIN/dxsearch.cgi log=$tmp/queries.log
index_lines "$DX_INDEX" <<'EOF'
{"id":"a1","title":"Sông Thương","body":"Nước sông Thương dâng cao."}
{"id":"a2","title":"Sông Thương","body":"Thuyền trên sông Thương về bến."}
EOF
line='^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\t[0-9]+\t[0-9]+\.[0-9]{3}\t[0-9]+\t[a-z,-]+\t[^\t]*$'

# logged WANTED WHAT: the last line, but for time and milliseconds
logged() {
    local got
    grep -cqP "$line" <(tail -1 "$log") || fail "$2: no line as described: $(tail -1 "$log")"
    got=$(tail -1 "$log" | cut -f2,4-)
    [ "$got" = "$(printf '%b' "$1")" ] || fail "$2: “$got” is logged, not “$1”"
}

expect_status 0 "$search" sông thương
[ -z "$(find "$tmp" -name '*.log')" ] || fail "a log that nobody asked for"
before=$(date -u +%Y-%m-%dT%H:%M:%SZ)
expect_status 0 "$search" --log "$log" sông thương
logged '2\t0\t-\tsông thương' "a search"
logged_at=$(cut -f1 "$log")
[[ ! $logged_at < $before && ! $logged_at > $(date -u +%Y-%m-%dT%H:%M:%SZ) ]] || fail "time: $logged_at"
[ $((0$(stat -c %a "$log") & 07)) -eq 0 ] || fail "others may use the log: $(stat -c %A "$log")"
expect_status 1 "$search" --log "$log" qwertz
logged '0\t0\t-\tqwertz' "a search that finds nothing"
expect_status 0 "$search" --log "$log" --any --literal --exact-accents --sort newest --offset 1 sông qwertz
logged '2\t1\tany,exact-accents,literal,newest\tsông qwertz' "flags"
expect_status 0 "$search" --log "$log" --all --sort oldest sông
logged '2\t0\tall,oldest\tsông' "more flags"
expect_status 0 "$search" --log "$log" --scope exact --sort newest sông
logged '2\t0\texact,newest\tsông' "the scope"
expect_status 0 "$search" --log "$log" --like a1
logged '1\t0\tlike\ta1' "more like this"
expect_status 0 "$search" --log "$log" $'sông\tthương\nsông\x7f\xff\xc2\x85x'
logged '0\t0\t-\tsông thương sông � x' "control characters"
expect_status 0 "$search" --log "$log" "sông $(printf 'sông %.0s' {1..1000})"
tail -1 "$log" | cut -f6 | tr -d '\n' >"$tmp/long"
[ "$(wc -c <"$tmp/long")" -le 2048 ] && [ "$(wc -c <"$tmp/long")" -gt 2040 ] && ! grep -q � "$tmp/long" || fail "a long query is logged whole"

# ---- the web page
lines=$(wc -l <"$log")
expect_status 0 "$cgi" 'q=s%C3%B4ng%0Ath%C6%B0%C6%A1ng&page=2&format=json'
expect_status 0 env DXSEARCH_LOG= "$cgi" 'q=s%C3%B4ng'
expect_status 0 env DXSEARCH_LOG="$log" "$cgi" ''
[ "$(wc -l <"$log")" -eq "$lines" ] || fail "the page logs without being asked, or without a query"
expect_status 0 env DXSEARCH_LOG="$log" REMOTE_ADDR=192.0.2.7 HTTP_USER_AGENT=Browser HTTP_COOKIE=c=1 \
    "$cgi" 'q=s%C3%B4ng%0Ath%C6%B0%C6%A1ng&page=2&sort=newest&literal=1&format=json'
logged '2\t10\tliteral,newest\tsông thương' "a page"
expect_no_text "$log" 192.0.2.7 "who asked"
expect_status 0 env DXSEARCH_LOG="$log" "$cgi" 'like=a2'
logged '1\t0\tlike\ta2' "a page of articles like another"

# ---- lines of processes and threads that write at once do not mix
for i in {1..100}; do printf 'sông thương %s\n' {1..20} | tr '\n' ' ' && echo; done >"$tmp/batch"
rm "$log"
for i in 1 2 3 4; do
    "$search" --log "$log" --threads 2 --batch "$tmp/batch" >/dev/null 2>&1 &
done
wait
[ "$(grep -cP "$line" "$log")" -eq 400 ] && [ "$(wc -l <"$log")" -eq 400 ] || fail "lines are lost or mixed"
[ "$(cut -f6 "$log" | sort -u | wc -l)" -eq 1 ] || fail "queries are mixed"

# ---- no log is no reason not to answer
expect_status 0 "$search" --format trec sông
cp "$tmp/out" "$tmp/wanted"
for bad in "$tmp/none/x.log" "$tmp" /dev/full; do
    [ -e "$bad" ] || [ "$bad" = "$tmp/none/x.log" ] || continue
    for language in en vi; do
        expect_status 0 env LANG=$language "$search" --log "$bad" --format trec sông
        cmp -s "$tmp/out" "$tmp/wanted" || fail "other results without a log: $bad"
        expect_text "$tmp/err" "dxsearch: $bad: " "a log that cannot be written"
    done
    expect_status 0 env DXSEARCH_LOG="$bad" "$cgi" 'q=s%C3%B4ng'
    expect_text "$tmp/out" "Status: 200 OK" "a log that cannot be written"
    expect_text "$tmp/err" "$bad: " "a log that cannot be written"
done
expect_status 0 "$search" --log "$tmp/none/x.log" --batch "$tmp/batch"
[ "$(wc -l <"$tmp/err")" -eq 1 ] || fail "the same is said for every query of a batch"

finish
