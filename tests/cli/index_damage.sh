#!/usr/bin/env bash
# What could take an index for empty, or write into it: a manifest that is not found any
# more, and programs that were started without standard streams.
. "$(dirname "$0")/index.bash"
PATH=$DX_BIN:$PATH # commands are kept as one text, and the folder may have blanks
dx=dxindex search=dxsearch cgi=dxsearch.cgi

# status EXPECTED COMMAND…
status() {
    local expected=$1 got=0
    shift
    "$@" >out 2>err || got=$?
    [ "$got" = "$expected" ] || { fail "$* gave $got, not $expected"; cat out err; }
}

article() { # NUMBER
    printf 'Tin số %s của tỉnh Bắc Giang\n\nUBND tỉnh họp bàn việc thứ %s trong ngày.\n' "$1" "$1"
}

mkdir kho
for i in 1 2 3; do article $i >kho/$i.txt; done

# ---- without standard streams ----

for run in 1 2 3; do
    article "1$run" >kho/new-$run.txt
    case $run in
    1) "$dx" kho 0<&- 1>&- 2>&- || fail "dxindex without streams" ;;
    2) "$dx" khong-co kho 1>&- 2>&- && fail "a path that is not there, without streams" ;;
    3) "$dx" -v kho 0<&- >out 2>&- || fail "dxindex without stderr" ;;
    esac
    status 0 "$dx" check
done
"$search" 'Bắc Giang' 0<&- 1>&- 2>&- || fail "dxsearch without streams"
"$search" Giang --index khong-co 0<&- 1>&- 2>&- && fail "no index, without streams"
DX_INDEX=$work/dx.index "$cgi" 'q=bac+giang' 0<&- 1>&- 2>&- || fail "dxsearch.cgi without streams"
DX_INDEX=$work/khong-co "$cgi" 'q=bac+giang' 0<&- 1>&- 2>&- || true
status 0 "$dx" check
status 0 "$dx" kho
grep -q 'dx.index: 6 articles' out || fail "articles after runs without streams: $(cat out)"

# ---- a manifest that is not found ----

status 0 "$dx" backup sound
# one bit of its key: “manifest” → “manifesu”
python3 - dx.index/index.mdb <<'P'
import sys
with open(sys.argv[1], "r+b") as f:
    data = f.read()
    assert b"manifest" in data
    f.seek(0)
    f.write(data.replace(b"manifest", b"manifesu"))
P
cp dx.index/index.mdb damaged.mdb
for command in "$dx kho" "$dx --dry-run kho" "$dx --optimize kho" "$dx stats" "$search Giang" \
    "$dx rebuild --from dx.index new.index" "$dx rebuild --from sound dx.index"; do
    status 3 $command
    grep -q 'damaged' err || fail "$command does not speak of damage: $(cat err)"
    grep -q 'restore a backup' err || fail "$command names no remedy: $(cat err)"
    cmp -s dx.index/index.mdb damaged.mdb || fail "$command changed the damaged index"
done
got=0
"$dx" check >out 2>&1 || got=$?
[ "$got" != 0 ] && grep -q 'damaged' out || fail "check of an index without manifest: $got $(cat out)"
"$cgi" 'q=giang' >out 2>&1 || true
grep -q 'Bắc Giang' out && fail "the page has results of a damaged index"

# ---- a wrong letter in what is searched ----

article 4 >kho/4.txt # to be merged with the others

rm -r dx.index
cp -r sound dx.index
python3 - dx.index/index.mdb <<'P'
import sys
with open(sys.argv[1], "r+b") as f:
    data = f.read()
    assert b"Giang" in data and b"giang" in data
    f.seek(0)
    f.write(data.replace(b"Giang", b"Giamg").replace(b"giang", b"giamg"))
P
for command in "$search Giang" "$search --format json Giang" "$search --suggest gian" \
    "$search --like kho/1.txt" "$dx dump giang" "$dx stats" "$dx rebuild --from dx.index new.index" \
    "$dx backup copy" "$dx --optimize kho"; do
    status 3 $command
    grep -q 'is damaged' err || fail "$command does not speak of damage: $(cat err)"
    grep -q 'restore a backup' err || fail "$command names no remedy: $(cat err)"
    grep -q 'Giamg' out && fail "$command shows what is damaged"
done
"$cgi" 'q=giang' >out 2>err || true
grep -q '^Status: 500' out || fail "the page of a damaged index: $(head -n 1 out)"
grep -q 'is damaged.*restore a backup' err || fail "the log of the page: $(cat err)"
[ ! -e copy ] || fail "a damaged index was copied"
LANG=vi_VN.UTF-8 LC_ALL= status 3 "$dx" stats
grep -q 'dx.index.*damaged' err && grep -q 'Hãy' err || fail "no remedy in Vietnamese: $(cat err)"

# ---- the file of a machine of the other byte order: not damage, and it stays as it is ----

rm -r dx.index
cp -r sound dx.index
python3 - dx.index/index.mdb <<'P'
import struct, sys
META = "QHHI II Q Q IHHQQQQQ IHHQQQQQ Q Q".replace(" ", "")  # page head, MDB_meta of LMDB
with open(sys.argv[1], "r+b") as f:
    first = f.read(struct.calcsize("=" + META))
    page_bytes = struct.unpack("=" + META, first)[8]
    for at in 0, page_bytes:
        f.seek(at)
        values = struct.unpack("=" + META, f.read(len(first)))
        f.seek(at)
        f.write(struct.pack((">" if sys.byteorder == "little" else "<") + META, *values))
P
cp dx.index/index.mdb other.mdb
for command in "$search Giang" "$dx stats" "$dx check" "$dx kho" "$dx --optimize kho" "$dx backup copy"; do
    got=0
    $command >out 2>err || got=$?
    [ "$got" = 3 ] || [ "$got.$command" = "1.$dx check" ] || fail "$command of a foreign index: $got"
    cat out err | grep -q 'of the other byte order; index again' || fail "$command: $(cat out err)"
done
cmp -s dx.index/index.mdb other.mdb || fail "a foreign index was written into"

# ---- figures of a damaged index ----

# Whatever is damaged: all figures as before, or none and a reason.
python3 - "$dx" sound <<'P' || fail "stats"
import os, subprocess, sys
from pathlib import Path
dx, index = sys.argv[1], sys.argv[2]
file = Path(index, "index.mdb")
data = file.read_bytes()
def stats(*options):
    done = subprocess.run([dx, "stats", *options, "-i", index], capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr
wanted, told = {o: stats(*o) for o in ((), ("--json",))}, 0
for at in range(1000, len(data), max(1024, len(data) // 150)):
    file.write_bytes(data[:at] + bytes([data[at] ^ 16]) + data[at + 1:])
    for options, sound in wanted.items():
        got = stats(*options)
        if got[0] == 3:
            told += 1
            assert not got[1] and got[2], (at, got)
        else:
            assert got == sound, (at, got)
file.write_bytes(data)
assert told > 4, "the test damages nothing that stats reads"
P

exit $failed
