#!/usr/bin/env bash
# Pages of results as a person reads them: golden output, width, colour, language.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
index_corpus "$DX_INDEX"
search=$DX_BIN/dxsearch

# ---- what is shown, at 40, 80 and 200 columns and in both languages
for width in 40 80 200; do
    expect_status 0 env COLUMNS=$width "$search" chuyen doi so Bac Giang
    golden "page_$width.txt" "$tmp/out"
done
expect_status 0 env LC_ALL=vi_VN.UTF-8 "$search" chuyen doi so Bac Giang
golden page_vi.txt "$tmp/out"
expect_status 0 "$search" --offset 10 -n 3 chuyen doi so
golden page_next.txt "$tmp/out"
expect_status 0 "$search" --color=always -n 2 chuyen doi so
golden page_color.txt "$tmp/out"
expect_status 1 env LANG=vi_VN "$search" qwertzuiop
golden page_nothing_vi.txt "$tmp/out"
expect_status 1 "$search" qwertzuiop
golden page_nothing.txt "$tmp/out"

# ---- one is no plural
expect_status 0 "$search" -n 1 chuyen doi so Bac Giang
expect_text "$tmp/out" "1 article · 2 with other accents" "one to the letter"

# ---- no line is wider than asked, decomposed letters counted as they show
cat >"$tmp/width.py" <<'PY'
import sys, unicodedata

limit = int(sys.argv[1])
for line in open(sys.argv[2], encoding="utf-8"):
    line = line.rstrip("\n")
    columns = sum(0 if unicodedata.combining(c) else 1 for c in line)
    if columns > limit and " " in line.strip():
        sys.exit(f"{columns} columns: {line}")
    if line != line.rstrip():
        sys.exit(f"blanks at the end: {line!r}")
PY
python3 - >"$tmp/nfd.jsonl" <<'PY'
import json, unicodedata

text = "Quảng Trị chăm lo người có công bằng những việc làm thiết thực nhất. " * 20
print(json.dumps({"id": "nfd", "title": "Nghĩa tình", "body": unicodedata.normalize("NFD", text)}))
PY
index_lines "$tmp/nfd" <"$tmp/nfd.jsonl"
for width in 40 80 200; do
    for query in "chuyen doi so" "Quyết định 749/QĐ-TTg" "nguoi co cong"; do
        expect_status 0 env COLUMNS=$width "$search" -n 30 $query
        python3 "$tmp/width.py" $width "$tmp/out" || fail "$query at $width columns"
    done
    expect_status 0 env COLUMNS=$width "$search" -i "$tmp/nfd" nguoi co cong
    python3 "$tmp/width.py" $width "$tmp/out" || fail "decomposed text at $width columns"
done

# Counted in bytes or code points, decomposed lines would break far too early.
expect_status 0 env COLUMNS=80 "$search" -i "$tmp/nfd" nguoi co cong
python3 - "$tmp/out" <<'PY' || fail "decomposed text is broken too early"
import sys, unicodedata
lines = [l.rstrip("\n") for l in open(sys.argv[1], encoding="utf-8")]
sys.exit(max(sum(not unicodedata.combining(c) for c in l) for l in lines) < 70)
PY

# ---- no terminal: no escape sequence, whatever TERM says; always: some
expect_status 0 env TERM=xterm-256color "$search" chuyen doi so
expect_no_text "$tmp/out" $'\x1b' "into a pipe"
expect_status 0 env NO_COLOR=1 "$search" --color=always chuyen doi so
expect_text "$tmp/out" $'\x1b[1;31mchuyển đổi số\x1b[0m' "--color=always"
expect_status 0 "$search" --color always chuyen doi so
expect_text "$tmp/out" $'\x1b[1;31mchuyển đổi số\x1b[0m' "--color always"
expect_status 0 "$search" --color chuyen doi so
expect_text "$tmp/out" $'\x1b[1;31mchuyển đổi số\x1b[0m' "--color alone"
expect_status 0 "$search" --color=never chuyen doi so
expect_no_text "$tmp/out" $'\x1b' "--color=never"

# ---- on a terminal: colour, unless NO_COLOR or a dumb one
if command -v script >/dev/null; then
    on_terminal() {
        TERM=xterm script -qec "stty cols 60; $*" /dev/null </dev/null | tr -d '\r' >"$tmp/out"
    }
    on_terminal "'$search' -n 3 chuyen doi so"
    expect_text "$tmp/out" $'\x1b[1;31m' "on a terminal"
    sed -E $'s/\x1b\\[[0-9;]*m//g' "$tmp/out" >"$tmp/plain"
    python3 "$tmp/width.py" 60 "$tmp/plain" || fail "the terminal's width"
    on_terminal "NO_COLOR=1 '$search' chuyen doi so"
    expect_no_text "$tmp/out" $'\x1b' "NO_COLOR"
    on_terminal "TERM=dumb '$search' chuyen doi so"
    expect_no_text "$tmp/out" $'\x1b' "TERM=dumb"
fi

# ---- the text of an article cannot command the terminal
printf '%s\n' '{"id":"a","title":"Lệnh \u001b[31m đỏ \u202egnort\u202c","body":"lệnh \u009b2J xóa \u0007 chuông","url":"http://x.example/\u001b[2J"}' |
    index_lines "$tmp/evil"
expect_status 0 "$search" -i "$tmp/evil" lệnh
LC_ALL=C grep -aqP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$tmp/out" &&
    fail "control characters of an article reach the terminal"

# ---- every word of LC_ALL, LC_MESSAGES, LANG: the first that is set decides
for settings in LC_ALL=vi "LC_MESSAGES=vi_VN LANG=en_US" "LANG=vi_VN.UTF-8" "LC_ALL= LANG=vi@x"; do
    expect_status 0 env $settings "$search" chuyen doi so
    expect_text "$tmp/out" " bài" "$settings"
done
for settings in "LC_ALL=C LANG=vi_VN" LANG=vie LANG=en_US.UTF-8; do
    expect_status 0 env $settings "$search" chuyen doi so
    expect_text "$tmp/out" " articles" "$settings"
done

finish
