#!/usr/bin/env bash
# Articles that are taken down are not found, do not come back under any name, and after
# --optimize nothing of what they said is in the index's bytes; undoing brings them back.
. "$(dirname "$0")/index.bash"
export LC_ALL=C.UTF-8 DX_INDEX=$work/ix
search=$DX_BIN/dxsearch
here=$OLDPWD
decode() { (cd "$here" && python3 "$(dirname "$0")/format_decoder.py" "$@"); }
sound() { "$dx" check -q >problems || { fail "$1: the index is not sound"; cat problems; }; }
found() { "$search" --json --duplicates "$1" | python3 -c 'import json, sys; print(*(h["id"] for h in json.load(sys.stdin)["hits"]))'; }
finds() { # QUERY IDS
    local got
    got=$(found "$1" || true)
    [ "$got" = "$2" ] || fail "$1 finds “$got”, not “$2”"
}

own() { # NUMBER: letters in which LZ4 finds nothing like those of another
    awk -v n="$1" 'BEGIN { srand(n * 7919 + 1); s = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for (i = 0; i < 12; i++) printf "%s", substr(s, int(rand() * 62) + 1, 1) }'
}
line() { # NUMBER: article tin-N, whose words and fields no other one has
    printf '{"id":"tin-%d","url":"https://bao.example/bai-%d.html","title":"Tựa zqtua%d","text":"Xã %d họp về đường. Từ zqthan%d chỉ có ở đây.","author":"Zqtacgia%d","date":"2025-03-0%d","loai_rieng":"%s"}\n' \
        "$1" "$1" "$1" "$1" "$1" "$1" $(($1 % 9 + 1)) "$(own "$1")"
}
words() { echo "zqtua$1" "zqthan$1" "acgia$1" "$(own "$1")"; }
bytes_have() { grep -qaF -- "$1" ix/index.mdb; }
told() { grep -qF -- "$1" "$2" || { fail "no “$1” in $2:"; cat "$2"; }; }

for ((n = 1; n <= 30; n++)); do line "$n"; done >tin.jsonl
"$dx" -q tin.jsonl

# ---- what would go is told, and nothing changes ----

cp ix/index.mdb before
expect 0 "$(printf 'tin-7\t2025-03-08\tTựa zqtua7')" "$dx" remove --dry-run tin-7
told '1 articles would be taken down' out
cmp -s before ix/index.mdb || fail "--dry-run changed the index"
expect 2 '' "$dx" remove
expect 2 '' "$dx" remove --url '#'
expect 1 '0 articles taken down' "$dx" remove khong-co
told 'no article has the id or address khong-co' err

# ---- gone for readers at once, from the bytes with --optimize ----

expect 0 "$(printf 'tin-7\t2025-03-08\tTựa zqtua7')" "$dx" remove --reason 'Theo yêu cầu số 5' tin-7
sound "after remove"
for word in $(words 7); do bytes_have "$word" || fail "the test's $word is not in the bytes"; done
finds zqthan7 ''
finds 'author:Zqtacgia7' ''
[ -z "$("$search" --suggest 'Tựa zqtua7' | grep zqtua7)" ] || fail "it is suggested"
if "$dx" dump --doc tin-7 >/dev/null 2>&1; then fail "dump --doc shows it"; fi
if "$search" --like tin-7 >/dev/null 2>&1; then fail "--like shows it"; fi
expect 0 "$(counts 0 0 29 0 0)" "$dx" tin.jsonl
expect 0 "$(counts 0 0 29 0 0)" "$dx" --optimize tin.jsonl
for word in $(words 7); do if bytes_have "$word"; then fail "$word is in the bytes after --optimize"; fi; done
[ -z "$("$dx" dump | grep -E 'zqt[a-z]*7\b')" ] || fail "its words are in the dictionary"
sound "after --optimize"
"$dx" remove --list >list
[ "$(cut -f 2- list)" = "$(printf 'tin-7\tTheo yêu cầu số 5')" ] || { fail "the list:"; cat list; }
[ "$(decode "$DX_INDEX" takedowns)" = "$(printf 'tin-7\thttps://bao.example/bai-7.html\tTheo yêu cầu số 5\t1\t11')" ] ||
    fail "docs/FORMAT.md reads it otherwise: $(decode "$DX_INDEX" takedowns)"
expect 0 '0 articles taken down' "$dx" remove tin-7
told 'taken down already' err

# ---- it does not come back, under whatever name ----

back() { # WHAT LINE
    echo "$2" >moi.jsonl
    expect 0 "$(counts 0 0 0 0 0)" "$dx" --report report -v moi.jsonl
    [ "$(sed -n 2p out)" = '1 left out: taken down before (dxindex remove --list)' ] || { fail "$1: not counted"; cat out; }
    told '"reason":"taken-down"' report
    told '"left_out_reasons":{"taken-down":1}' report
    told 'left out moi.jsonl' err
    rm moi.jsonl
    "$dx" -q moi.jsonl 2>/dev/null || true
}
back "the same" "$(line 7)"
back "another text under its id" '{"id":"tin-7","title":"Bài khác","text":"Hoàn toàn khác."}'
back "another id and text at its address" '{"id":"x","url":"http://bao.example/bai-7.html/#dau","title":"Bài khác","text":"Hoàn toàn khác."}'
back "its text under another id and address, otherwise spaced" \
    '{"id":"y","url":"https://khac.example/a.html","title":"Tựa  zqtua7","lead":"Xã 7 họp về đường.","text":"Từ zqthan7\nchỉ có ở đây.","date":"2026-01-01"}'
expect 0 "$(counts 1 0 0 0 0)" "$dx" - < <(echo '{"id":"z","title":"Tựa zqtua7","text":"Một tin khác."}')
line 31 >>tin.jsonl
expect 0 "$(counts 1 0 29 0 0)" "$dx" tin.jsonl
"$dx" rebuild -q other.ix && (DX_INDEX=$work/other.ix && sound "after rebuild" && "$dx" remove --list) >other
cmp -s list other || fail "rebuild forgets what was taken down"

# ---- until that is undone: then its file is read again, though it is as it was ----

expect 1 '' "$dx" remove --undo tin-8
told 'tin-8 is not taken down' err
expect 0 '' "$dx" remove --undo tin-7
told 'tin-7 may come back' err
[ -z "$("$dx" remove --list)" ] || fail "it is in the list"
expect 0 "$(counts 1 0 30 0 0)" "$dx" tin.jsonl
finds zqthan7 tin-7
sound "after --undo"

# What a file that has changed since would have brought comes back, too.
"$dx" remove -q tin-7
line 7 >chep.jsonl
"$dx" -q chep.jsonl
"$dx" remove -q --undo tin-7
rm -rf cho && mkdir cho && mv tin.jsonl cho
expect 0 "$(counts 1 0 0 0 0)" "$dx" chep.jsonl
finds zqthan7 tin-7
mv cho/tin.jsonl .
rm chep.jsonl
"$dx" -q tin.jsonl chep.jsonl 2>/dev/null || true

# ---- a segment that is gone as a whole leaves nothing either ----

line 99 >le.jsonl
"$dx" -q le.jsonl
"$dx" remove -q --optimize tin-99
for word in $(words 99); do if bytes_have "$word"; then fail "$word is in freed pages"; fi; done
sound "after remove --optimize"

# ---- by address, by query, by ids on standard input ----

expect 0 "$(printf 'tin-11\t2025-03-03\tTựa zqtua11')" "$dx" remove --url http://bao.example/bai-11.html
expect 1 '0 articles taken down' "$dx" remove --url http://bao.example/bai-111.html
expect 0 "$(printf 'tin-12\t2025-03-04\tTựa zqtua12')" "$dx" remove --query 'zqthan12'
expect 0 '0 articles taken down' "$dx" remove --query 'zqthan'
printf 'tin-13\n\ntin-14\r\n' | "$dx" remove -q -
finds 'zqthan13 OR zqthan14' ''
[ "$("$dx" remove --list | wc -l)" = 5 ] || fail "not all are in the list"
expect 1 '' "$dx" remove --query 'họp về đường'
told '27 articles are more than a fifth of the index: nothing is removed' err
expect 1 "$(printf 'tin-1\t2025-03-02\tTựa zqtua1')" "$dx" remove --dry-run --query 'họp về đường'
told '27 articles would be taken down' out
cp -r ix many.ix
"$dx" remove -q -i many.ix --remove-many --query 'họp về đường'
[ "$("$dx" remove -i many.ix --list | wc -l)" = 32 ] || fail "--remove-many does not remove many"
expect 3 '' "$dx" remove -i khong.ix tin-1
[ ! -e khong.ix ] || fail "an index is made"
exec 8>ix/writer.lock && flock 8
expect 3 '' "$dx" remove tin-1
flock -u 8

# ---- one of several with an id ----

printf '%s\n' '{"id":"chung","title":"Một","text":"Nội dung một."}' '{"id":"chung","title":"Hai","text":"Nội dung hai."}' >chung.jsonl
"$dx" -q chung.jsonl
one=$(found '"nội dung một"')
"$dx" remove -q "$one"
finds '"nội dung hai"' chung
sound "one of two"
touch -d '2 days ago' chung.jsonl
expect 0 "$(counts 0 0 1 0 0)" "$dx" chung.jsonl
sed -i s/Hai/Ba/ chung.jsonl
expect 0 "$(counts 0 1 0 0 0)" "$dx" chung.jsonl
told '1 left out' out
"$dx" remove -q --undo "$one"
expect 0 "$(counts 1 0 1 0 0 | sed 's/$/ (2 share an id or address, all kept)/')" "$dx" chung.jsonl

# ---- records that say so ----

{ line 41; line 42; line 43; echo '{"id":"tin-43","deleted":true}'; line 44; } >nhat-ky.jsonl
expect 0 "$(counts 4 0 0 1 0)" "$dx" nhat-ky.jsonl
finds zqthan43 ''
finds zqthan44 tin-44
printf '%s\n' '{"url":"https://bao.example/khong-ma.html","title":"Không mã","text":"Chữ zqkhongma."}' >k.jsonl
"$dx" -q k.jsonl
expect 0 "$(counts 0 0 0 2 0)" "$dx" - < <(printf '%s\n' '{"id":"tin-42","deleted":"1"}' '{"url":"https://bao.example/khong-ma.html","deleted":true}' '{"id":"chua-co","deleted":true}')
finds 'zqthan42 OR zqkhongma' ''
expect 0 "$(counts 0 0 0 0 0)" "$dx" - < <(echo '{"id":"chua-co","title":"Nay mới đến","text":"Vẫn không nhận."}')
printf 'id,title,text,deleted\ntin-44,,,1\nmoi-1,Bài trong bảng,Có nội dung,0\n' >bang.csv
expect 0 "$(counts 1 0 0 1 0)" "$dx" bang.csv
finds zqthan44 ''
expect 1 "$(counts 0 0 0 0 1)" "$dx" - < <(echo '{"deleted":true,"title":"Không rõ bài nào"}')
told 'neither an id nor an address' err
expect 0 "$(counts 0 0 0 1 0 | sed 's/^/would be: /')" "$dx" --dry-run - < <(echo '{"id":"tin-41","deleted":true}')
finds zqthan41 tin-41
"$dx" -q --optimize nhat-ky.jsonl
for n in 42 43 44; do for word in $(words $n); do if bytes_have "$word"; then fail "$word is in the bytes"; fi; done; done
sound "in the end"

exit $failed
