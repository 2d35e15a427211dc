#!/usr/bin/env bash
# The command line of dxsearch: options, exit statuses, what is said on errors.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"
search=$DX_BIN/dxsearch

# ---- options may stand anywhere, in each of their forms
expect_status 0 "$search" --format trec chuyen doi so -n 3
cp "$tmp/out" "$tmp/wanted"
for arguments in "-n3 --format=trec chuyen doi so" "chuyen --limit=3 doi --format trec so" \
    "--limit 3 --format trec -- chuyen doi so" "--index $DX_INDEX --format trec -n 3 chuyen doi so" \
    "-i $DX_INDEX chuyen doi so --format trec -n 3"; do
    expect_status 0 "$search" $arguments
    cmp -s "$tmp/out" "$tmp/wanted" || fail "another result with: $arguments"
done
expect_status 0 "$search" -n 3 --format trec "chuyen doi so"
cmp -s "$tmp/out" "$tmp/wanted" || fail "one argument is another query than three"
(cd "$tmp" && mv ix dx.index && env -u DX_INDEX "$search" -n 3 --format trec chuyen doi so >out; mv dx.index ix)
cmp -s "$tmp/out" "$tmp/wanted" || fail "./dx.index is not the default"

# ---- a word with - before it is a part of the query
total() { "$search" --all --json -n 0 "$@" | python3 -c 'import json, sys; print(json.load(sys.stdin)["total"])'; }
all=$(total chuyen doi so)
without=$(total chuyen doi so -hội)
[ "$without" -lt "$all" ] || fail "-hội excludes nothing: $without of $all"
[ "$(total -- chuyen doi so -hội)" -eq "$without" ] || fail "-hội after -- is another query"
[ "$(total -hội chuyen doi so)" -eq "$without" ] || fail "-hội first is another query"
[ "$(total 'chuyen doi so -hội')" -eq "$without" ] || fail "-hội in one argument is another query"
[ "$(total chuyen doi so -nhanh)" -le "$all" ] || fail "-nhanh is taken for -n hanh"
expect_status 1 "$search" -hội
expect_status 0 "$search" chuyen - doi --- so -
expect_status 0 "$search" chuyen -i "$DX_INDEX" -hhh -Vv -x -5

# ---- --any finds more than --all, and --exact-accents less
[ "$("$search" --any --json -n 0 chuyen doi so | grep -o '"total":[0-9]*' | cut -d: -f2)" -gt "$all" ] ||
    fail "--any finds no more than --all"
[ "$(total --exact-accents chuyển đổi)" -gt 0 ] || fail "--exact-accents finds nothing"
[ "$(total chuyễn)" -gt 0 ] || fail "a misspelt accent finds nothing"
[ "$(total --exact-accents chuyễn)" -eq 0 ] || fail "--exact-accents finds other accents"

# ---- status 2: wrong usage, said with the remedy and no result
for arguments in "--limit x a" "--limit -1 a" "--limit 10001 a" "--limit" "--limit= a" "--offset 9999 -n 2 a" \
    "--format xml a" "--color=red a" "--threads 0 --batch /dev/null" "--freshness 10.5 a" "--freshness -1 a" "--freshness . a" "--freshness 1. a" \
    "--freshness 1e1 a" "--freshness= a" "--json=1 a" "--unknown a" "--lim 3 a" \
    "--batch /dev/null a" "--explain" "--explain x --json a" "--explain x --batch /dev/null"; do
    for language in en vi; do
        expect_status 2 env LANG=$language "$search" $arguments
        [ ! -s "$tmp/out" ] || fail "something on standard output: $arguments"
        expect_text "$tmp/err" "dxsearch: " "$arguments"
    done
done
expect_status 2 "$search"
expect_text "$tmp/err" "dxsearch chuyen doi so" "no query"
expect_status 2 "$search" --index "" a
expect_status 2 "$search" --limt 5 chuyen
expect_text "$tmp/err" "did you mean --limit?" "a mistyped option"
expect_text "$tmp/err" "dxsearch -- --limt" "a mistyped option"

# ---- status 3: no index, a damaged one, output that cannot be written
for language in en vi; do
    expect_status 3 env LANG=$language "$search" --index "$tmp/none" a
    expect_text "$tmp/err" "'$tmp/none'" "no index"
    expect_text "$tmp/err" "dxindex --index $tmp/none" "no index"
done
cp -r "$DX_INDEX" "$tmp/damaged"
for file in "$tmp"/damaged/*; do truncate -s 5000 "$file"; done
expect_status 3 "$search" --index "$tmp/damaged" a
expect_text "$tmp/err" "$tmp/damaged" "a damaged index"
expect_text "$tmp/err" "dxindex check" "a damaged index"
if [ -w /dev/full ]; then
    for arguments in "chuyen doi so" "--json chuyen" "--help" "--version" "--batch $tmp/words"; do
        echo chuyen >"$tmp/words"
        status=0
        "$search" $arguments >/dev/full 2>"$tmp/err" || status=$?
        [ $status -eq 3 ] || fail "status $status when the disk is full: $arguments"
        expect_text "$tmp/err" "No space left" "a full disk: $arguments"
    done
fi

# ---- a reader that goes away is no error worth a message
for i in {1..2000}; do printf '%s\tchuyen doi so\n' $i; done >"$tmp/many"
"$search" --batch "$tmp/many" 2>"$tmp/err" | head -1 >/dev/null || true
[ ! -s "$tmp/err" ] || fail "a message for a closed pipe: $(head -1 "$tmp/err")"
(trap '' PIPE; "$search" --batch "$tmp/many" 2>"$tmp/err"; echo $? >"$tmp/status") | head -1 >/dev/null || true
[ ! -s "$tmp/err" ] || fail "a message for a closed pipe with SIGPIPE ignored"
[ "$(cat "$tmp/status")" = 3 ] || fail "status $(cat "$tmp/status") for a closed pipe"

# ---- explain: the parts add up to the score that was shown
id=$(head -1 "$tmp/wanted" | cut -d' ' -f3)
score=$(head -1 "$tmp/wanted" | cut -d' ' -f5)
expect_status 0 "$search" --explain "$id" chuyen doi so
expect_text "$tmp/out" "$(printf '%.4f' "$score")" "the score explained"
expect_text "$tmp/out" chuyen "the score explained"
expect_text "$tmp/out" "best passage  share" "the second stage explained"
expect_status 1 "$search" --explain "no such id" chuyen
expect_text "$tmp/err" "no such id" "an unknown id"

# ---- pages: alone they are as in one long list, and scores never rise
many() { "$search" --format trec --duplicates "$@" công việc của người dân trong tỉnh | cut -d' ' -f3,5; }
many --limit 60 >"$tmp/long"
for offset in 0 7 14 21 28 35 42 49 56; do
    many --limit 7 --offset $offset
done | head -60 >"$tmp/pages"
cmp -s "$tmp/long" "$tmp/pages" || fail "pages differ from one long list: $(diff "$tmp/long" "$tmp/pages" | head -3)"
[ "$(wc -l <"$tmp/long")" -gt 40 ] || fail "too few hits for pages"
awk 'NR > 1 && $2 > last { exit 1 } { last = $2 }' "$tmp/long" || fail "a score is above the one before"

# ---- freshness: the newest of equal ones first, and the explanation says so
index_lines "$tmp/dated" <<'EOF'
{"id":"old","body":"một bài như nhau","date":"2019-01-01"}
{"id":"none","body":"một bài như nhau"}
{"id":"new","body":"một bài như nhau","date":"2020-06-30"}
{"id":"half","body":"một bài như nhau","date":"2020-01-02"}
EOF
ids() { "$search" -i "$tmp/dated" --format trec --duplicates "$@" bài | cut -d' ' -f3 | tr '\n' ' '; }
[ "$(ids)" = "old none new half " ] || fail "without freshness: $(ids)"
for weight in 0.5 0,5 10 .5; do
    [ $weight = .5 ] && wanted="" || wanted="new half old none "
    [ "$(ids --freshness $weight 2>"$tmp/err")" = "$wanted" ] || fail "with freshness $weight: $(ids --freshness $weight)"
done
expect_status 0 "$search" -i "$tmp/dated" --explain half --freshness 0,5 bài
expect_text "$tmp/out" "1.2500  times that: freshness" "the explanation of freshness"

# ---- help and version
for language in en vi; do
    expect_status 0 env LANG=$language "$search" --help
    for option in index limit offset all any exact-accents json format color batch threads explain like freshness log help version; do
        expect_text "$tmp/out" "--$option" "help ($language)"
        grep -q -- "\\\\-\\\\-${option//-/\\\\-}" "$DX_SRC/docs/man/dxsearch.1" || fail "--$option is not in the manual"
    done
    [ "$(wc -L <"$tmp/out")" -le 80 ] || [ $language = vi ] || fail "help is wider than 80 columns"
    cp "$tmp/out" "$tmp/help"
    expect_status 0 env LANG=$language "$search" -h
    cmp -s "$tmp/out" "$tmp/help" || fail "-h and --help differ"
done
expect_status 0 "$search" --version
grep -qE '^dxsearch [0-9]+\.[0-9]+\.[0-9]+$' "$tmp/out" || fail "version: $(cat "$tmp/out")"

finish
