#!/usr/bin/env bash
# dxindex interrupted at many moments: statuses 3 and 130 promise that the index is as it
# was before, 1 says that the run has published, 0 that it was done.
. "$(dirname "$0")/index.bash"

news() { # FROM TO
    seq "$1" "$2" | sed 's/.*/{"id":"&","title":"Bản tin số &","body":"Bản tin & của tỉnh Bắc Giang, họp lần thứ &, bàn việc &x."}/'
}

generation() { "$dx" stats --index ix --json | grep -o '"generation":[0-9]*'; }

mkdir kho
for part in 1 2 3 4 5; do
    news 1 $((part * 1500)) >kho/a.jsonl
    "$dx" --quiet --index goc kho
done
news 1 9000 >kho/a.jsonl

restore() { rm -rf ix && cp -r goc ix; }

# timeout(1) sends its signal twice, which is one to dxindex, and SIGCONT behind it. That one
# can undo the SIGSTOP by which the leak sanitizer stops a process that ends, and then both
# wait for ever: with sanitizers the signal comes once and alone.
interrupt=(timeout --preserve-status ${DX_SANITIZED:+--foreground})

# try SIGNAL SECONDS ARGUMENT…
try() {
    local before after got=0 signal=$1 seconds=$2
    shift 2
    restore
    before=$(generation)
    "${interrupt[@]}" -s "$signal" "$seconds" "$dx" "$@" >out 2>err || got=$?
    after=$(generation)
    case $got in
    0) [ "$after" != "$before" ] || fail "$signal after $seconds $*: 0, and nothing was published" ;;
    1) [ "$after" != "$before" ] && grep -q "is in the index all the same" err ||
        fail "$signal after $seconds $*: 1 in spite of $before, $after: $(cat err)" ;;
    130) [ "$after" = "$before" ] && { [ ! -s err ] || grep -q "interrupted" err; } ||
        fail "$signal after $seconds $*: 130 in spite of $before, $after: $(cat err)" ;;
    143) [ "$after" = "$before" ] && [ "$signal" = TERM ] && [ ! -s err ] ||
        fail "$signal after $seconds $*: $got" ;; # before it listens
    *) fail "$signal after $seconds $*: status $got: $(cat err)" ;;
    esac
    seen="$seen $got"
}

# try_often SIGNAL ARGUMENT…: at moments all over the run
try_often() {
    local signal=$1 start us moment
    shift
    restore
    start=$(date +%s%6N)
    "$dx" "$@" >out 2>err || fail "$*: $(cat err)"
    us=$(($(date +%s%6N) - start))
    seen=
    for ((moment = 1; moment <= 10; moment++)); do
        try "$signal" "$(printf '0.%06d' $((us * moment / 11)))" "$@"
    done
    echo "$*:$seen"
    case $seen in
    *130* | *143*) ;;
    *) [ "$1" = remove ] || # which publishes soon
        fail "no run was interrupted before it had published: $*" ;;
    esac
}

try_often INT --index ix --optimize kho
try_often TERM --index ix kho
try_often INT remove --index ix --optimize 5

exit $failed
