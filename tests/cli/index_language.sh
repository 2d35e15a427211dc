#!/usr/bin/env bash
# dxindex in Vietnamese and English: help, messages, progress; what programs read
# is the same in both.
. "$(dirname "$0")/search.bash"

dxindex=$DX_BIN/dxindex
export DX_INDEX=$tmp/ix
printf '{"id":"1","title":"Một","body":"Bài đầu."}\n{"id":"2","title":"Hai","body":"Bài sau."}\nx\n' >"$tmp/a.jsonl"

# ---- the environment decides, as it does for dxsearch
expect_status 1 env LANG=vi_VN.UTF-8 "$dxindex" "$tmp/a.jsonl"
expect_text "$tmp/out" "thêm 2, cập nhật 0, không đổi 0, gỡ bỏ 0, bỏ qua 1" "a run"
expect_text "$tmp/out" "$DX_INDEX: 2 bài, 0," "a run"
expect_text "$tmp/err" "dxindex: bỏ qua $tmp/a.jsonl#3: " "a run"
expect_status 1 env LC_ALL=en_US.UTF-8 LANG=vi "$dxindex" "$tmp/a.jsonl"
expect_text "$tmp/out" "0 added, 0 updated, 2 unchanged, 0 removed, 1 skipped" "LC_ALL before LANG"
expect_status 0 env LC_MESSAGES=vi LANG=en "$dxindex" check
expect_text "$tmp/out" "không có lỗi: 2 bài trong 1 phân đoạn;" "check"
expect_status 0 env LANG=vi "$dxindex" stats
expect_text "$tmp/out" "phân đoạn" "stats"
[ "$(grep -c ' articles\|different\|lists' "$tmp/out")" = 0 ] || fail "English in stats: $(cat "$tmp/out")"
expect_status 2 env LANG=vi "$dxindex" stat
expect_text "$tmp/err" "có phải 'dxindex stats' không?" "a slip"
expect_status 2 env LANG=vi "$dxindex" --thread 3 "$tmp"
expect_text "$tmp/err" "không có tùy chọn --thread; có phải --threads không?" "a mistyped option"
expect_status 1 env LANG=vi "$dxindex" dump --doc 3
expect_text "$tmp/err" "không có bài nào mang mã 3" "dump"

# ---- every command has help in both, no wider than a page
for command in "" analyze backup check dump stats; do
    for language in en vi; do
        expect_status 0 env LANG=$language "$dxindex" $command --help
        cp "$tmp/out" "$tmp/help.$language"
        [ "$(LC_ALL=C.UTF-8 wc -L <"$tmp/out")" -le 80 ] || fail "help $command ($language) is wider than 80 columns"
        expect_status 0 env LANG=$language "$dxindex" $command -h
        cmp -s "$tmp/out" "$tmp/help.$language" || fail "-h and --help differ: $command"
    done
    options() { grep -oE -- ' --[a-z-]+' "$tmp/help.$1" | sort -u; }
    diff <(options en) <(options vi) >&2 || fail "the options in the help of $command differ"
    expect_text "$tmp/help.vi" "Cách dùng: dxindex" "help $command"
done

# ---- for programs: the same
for arguments in "dump --exact" "dump hai" "dump --doc 2" "stats --json" "analyze Hòa"; do
    LANG=en "$dxindex" $arguments >"$tmp/en"
    LANG=vi "$dxindex" $arguments >"$tmp/vi"
    cmp -s "$tmp/en" "$tmp/vi" || fail "$arguments differs by language"
done
echo y >>"$tmp/a.jsonl"
LANG=vi "$dxindex" --report "$tmp/report" "$tmp/a.jsonl" >/dev/null 2>&1 || true
expect_text "$tmp/report" '"event":"skipped"' "the report"

# ---- why something could not be read, in both; for programs in English
printf '{"title":"Một"\n' >"$tmp/b.jsonl"
printf '\0\0\0\0\0abc' >"$tmp/c.txt"
printf 'PK\003\004 hỏng' >"$tmp/d.docx"
printf '[{"title":"Một"},' >"$tmp/e.json"
expect_status 1 env LANG=vi "$dxindex" --dry-run --report "$tmp/report" "$tmp"/[b-e].*
expect_text "$tmp/err" "bỏ qua $tmp/b.jsonl#1: không phải JSON hợp lệ: " "a fault"
expect_text "$tmp/err" "c.txt: không phải tệp văn bản; hãy bỏ ra ngoài hoặc chuyển sang dạng khác" "a fault"
expect_text "$tmp/err" "e.json: mảng JSON không có chỗ kết thúc; tệp có bị thiếu không?" "a fault"
expect_text "$tmp/out" "bỏ qua 1: không phải tệp văn bản; " "the reasons of a run"
expect_text "$tmp/report" '"reason":"not a text file; ' "the report"
expect_status 1 env LANG=vi "$dxindex" inspect "$tmp/c.txt"
expect_text "$tmp/out" "không phải tệp văn bản; " "inspect"
expect_status 1 env LANG=en "$dxindex" inspect "$tmp/c.txt"
expect_text "$tmp/out" "not a text file; " "inspect"

# Every sentence that a reader's error may be has a row in indexer/cli/faults.c.
python3 - "$DX_SRC" <<'END' || fail "a sentence without Vietnamese"
import glob, re, sys
LITERAL = r'"(?:[^"\\]|\\.)*"'
def texts_of(pattern, source):
    for found in re.finditer(pattern + rf"((?:{LITERAL}\s*)+)", source):
        yield "".join(text[1:-1] for text in re.findall(LITERAL, found[1]))
with open(sys.argv[1] + "/indexer/cli/faults.c", encoding="utf-8") as file:
    rows = re.findall(rf"\{{((?:{LITERAL}\s*)+),\s*((?:{LITERAL}\s*)+)\}}", file.read())
rows = [["".join(text[1:-1] for text in re.findall(LITERAL, part)) for part in row]
        for row in rows]
wrong = [row for row in rows if row[0].count("%") != row[1].count("%")]
known = [re.compile(re.escape(english).replace("%", ".+")) for english, _ in rows]
seen = 0
for path in glob.glob(sys.argv[1] + "/indexer/input/**/*.c", recursive=True):
    with open(path, encoding="utf-8") as file:
        source = file.read()
    for text in [*texts_of(r'dx_fail\((?:(?!INVALID)[^";])*?', source),
                 *texts_of(r"fault = ", source), *texts_of(r"refuse\(b, ", source),
                 *texts_of(r"dx_member_fail\([^\";]*?", source)]:
        sentence = re.sub(r"%[-.*0-9]*[a-z]+", "7", text)
        if sentence in ("7", "7: 7", "7 (byte 7)") or path.endswith("selectors.c"):
            continue
        seen += 1
        if not any(row.fullmatch(sentence) for row in known):
            wrong.append((path, sentence))
print(*wrong, sep="\n", file=sys.stderr)
sys.exit(bool(wrong) or seen < 50 or len(rows) < 50)
END

# ---- progress: on a terminal only, and no line wider than that
python3 "$(dirname "$0")/index_progress.py" "$dxindex" "$DX_SRC/corpus" || fail "progress"

finish
