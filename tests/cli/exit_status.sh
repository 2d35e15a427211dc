#!/usr/bin/env bash
# The programs end with the statuses that the table in dx(7) has: each row is tried, and
# there is a row for each that is tried here.
. "$(dirname "$0")/index.bash"
unset DX_INDEX REQUEST_METHOD
PATH=$DX_BIN:$PATH # commands are kept as one text, and the folder may have blanks
dx=dxindex search=dxsearch cgi=dxsearch.cgi

mkdir kho xau
printf '{"id":"1","title":"Một"}\n' >kho/a.jsonl
printf '{hỏng\n' >xau/a.jsonl
"$dx" -q kho

endless() { timeout --preserve-status -s INT 1 "$dx" --index dai - < <(yes '{"title":"Một bài"}'); }
damaged() { cp -r dx.index hong && python3 - hong/index.mdb <<'END' && "$dx" check --index hong; }
import sys
bytes = bytearray(open(sys.argv[1], "rb").read())
bytes[len(bytes) // 2:] = b"\0" * (len(bytes) - len(bytes) // 2)
open(sys.argv[1], "wb").write(bytes)
END

try() { # PROGRAM STATUS COMMAND…
    local program=$1 status=$2 got=0
    shift 2
    tried="$tried$program	$status
"
    "$@" >out 2>err </dev/null || got=$?
    [ "$got" = "$status" ] || fail "$program: $got, not $status: $(cat out err)"
}

tried=
try dxindex 0 "$dx" kho
try dxindex 1 "$dx" kho xau
try dxindex 2 "$dx" --khong-co
try dxindex 3 "$dx" --index moi khong-co
try dxindex 130 endless
try "dxindex check" 1 damaged
try "dxindex inspect" 1 "$dx" inspect xau/a.jsonl
try "dxindex dump" 1 "$dx" dump --doc 2
try "dxindex remove" 1 "$dx" remove 2
try dxsearch 0 "$search" một
try dxsearch 1 "$search" hai
try dxsearch 2 "$search" --limit x một
try dxsearch 3 "$search" --index khong-co một
try dxsearch.cgi 0 "$cgi" q=một
try dxsearch.cgi 1 env DX_INDEX=khong-co "$cgi" q=một
rows='^dx[a-z. ]+\t\d+\t'
if [ -x "$DX_BIN/dxserve" ]; then
    try dxserve 0 timeout --preserve-status -s TERM 1 "$DX_BIN/dxserve" --http "$PWD/socket"
    try dxserve 2 "$DX_BIN/dxserve" --http 192.0.2.1:80
    try dxserve 3 "$DX_BIN/dxserve" --http "$PWD/khong-co/socket"
else # where its libraries are not
    rows='^dx(?!serve)[a-z. ]+\t\d+\t'
fi

grep -P "$rows" "$DX_SRC/docs/man/dx.7" | cut -f1,2 | LC_ALL=C sort >table
printf %s "$tried" | LC_ALL=C sort | diff table - || fail "the table in dx(7) has other rows"

# Commands that the table does not name end as dxindex does.
for command in stats check backup analyze dump remove rebuild restore inspect; do
    for program in "$dx $command" ; do
        got=0
        $program --khong-co >out 2>err </dev/null || got=$?
        [ "$got" = 2 ] || fail "$program --khong-co: $got"
    done
done
for command in stats check "backup b" "dump một" "remove 1" "rebuild --from khong-co b"; do
    got=0
    case $command in
    rebuild*) "$dx" $command >out 2>err </dev/null || got=$? ;;
    *) DX_INDEX=khong-co "$dx" $command >out 2>err </dev/null || got=$? ;;
    esac
    [ "$got" = 3 ] || fail "dxindex $command without an index: $got"
done

# One file that is always bad: a copy is made every night all the same; but not when
# a folder that was given is not there.
night() { "$dx" -q --tolerate-skipped --index dem kho "$@" && "$dx" backup --index dem "sao.$((++nights))"; }
nights=0
try_night() { # STATUS FOLDER…
    local got=0 wanted=$1
    shift
    night "$@" >out 2>err || got=$?
    [ "$got" = "$wanted" ] || fail "a night with $*: $got, not $wanted: $(cat err)"
}
try_night 0 xau
try_night 0 xau
grep -q "skipped xau/a.jsonl#1: " err || fail "a bad line is not told any more: $(cat err)"
[ -e sao.2/index.mdb ] || fail "no copy"
try_night 1 xau chua-gan

exit $failed
