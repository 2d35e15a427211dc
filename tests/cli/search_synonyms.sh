#!/usr/bin/env bash
# A file of one's own with --synonyms: what it does, and what is said when a line
# of it is wrong.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
search=$DX_BIN/dxsearch
index_lines "$DX_INDEX" <<'LINES'
{"id":"oto","title":"Ô tô cháy trên cầu","body":"Tin vắn."}
{"id":"xehoi","title":"Xe hơi đỗ trên vỉa hè","body":"Tin vắn."}
{"id":"hanoi","title":"Hà Nội mưa to","body":"Tin vắn."}
{"id":"hn","title":"HN mưa to","body":"Tin vắn."}
LINES
printf '\xEF\xBB\xBF# nhà mình\r\n\r\n  HN =  Hà Nội\r\nxe hơi => ô tô # không phải lời ghi chú\nxe  hơi=>ô tô\n' >"$tmp/mine"

# full QUERY WANTED [OPTION…]: the ids of the articles with everything, sorted.
full() {
    local query=$1 wanted=$2 got
    shift 2
    got=$("$search" --json "$@" "$query" | python3 -c '
import json, sys
print(" ".join(sorted(h["id"] for h in json.load(sys.stdin)["hits"] if not h["partial"])))') || true
    [ "$got" = "$wanted" ] || fail "$query finds '$got', not '$wanted'"
}

full "hn mưa" "hn"
full "hn mưa" "hanoi hn" --synonyms "$tmp/mine"
full "ha noi mua" "hanoi hn" --synonyms "$tmp/mine"
full "xe hơi trên" "oto xehoi" --synonyms "$tmp/mine"
full "ô tô trên" "oto" --synonyms "$tmp/mine"
full "hn mưa" "hn" --synonyms "$tmp/mine" --literal
full "hn mưa" "hn" --synonyms /dev/null

expect_status 0 "$search" --synonyms "$tmp/mine" hn
expect_text "$tmp/out" "Hà Nội" "the note about a synonym"
printf '1\thn mưa\n' >"$tmp/batch"
expect_status 0 "$search" --synonyms "$tmp/mine" --batch "$tmp/batch"
[ "$(wc -l <"$tmp/out")" -eq 2 ] || fail "--batch does not use the synonyms"

# ---- the line that is wrong, what is wrong, and how to write it
words=$(printf 'từ %.0s' {1..17})
for line in "hà nội" "= hà nội" "hà nội =" "hà nội = ?" "a = b = c" "=>" "$words = a" $'a = \xFF'; do
    printf '# một\nhn = hà nội\n%s\n' "$line" >"$tmp/bad"
    expect_status 2 "$search" --synonyms "$tmp/bad" hn
    [ ! -s "$tmp/out" ] || fail "results in spite of: $line"
    expect_text "$tmp/err" "$tmp/bad:3: " "$line"
    expect_text "$tmp/err" "cđs = chuyển đổi số" "$line"
done
expect_status 2 env LANG=vi_VN.UTF-8 "$search" --synonyms "$tmp/bad" hn
expect_text "$tmp/err" "một chiều" "the remedy in Vietnamese"
expect_status 2 "$search" hn --synonyms
expect_status 3 "$search" --synonyms "$tmp/none" hn
expect_text "$tmp/err" "$tmp/none" "a file that is not there"
expect_status 3 "$search" --synonyms "$tmp" hn
expect_text "$tmp/err" "$tmp" "a folder"

finish
