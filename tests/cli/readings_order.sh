#!/usr/bin/env bash
# What a query typed without accents is read as does not depend on the order in which
# articles were indexed, nor on segments.
. "$(dirname "$0")/search.bash"

python3 "$DX_SRC/tests/cli/joined_indexes.py" make "$DX_SRC/corpus" "$tmp" || fail "no articles"
cd "$tmp"
add() { # INDEX FILE…
    local index=$1
    shift
    cat "$@" | "$DX_BIN/dxindex" --quiet --no-delete --index "$index" -
}
add forward a.jsonl b.jsonl c.jsonl
tac a.jsonl >a.back
add backward c.jsonl b.jsonl a.back
for part in b c a; do add parts $part.jsonl; done
[ "$("$DX_BIN/dxindex" stats --index parts | awk '$1 == "segments" { print $2 }')" -gt 1 ] ||
    fail "parts are one segment"

readings() { # INDEX
    "$DX_BIN/dxsearch" --index "$1" --json --limit 1 --timeout-ms 0 --batch queries.tsv |
        python3 -c 'import json, sys
for line in sys.stdin:
    answer = json.loads(line)
    for note in answer["notes"]:
        if "reading" in note["kind"]:
            print(answer["query"], "|", note["kind"], note["text"])' >"$1.txt"
}
for index in forward backward parts; do
    readings $index
    cmp forward.txt $index.txt || { fail "$index: other readings"; diff forward.txt $index.txt | head >&2; }
done
[ "$(wc -l <forward.txt)" -gt 20 ] || fail "few readings: $(cat forward.txt)"
finish
