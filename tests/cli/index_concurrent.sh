#!/usr/bin/env bash
# An index that is read while it is written: every reader sees a whole
# generation, also one that may only read; a second indexer is told to wait; a
# backup of a live index is whole.
. "$(dirname "$0")/search.bash"

dxindex=$DX_BIN/dxindex
dxsearch=$DX_BIN/dxsearch
generations=30
chmod 755 "$tmp" # for the other user
export DX_INDEX=$tmp/ix
mkdir "$tmp/c"

# Generation n has 100 + n articles, in all of which stands "chung".
article() { # NUMBER GENERATION
    printf '{"id": "%s", "title": "Bài %s", "content": "chung g%s"}\n' "$1" "$1" "$2"
}
publish() { # GENERATION
    for ((i = 0; i < 100; i++)); do article "$i" "$1"; done >"$tmp/c/same.jsonl"
    article "new$1" "$1" >"$tmp/c/new$1.jsonl"
    "$dxindex" -q "$tmp/c" || echo "indexing generation $1 failed" >>"$tmp/wrong"
}

count() { # of articles, by stats: between those of the first and last generation
    "$dxindex" stats --json | grep -o '"articles":[0-9]*' | head -n 1 | tr -dc 0-9
}

# reader NAME COMMAND…: runs it again and again until $tmp/done; each output
# must be a number from 101 on, none smaller than the one before.
reader() {
    local name=$1 before=101 now reads=0
    shift
    while [ ! -e "$tmp/done" ]; do
        now=$("$@" 2>"$tmp/$name.err") || {
            echo "$name: $(head -c 300 "$tmp/$name.err")" >>"$tmp/wrong"
            return
        }
        [ "$now" -ge "$before" ] || echo "$name: $now after $before" >>"$tmp/wrong"
        before=$now
        reads=$((reads + 1))
    done
    echo "$name: $reads reads" >>"$tmp/reads"
}

by_search() {
    "$dxsearch" --all --json -n 0 chung | grep -o '"total":[0-9]*' | head -n 1 | tr -dc 0-9
}

# All articles that never change must be of one and the same generation.
by_dump() {
    local dump=$tmp/dump different
    "$dxindex" dump >"$dump"
    different=$(grep -cP '^folded\tg[0-9]+\t101$' "$dump") || true
    [ "$different" = 1 ] || { echo "$different generations at once" >&2; return 1; }
    count
}

as_nobody() { # COMMAND…
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
nobody_counts() {
    as_nobody "$dxindex" stats --json | grep -o '"articles":[0-9]*' | head -n 1 | tr -dc 0-9
}
can_be_nobody() {
    [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
        as_nobody "$dxindex" --version >"$tmp/out" 2>&1
}

# ---- readers while 30 generations are published
publish 1
reader stats count &
reader search by_search &
reader dump by_dump &
if can_be_nobody; then
    reader nobody nobody_counts &
else
    echo "not root, or another user may not run the programs: that part is left out"
fi
for ((g = 2; g <= generations; g++)); do
    publish "$g"
    if [ $((g % 10)) = 0 ]; then
        "$dxindex" backup "$tmp/copy$g" || echo "backup failed" >>"$tmp/wrong"
    fi
done
touch "$tmp/done"
wait
[ ! -e "$tmp/wrong" ] || fail "$(head -n 5 "$tmp/wrong")"
cat "$tmp/reads"
[ "$(count)" = $((100 + generations)) ] || fail "$(count) articles at the end"
expect_status 0 "$dxindex" check
for copy in "$tmp"/copy*; do
    expect_status 0 "$dxindex" check --index "$copy"
    expect_text "$tmp/out" "sound" "check of $copy"
done

# ---- a backup while an indexer is at work
mkfifo "$tmp/slow"
"$dxindex" -q - <"$tmp/slow" &
slow=$!
exec 7>"$tmp/slow"
article slow 31 >&7
until ls -l "/proc/$slow/fd" | grep -q writer.lock; do
    kill -0 "$slow" || break
done

# ---- two indexers at once
expect_status 3 "$dxindex" -q "$tmp/c"
expect_text "$tmp/err" "another indexer is writing this index" "a second indexer"
expect_text "$tmp/err" "$DX_INDEX" "a second indexer"
expect_status 0 "$dxindex" backup "$tmp/live"
expect_status 0 "$dxindex" check --index "$tmp/live"
expect_status 0 "$dxindex" check
exec 7>&-
wait
expect_status 0 "$dxindex" check
[ "$(count)" = $((101 + generations)) ] || fail "the slow indexer's article is missing"

# ---- an index that may not be read, or only read
if can_be_nobody; then
    chmod -R go-w "$DX_INDEX"
    expect_status 0 as_nobody "$dxindex" check
    expect_status 0 as_nobody "$dxsearch" chung
    expect_status 3 as_nobody "$dxindex" -q "$tmp/c"
    expect_text "$tmp/err" "write permission" "indexing without permission"
    chmod 600 "$DX_INDEX/index.mdb"
    expect_status 3 as_nobody "$dxindex" stats
    expect_text "$tmp/err" "permission denied; give this user read permission" "an unreadable index"
    expect_text "$tmp/err" "$DX_INDEX" "an unreadable index"
    chmod 700 "$DX_INDEX"
    expect_status 3 as_nobody "$dxindex" check
    expect_text "$tmp/err" "permission denied" "an unreadable folder"
fi

finish
