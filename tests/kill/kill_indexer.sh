#!/usr/bin/env bash
# Kills the indexer at random moments, while it adds to an index, optimizes one, takes
# articles down or restores a backup. Whatever the moment, the index must be sound and
# hold the articles of before or of after. An interrupt (Ctrl-C) must do the same and say
# so by its exit status.
#
# The moments come from KILL_SEED (printed); DX_LONG=1 takes 300 of each kind.
set -euo pipefail

moments=25
interrupts=8
[ -z "${DX_LONG:-}" ] || { moments=300; interrupts=50; }
seed=${KILL_SEED:-20251128}
RANDOM=$seed

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dxindex=$DX_BIN/dxindex

fail()
{
    echo "kill_indexer: $*" >&2
    echo "seed $seed, moment $moment, after $seconds s" >&2
    exit 1
}

number() { # INDEX NAME: of the whole index, which stands before its segments
    "$dxindex" stats --index "$1" --json | grep -o "\"$2\":[0-9]*" | head -n 1 |
        tr -dc 0-9
}

articles() { # INDEX: their ids, without what tells namesakes apart
    "$dxindex" dump --index "$1" bài | sed -n 's/^posting\t\([^\t#]*\).*/\1/p' | LC_ALL=C sort
}

articles_of() { # FOLDER: likewise
    cat "$1"/* | LC_ALL=C sort -u | sed 's/^{"id": "\([^"]*\)".*/\1/' | LC_ALL=C sort
}

now_ms() { date +%s%3N; }

# A moment within the run, every second one in its last quarter, where segments
# are written, published and merged.
pick_moment() { # RUN_MS
    local ms=$((RANDOM * $1 / 32767))
    [ $((RANDOM % 2)) = 0 ] || ms=$(($1 * 3 / 4 + RANDOM * $1 * 3 / 8 / 32767))
    ms=$((ms + 1)) # timeout takes 0 for never
    seconds=$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))
}

expect_sound() { # INDEX COUNT COUNT
    local output count
    output=$("$dxindex" check --index "$1") || fail "not sound: $output"
    count=$(number "$1" articles)
    [ "$count" = "$2" ] || [ "$count" = "$3" ] ||
        fail "$count articles instead of $2 or $3"
}

command=("$dxindex" --quiet --memory 64M)

# run_to_end INDEX OPTION...; sets run_ms
run_to_end() {
    local start
    start=$(now_ms)
    "${command[@]}" --index "$@"
    run_ms=$(($(now_ms) - start))
}

restore() { rm -rf "$work/i" && cp -r "$1" "$work/i"; }

# kill_often SAVED COUNT_BEFORE COUNT_AFTER ARGUMENT...
kill_often() {
    local saved=$1 before=$2 after=$3 status killed=0
    shift 3
    for ((moment = 1; moment <= moments; moment++)); do
        # Every third kill hits an index that was killed before.
        [ $((moment % 3)) = 0 ] || restore "$saved"
        pick_moment "$run_ms"
        status=0
        { timeout -s KILL "$seconds" \
            "${command[@]}" --index "$work/i" "$@" ||
            status=$?; } 2>"$work/stderr"
        case $status in
        137) killed=$((killed + 1)) ;;
        0) ;;
        *) fail "exit status $status: $(cat "$work/stderr")" ;;
        esac
        expect_sound "$work/i" "$before" "$after"
    done
    [ "$killed" -gt 0 ] || fail "no run was killed"
    echo "killed $killed of $moments runs of $run_ms ms"
}

interrupt_often() { # SAVED COUNT_BEFORE COUNT_AFTER ARGUMENT...
    local saved=$1 before=$2 after=$3 status stopped=0 old
    shift 3
    old=$(number "$saved" generation)
    for ((moment = 1; moment <= interrupts; moment++)); do
        restore "$saved"
        pick_moment "$run_ms"
        status=0
        timeout --preserve-status -s INT "$seconds" \
            "$dxindex" --quiet --memory 64M --index "$work/i" "$@" \
            2>"$work/stderr" || status=$?
        expect_sound "$work/i" "$before" "$after"
        case $status in
        130)
            stopped=$((stopped + 1))
            [ "$(number "$work/i" generation)" = "$old" ] ||
                fail "published although it said it had not" ;;
        1)
            stopped=$((stopped + 1))
            [ "$(number "$work/i" generation)" != "$old" ] ||
                fail "not published although it said so" ;;
        0) ;;
        *) fail "exit status $status: $(cat "$work/stderr")" ;;
        esac
    done
    [ "$stopped" -gt 0 ] || fail "no run was interrupted"
    echo "interrupted $stopped of $interrupts runs"
}

moment=0 seconds=0
make() { python3 "$(dirname "$0")/make_corpus.py" "$DX_SRC" "$@"; }

# As many articles as this build indexes in about 0.7 s, up to 12,000: every kill is
# followed by a check of the whole index.
count=300
mkdir "$work/c"
while :; do
    make 0 $((count + count / 4)) >"$work/c/all.jsonl"
    head -n $((count / 4)) "$work/c/all.jsonl" >"$work/first.jsonl"
    rm -rf "$work/i"
    run_to_end "$work/i" "$work/c"
    [ "$run_ms" -lt 600 ] && [ "$count" -lt 5000 ] || break
    count=$((count * 2))
done
total=$((count + count / 4))
echo "seed $seed; $total articles take $run_ms ms"

# An index of the first few articles; then the rest comes.
cp "$work/c/all.jsonl" "$work/all.jsonl"
cp "$work/first.jsonl" "$work/c/all.jsonl"
run_to_end "$work/base" "$work/c"
cp "$work/all.jsonl" "$work/c/all.jsonl"
restore "$work/base"
run_to_end "$work/i" "$work/c"
kill_often "$work/base" $((count / 4)) "$total" "$work/c"
interrupt_often "$work/base" $((count / 4)) "$total" "$work/c"

# The next run takes away what killed ones left.
run_to_end "$work/i" "$work/c"
expect_sound "$work/i" "$total" "$total"
"$dxindex" check --index "$work/i" | grep -q interrupted &&
    fail "records of killed runs were not removed"

# Articles of one file go, and stay where another one, which has not changed, has them:
# that is read once more. New ones come, with ids that other texts claim.
mkdir "$work/two"
half=$((count / 2))
head -n "$count" "$work/all.jsonl" >"$work/two/a.jsonl"
sed -n "$((half + 1)),$((count + 50))p" "$work/all.jsonl" >"$work/two/b.jsonl"
rm -rf "$work/i"
run_to_end "$work/i" --remove-many "$work/two"
expect_sound "$work/i" $((count + 50)) $((count + 50))
cp -r "$work/i" "$work/shared"
make $((count + 100)) "$half" | sed "s/\"id\": \"a[0-9]*\"/\"id\": \"a$count\"/" >"$work/two/a.jsonl"
run_to_end "$work/i" --remove-many "$work/two"
after=$((count + 50))
kill_often "$work/shared" "$after" "$after" --remove-many "$work/two"
run_to_end "$work/i" --remove-many "$work/two"
expect_sound "$work/i" "$after" "$after"
[ "$(articles "$work/i")" = "$(articles_of "$work/two")" ] || fail "not the articles of the files"

# An index of several segments is optimized.
rm -rf "$work/i"
for ((part = 1; part <= 5; part++)); do
    head -n $((total * part / 5)) "$work/all.jsonl" >"$work/c/all.jsonl"
    run_to_end "$work/i" "$work/c"
done
cp -r "$work/i" "$work/parts"
run_to_end "$work/i" --optimize "$work/c"
kill_often "$work/parts" "$total" "$total" --optimize "$work/c"
run_to_end "$work/i" --optimize "$work/c"
expect_sound "$work/i" "$total" "$total"
[ ! -e "$work/i/index.mdb.new" ] || fail "a killed copy was left behind"

# A hundred articles are taken down, and their text wiped; a backup is restored.
cp -r "$work/i" "$work/whole"
mapfile -t ids < <(articles "$work/whole" | awk 'NR % 3 == 0' | head -n 100)
command=("$dxindex" remove --quiet --remove-many --optimize)
run_to_end "$work/i" "${ids[@]}"
kill_often "$work/whole" "$total" $((total - 100)) "${ids[@]}"
run_to_end "$work/i" "${ids[@]}"
expect_sound "$work/i" $((total - 100)) $((total - 100))
[ "$("$dxindex" remove --list --index "$work/i" | wc -l)" = 100 ] || fail "not all are in the list"

command=("$dxindex" restore --quiet)
cp -r "$work/whole" "$work/i2" && rm -rf "$work/i" && mv "$work/i2" "$work/i"
run_to_end "$work/i" "$work/base"
kill_often "$work/whole" "$total" $((count / 4)) "$work/base"
run_to_end "$work/i" "$work/base"
expect_sound "$work/i" $((count / 4)) $((count / 4))
[ ! -e "$work/i/index.mdb.new" ] || fail "a killed restore was left behind"
