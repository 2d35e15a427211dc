#!/usr/bin/env bash
# What an operator or a hostile reader may do to a run: files that are none, a lock that
# is never released, little address space, SIGCHLD ignored. It ends, and says what it left.
. "$(dirname "$0")/index.bash"
export LC_ALL=C.UTF-8

line() { # NUMBER
    printf '{"id":"tin-%d","title":"Tin số %d","text":"Xã thứ %d họp bàn việc làm đường."}\n' "$1" "$1" "$1"
}

# ---- what looks like files ----

mkdir kho
line 1 >kho/a.jsonl
mkfifo kho/b.jsonl
ln -s /dev/zero kho/c.jsonl
ln -s /proc/self/mem kho/d.jsonl
ln -s /proc kho/e
expect 1 "$(counts 1 0 0 0 4)" timeout 30 "$dx" kho
has "kho/b.jsonl: not a regular file" err
has "kho/c.jsonl: not a regular file" err
has "kho/d.jsonl: the kernel's, not a file" err
has "kho/e: the kernel's, not files" err
rm -r kho/[b-e]*

# ---- a reader that holds the gate ----

python3 - dx.index/index.mdb >held <<'PY' &
import fcntl, struct, sys, time
f = open(sys.argv[1], "rb")
lock = struct.pack("hhlli", fcntl.F_RDLCK, 0, 0, 1, 0)
fcntl.fcntl(f, getattr(fcntl, "F_OFD_SETLKW", 38), lock)
print("held", flush=True)
time.sleep(300)
PY
reader=$!
until grep -q held held; do sleep 0.05; done
line 2 >kho/b.jsonl
expect 0 "$(counts 1 0 1 0 0)" timeout 60 "$dx" kho
line 3 >kho/c.jsonl
expect 0 "$(counts 1 0 2 0 0)" timeout 60 "$dx" --optimize kho
kill $reader

# ---- SIGCHLD ignored ----

expect 0 "$("$dx" check)" timeout 30 bash -c "trap '' CHLD; exec '$dx' check"

# ---- little address space ----

if [ -z "${DX_SANITIZED:-}" ]; then # sanitizers take terabytes of it
    for kib in 600000 1500000; do
        (ulimit -v $kib && "$dx" --memory 64M --threads 1 --index "i$kib" kho >out 2>err &&
            "$DX_BIN/dxsearch" --index "i$kib" "làm đường" >out 2>err &&
            "$dx" check --index "i$kib" >out 2>err) || { fail "with $kib KiB"; cat err; }
    done
    (ulimit -v 60000 && exec "$dx" --threads 1 --index ikhong kho) >out 2>err &&
        fail "nothing is too little"
    has "raise the limit" err
fi
exit $failed
