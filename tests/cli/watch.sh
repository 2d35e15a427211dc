#!/usr/bin/env bash
# dxindex --watch: what is written, renamed, moved in and removed is searched soon after;
# what the run itself writes is no input; a signal ends it.
set -euo pipefail

dx=$DX_BIN/dxindex
work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work"
failed=0
export LC_ALL=C

watch() { # OPTION…: starts it, and waits for its first run
    : >err
    "$dx" "$@" kho >out 2>err &
    pid=$!
    for _ in $(seq 600); do
        ! grep -q 'Ctrl-C' err || return 0
        sleep 0.1
    done
    echo "FAILED: no first run of $*"; cat out err; exit 1
}

# Comes true within a minute: each change is published by itself. A machine may be busy.
becomes() { # TOTAL QUERY
    local total=
    for _ in $(seq 600); do
        total=$("$DX_BIN/dxsearch" --index kho/chi-muc --json --all --duplicates "$2" 2>/dev/null |
            sed -n 's/.*"total":\([0-9]*\).*/\1/p' | head -n 1) || true
        [ "$total" != "$1" ] || return 0
        sleep 0.1
    done
    echo "FAILED: $2: total $total, right is $1"; cat out err; failed=1
}

stop() { # ends it by SIGTERM: status 0
    local status=0
    kill "$pid"
    wait "$pid" || status=$?
    pid=
    [ "$status" = 0 ] || { echo "FAILED: status $status when stopped"; cat err; failed=1; }
}

tin() { # TITLE
    printf '%s\n\nSáng nay bà con trong xã cùng nhau dọn đường, trồng thêm hoa.\n' "$1"
}

mkdir kho
tin "Thông xe cầu mới" >kho/cau.txt

# The index and the report lie in the folder itself.
for how in --watch --watch=poll; do
    rm -rf kho/chi-muc kho/bao-cao.jsonl
    watch --index kho/chi-muc --report kho/bao-cao.jsonl $how
    becomes 1 "thông xe cầu"
    tin "Mở chợ hoa xuân" >kho/cho.txt
    becomes 1 "chợ hoa xuân"
    mkdir -p kho/xa/thon
    tin "Khánh thành trạm bơm" >kho/xa/thon/bom.txt
    becomes 1 "khánh thành trạm bơm"
    tin "Hội làng đầu năm" >moi.txt
    mv moi.txt kho/xa/thon/hoi.txt
    becomes 1 "hội làng đầu năm"
    rm kho/cho.txt
    becomes 0 "chợ hoa xuân"
    rm -r kho/xa
    becomes 1 "*"
    runs=$(grep -c '"event":"summary"' kho/bao-cao.jsonl)
    stop
    ! grep -q 'bao-cao\|chi-muc' kho/bao-cao.jsonl ||
        { echo "FAILED: what the run writes is input:"; grep 'bao-cao\|chi-muc' kho/bao-cao.jsonl; failed=1; }
    [ "$runs" -ge 6 ] || { echo "FAILED: the report has $runs runs"; failed=1; }
    ! grep -q skipped err || { echo "FAILED:"; cat err; failed=1; }
done

# A bad file is told once, not by every run.
rm -rf kho/chi-muc kho/bao-cao.jsonl
head -c 3000 /dev/zero | tr '\0' '\1' >kho/anh.txt
watch --index kho/chi-muc --watch
tin "Mở chợ hoa xuân" >kho/cho.txt
becomes 1 "chợ hoa xuân"
tin "Hội làng đầu năm" >kho/hoi.txt
becomes 1 "hội làng đầu năm"
stop
told=$(grep -c 'skipped kho/anh.txt' err)
[ "$told" = 1 ] || { echo "FAILED: told $told times"; cat err; failed=1; }

# While another indexer is at work it waits, and then goes on.
rm -rf kho/chi-muc kho/anh.txt
"$dx" -q --index kho/chi-muc kho
mkfifo dau-vao
"$dx" -q --index kho/chi-muc - <dau-vao &
other=$!
exec 9>dau-vao
sleep 0.3
"$dx" --index kho/chi-muc --watch kho >out 2>err 9>&- &
pid=$!
for _ in $(seq 600); do
    ! grep -qi 'another\|busy' err || break
    sleep 0.1
done
exec 9>&-
wait "$other"
tin "Tập bơi cho trẻ em" >kho/boi.txt
becomes 1 "tập bơi cho trẻ em"
stop

# usage
status=0
"$dx" --watch=thoi kho >out 2>err || status=$?
[ "$status" = 2 ] || { echo "FAILED: --watch=thoi: status $status"; failed=1; }

exit $failed
