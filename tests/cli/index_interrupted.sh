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

# try SIGNAL SECONDS OPTION…
try() {
    local before after got=0 signal=$1 seconds=$2
    shift 2
    rm -rf ix
    cp -r goc ix
    before=$(generation)
    timeout --preserve-status -s "$signal" "$seconds" "$dx" --index ix "$@" kho >out 2>err || got=$?
    after=$(generation)
    case $got in
    0) [ "$after" != "$before" ] || fail "$signal after $seconds $*: 0, and nothing was published" ;;
    1) [ "$after" != "$before" ] && grep -q "are in the index all the same" err ||
        fail "$signal after $seconds $*: 1 in spite of $before, $after: $(cat err)" ;;
    130) [ "$after" = "$before" ] && grep -q "the index is as it was before" err ||
        fail "$signal after $seconds $*: 130 in spite of $before, $after: $(cat err)" ;;
    143) [ "$after" = "$before" ] && [ "$signal" = TERM ] || fail "$signal after $seconds $*: $got" ;; # before it listens
    *) fail "$signal after $seconds $*: status $got" ;;
    esac
    seen="$seen $got"
}

seen=
for ms in 01 03 05 06 07 08 09 10 11 12 13 14 16 18 20 24 30 40; do
    try INT .${ms} --optimize
    try TERM .${ms}
done
case $seen in
*130*) ;;
*) fail "no run was interrupted: $seen" ;;
esac
echo "statuses:$seen"

exit $failed
