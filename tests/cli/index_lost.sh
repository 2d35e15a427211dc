#!/usr/bin/env bash
# Many articles that are gone at once are taken for a mistake: a folder that is not
# mounted, a file cut short. They stay until they are back or --remove-many is given.
. "$(dirname "$0")/index.bash"
export LC_ALL=C.UTF-8

# run STATUS ARTICLES "added, updated, unchanged, removed, skipped" OPTION…: in `kho`
run() {
    local status=$1 articles=$2 counts=$3 got=0 numbers
    shift 3
    "$dx" --report report "$@" >out 2>err || got=$?
    sed -i -E 's/([0-9]),([0-9])/\1\2/g' out err
    numbers=$(head -n 1 out | sed 's/ (.*//' | tr -dc '0-9 ' | tr -s ' ')
    [ "$got" = "$status" ] || fail "$*: status $got, not $status"
    [ "${numbers% }" = "$counts" ] || fail "$*: “$(head -n 1 out)”, not $counts"
    grep -q "dx.index: $articles articles" out || fail "$*: not $articles articles: $(cat out)"
    [ "$failed" = 0 ] || { cat err; exit 1; }
}

kept() { # NUMBER: told, counted, and named one by one
    grep -q "kept $1 articles.*--remove-many" err || fail "not told that $1 are kept: $(cat err)"
    grep -q "($1 not in their files any more, kept)" out || fail "the summary does not count $1 kept"
    grep -q "\"kept\":$1," report || fail "the report does not count $1 kept"
    [ "$(grep -c '"event":"kept"' report)" = "$1" ] || fail "the report does not name $1"
}

line() { # NUMBER
    printf '{"id":"tin-%d","title":"Tin số %d","text":"Xã thứ %d họp bàn việc làm đường liên thôn."}\n' "$1" "$1" "$1"
}

lines() { # FIRST LAST
    for ((n = $1; n <= $2; n++)); do line $n; done
}

mkdir kho
for ((i = 1; i <= 40; i++)); do line "$i" >"kho/$i.jsonl"; done
lines 101 160 >kho/xuat.jsonl
run 0 100 "100 0 0 0 0" kho

# ---- a folder that is empty ----

mv kho that && mkdir kho
run 1 100 "0 0 0 0 1" kho
grep -q 'kho: the folder is empty' err || fail "an empty folder is not told: $(cat err)"
mkdir rong
run 0 100 "0 0 0 0 0" rong
rmdir kho && mv that kho
run 0 100 "0 0 100 0 0" kho

# ---- files that are gone ----

mkdir ngoai
for ((i = 1; i <= 21; i++)); do mv "kho/$i.jsonl" ngoai; done
line 500 >kho/moi.jsonl
run 1 101 "1 0 79 0 0" kho
kept 21
run 1 101 "0 0 80 0 0" kho
kept 21
got=0
"$dx" -q kho >out 2>err || got=$?
[ "$got" = 1 ] && [ ! -s out ] && grep -q 'kept 21' err || fail "with -q: $got $(cat out err)"
LC_ALL=vi_VN.UTF-8 "$dx" kho >out 2>err || true
grep -q 'giữ lại 21 bài.*--remove-many' err || fail "not told in Vietnamese: $(cat err)"
got=0
"$dx" --dry-run kho >out 2>err || got=$?
[ "$got" = 1 ] && grep -q 'kept 21' err || fail "a dry run does not tell: $got $(cat err)"
mv ngoai/* kho
run 0 101 "0 0 101 0 0" kho
"$dx" check >out 2>&1 || fail "check: $(cat out)"

# 20 go, and a fifth
for ((i = 1; i <= 20; i++)); do mv "kho/$i.jsonl" ngoai; done
run 0 81 "0 0 81 20 0" kho
mv ngoai/* kho
run 0 101 "20 0 81 0 0" kho

# ---- a file that is cut short ----

cp kho/xuat.jsonl ngoai
lines 101 130 >kho/xuat.jsonl
run 1 101 "0 0 71 0 0" kho
kept 30
run 1 101 "0 0 71 0 0" kho
kept 30
"$dx" check >out 2>&1 || fail "check of an index with kept articles: $(cat out)"
cp ngoai/xuat.jsonl kho
run 0 101 "0 0 101 0 0" kho
lines 101 130 >kho/xuat.jsonl
run 1 101 "0 0 71 0 0" kho
run 0 71 "0 0 71 30 0" --remove-many kho
run 0 71 "0 0 71 0 0" kho

# other texts for the same ids are no loss
sed -i 's/Xã thứ/Phường thứ/' kho/*.jsonl
run 0 71 "0 71 0 0 0" kho

# a file of several blocks
lines 1000 9000 >kho/lon.jsonl
run 0 8072 "8001 0 71 0 0" kho
lines 1000 3000 >kho/lon.jsonl
run 1 8072 "0 0 2072 0 0" kho
kept 6000
lines 1000 9000 >kho/lon.jsonl
run 0 8072 "0 0 8072 0 0" kho
lines 1000 3000 >kho/lon.jsonl
run 1 8072 "0 0 2072 0 0" kho
run 0 2072 "0 0 2072 6000 0" --remove-many kho
"$dx" check >out 2>&1 || fail "check in the end: $(cat out)"

# all of it, on purpose
rm kho/*
run 1 2072 "0 0 0 0 1" kho
run 0 0 "0 0 0 2072 0" --remove-many kho

exit $failed
