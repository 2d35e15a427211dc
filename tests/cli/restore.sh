#!/usr/bin/env bash
# A backup becomes the index again while it is searched; and whatever takes the place of an
# index's file may be read by whoever could read that.
. "$(dirname "$0")/index.bash"
export LC_ALL=C.UTF-8 DX_INDEX=$work/ix
search=$DX_BIN/dxsearch
sound() { "$dx" check -q >problems || { fail "$1: the index is not sound"; cat problems; }; }
total() { "$search" --json "$1" | python3 -c 'import json, sys; print(json.load(sys.stdin)["total"])'; }
generation() { "$dx" stats --json "$@" | python3 -c 'import json, sys; print(json.load(sys.stdin)["generation"])'; }
told() { grep -qF -- "$1" "$2" || { fail "no “$1” in $2:"; cat "$2"; }; }
line() { printf '{"id":"tin-%d","title":"Tin %d","text":"Xã họp bàn lần thứ %d."}\n' "$1" "$1" "$1"; }
lines() { for ((n = $1; n <= $2; n++)); do line $n; done; }

# A reader that stays: it answers a line of its input at a time. `ask WORDS` asks it.
reader_starts() {
    rm -f questions answers
    mkfifo questions answers
    "$search" --batch questions --format json --threads 1 <questions >answers 2>/dev/null &
    reader=$!
    exec 7>questions 6<answers
}
reader_ends() { exec 7>&- && cat <&6 >said && exec 6<&- && wait "$reader"; }

lines 1 30 >tin.jsonl
"$dx" -q tin.jsonl
"$dx" backup sao
lines 31 60 >them.jsonl
"$dx" -q them.jsonl
"$dx" remove -q --reason 'Theo yêu cầu' tin-5
before=$(generation)

# ---- restoring ----

expect 2 '' "$dx" restore
expect 2 '' "$dx" restore ix
expect 3 '' "$dx" restore khong-co
[ "$(total họp)" = 59 ] || fail "a failed restore changed the index"
reader_starts
expect 0 "$work/ix: restored, 29 articles" "$dx" restore sao/index.mdb
told 'tin-5 was taken down since the backup' err
printf '1\thọp\n' >&7
reader_ends
[ "$(generation)" -gt "$before" ] || fail "the generation is not above that of before"
[ "$(total họp)" = 29 ] || fail "after restore $(total họp) are found"
[ "$("$dx" remove --list | cut -f 2-)" = "$(printf 'tin-5\tTheo yêu cầu')" ] || fail "what was taken down is forgotten"
sound "after restore"
DX_INDEX=$work/sao sound "the backup"
"$dx" remove -q --undo tin-5
expect 0 "$(counts 31 0 29 0 0)" "$dx" tin.jsonl them.jsonl
expect 0 'moi.ix: restored, 30 articles' "$dx" restore -i moi.ix sao

# What cannot be said does not make it undone.
got=0
"$dx" restore -i moi.ix sao >/dev/full 2>err || got=$?
[ "$got" = 1 ] || fail "restored, and it cannot be said: status $got: $(cat err)"
got=0
"$dx" remove -i moi.ix tin-7 >/dev/full 2>err || got=$?
[ "$got" = 1 ] && [ "$("$dx" stats --json -i moi.ix | grep -o '"articles":[0-9]*' | head -n 1)" = '"articles":29' ] ||
    fail "removed, and it cannot be said: status $got: $(cat err)"
"$dx" remove -q --undo -i moi.ix tin-7 2>err

# A damaged index is no hindrance, a damaged backup is one.
printf 'hong hong hong hong' | dd of=ix/index.mdb bs=1 seek=4200 conv=notrunc status=none
head -c 9000 /dev/zero | dd of=ix/index.mdb bs=1 seek=8192 conv=notrunc status=none
expect 0 "$work/ix: restored, 30 articles" "$dx" restore sao
sound "over a damaged one"
cp -r sao xau
head -c 9000 /dev/zero | dd of=xau/index.mdb bs=1 seek=8192 conv=notrunc status=none
cp ix/index.mdb same
got=0
"$dx" restore xau >out 2>err || got=$?
[ "$got" = 3 ] || fail "a damaged backup: $got"
cmp -s same ix/index.mdb || fail "a damaged backup changed the index"
exec 8>ix/writer.lock && flock 8
expect 3 '' "$dx" restore sao
flock -u 8
exec 8>&-

# Killed at any moment the old one is there or the new one, and what is left goes.
"$dx" -q them.jsonl
for delay in 0 .002 .004 .006 .008 .01 .015 .02; do
    "$dx" restore -q sao 2>/dev/null &
    sleep "$delay"
    kill -9 $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    n=$(total họp)
    [ "$n" = 60 ] || [ "$n" = 30 ] || fail "killed after $delay s: $n articles"
    sound "killed after $delay s"
    "$dx" -q them.jsonl
    [ ! -e ix/index.mdb.new ] || fail "index.mdb.new of a killed run stays"
done
touch ix/index.mdb.new
"$dx" -q them.jsonl
[ ! -e ix/index.mdb.new ] || fail "index.mdb.new stays"

# ---- who may read it ----

access() { stat -c '%a %u %g' "$1"; }
keeps() { # WHAT WANTED FILE
    [ "$(access "$3")" = "$2" ] || fail "$1: $(access "$3"), not $2"
}
many() { lines "$1" "$2" >thay.jsonl && "$dx" -q thay.jsonl; } # so many that a file is made anew
umask 077
for mode in 640 600 664; do
    chmod "$mode" ix/index.mdb
    [ "$(id -u)" != 0 ] || chown 0:33 ix/index.mdb
    wanted=$(access ix/index.mdb)
    inode=$(stat -c %i ix/index.mdb)
    many 1$mode 1$((mode + 40))
    "$dx" -q --optimize thay.jsonl
    [ "$(stat -c %i ix/index.mdb)" != "$inode" ] || fail "the test's --optimize makes no file"
    keeps "--optimize of $mode" "$wanted" ix/index.mdb
    rm -rf sao2 && "$dx" backup sao2
    keeps "backup of $mode" "$wanted" sao2/index.mdb
    "$dx" restore -q sao
    keeps "restore over $mode" "$wanted" ix/index.mdb
    rm -rf la.ix && "$dx" restore -q -i la.ix sao2
    keeps "restore to nowhere of $mode" "$wanted" la.ix/index.mdb
done

# While a reader stays, a plain run moves on to a copy.
inode=$(stat -c %i ix/index.mdb)
reader_starts
printf '1\thọp\n' >&7
line 777 >mot.jsonl
"$dx" -q mot.jsonl
line 778 >>mot.jsonl
"$dx" -q mot.jsonl
keeps "a run beside a reader" "$wanted" ix/index.mdb
reader_ends

acl() { # get FILE | set FILE: lets user 33 read it, too
    python3 -c 'import os, struct, sys
name, entry = "system.posix_acl_access", lambda tag, perm, id=2**32 - 1: struct.pack("<HHI", tag, perm, id)
if sys.argv[1] == "set":
    os.setxattr(sys.argv[2], name, struct.pack("<I", 2) + entry(1, 6) + entry(2, 4, 33) + entry(4, 0) + entry(16, 4) + entry(32, 0))
print(os.getxattr(sys.argv[2], name).hex())' "$@"
}
if wanted=$(acl set ix/index.mdb 2>/dev/null); then
    many 2000 2040
    "$dx" -q --optimize thay.jsonl
    [ "$(acl get ix/index.mdb)" = "$wanted" ] || fail "--optimize loses the access list"
    rm -rf sao2 && "$dx" backup sao2
    [ "$(acl get sao2/index.mdb)" = "$wanted" ] || fail "backup loses the access list"
    "$dx" restore -q sao
    [ "$(acl get ix/index.mdb)" = "$wanted" ] || fail "restore loses the access list"
fi
umask 022

# ---- a link stays a link, a mount is told ----

mkdir dia lien.ix
ln -s ../dia/kho.mdb lien.ix/index.mdb
export DX_INDEX=$work/lien.ix
"$dx" -q tin.jsonl
lines 1 80 >lon.jsonl
"$dx" -q --optimize lon.jsonl
"$dx" restore -q sao
[ -L lien.ix/index.mdb ] && [ -f dia/kho.mdb ] || fail "the link is a file now"
[ "$(total họp)" = 30 ] || fail "behind a link $(total họp) are found"
[ "$(ls dia)" = "$(printf 'kho.mdb\nkho.mdb-lock')" ] || fail "left beside the link's file: $(ls dia)"
sound "behind a link"

if unshare -rm true 2>/dev/null; then
    mkdir buoc.ix && cp sao/index.mdb buoc.ix/ && cp sao/index.mdb goc.mdb
    got=0
    unshare -rm sh -c "mount --bind goc.mdb buoc.ix/index.mdb && '$dx' -i buoc.ix them.jsonl" >out 2>err || got=$?
    [ "$got" = 3 ] && told 'is mounted by itself' err || fail "a mount of its own: status $got: $(cat err)"
fi

exit $failed
