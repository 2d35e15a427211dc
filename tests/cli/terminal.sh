#!/usr/bin/env bash
# No name of a file, and nothing that the command line repeats, steers the terminal.
. "$(dirname "$0")/index.bash"
export LC_ALL=C.UTF-8
search=$DX_BIN/dxsearch
bad=$'a\e]0;x\a\e[31mb\nc\td\x7f\u009b2J\u202eexe\x9b\xffend'

# Prints what a command says, and whether a byte of that is a control.
quiet() { # WHAT COMMAND…
    local what=$1
    shift
    "$@" >out 2>err </dev/null || true
    python3 - "$what" <<'END' || fail "$what lets the terminal be steered: $(cat -v out err)"
import re, sys
said = open("out", "rb").read() + open("err", "rb").read()
try:
    text = said.decode()
except UnicodeDecodeError:
    sys.exit(1)
sys.exit(bool(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)) or "c\td" in text)
END
}

mkdir vao
printf '{"id":"a","title":"Một","text":"Nội dung."}\n{hỏng\n' >"vao/$bad.jsonl"
echo 'Không phải ảnh' >"vao/$bad.txt"
printf '\x89PNG\r\n\x1a\n' >"vao/anh.$bad"
ln -s khong-co "vao/$bad.html"
quiet "a run" "$dx" -i ix -v vao
grep -qF 'vao/a\x1b]0;x\x07\x1b[31mb\nc\td\x7f\xc2\x9b2J\xe2\x80\xaeexe\x9b\xffend.jsonl' err || fail "the name is not readable: $(cat -v err)"
quiet "a dry run" "$dx" -i khac --dry-run -v vao
quiet inspect "$dx" inspect vao
rm -r vao/*
quiet "removed articles" "$dx" -i ix -v --remove-many vao
quiet "nothing there" "$dx" -i moi "$bad"
quiet "another index" "$dx" stats -i "$bad"
quiet "several indexes" env DX_INDEX="$bad"$'\n'b "$dx" stats
quiet "an option" "$dx" "--$bad"
quiet "a size" "$dx" --memory "$bad" vao
quiet "a report" "$dx" -i ix --report "$bad/x" vao
quiet "backup" "$dx" backup -i ix "$bad/x/y"
quiet "restore" "$dx" restore -i ix "$bad"
quiet "remove" "$dx" remove -i ix "$bad"
quiet "remove --undo" "$dx" remove -i ix --undo "$bad"
quiet "dump --doc" "$dx" dump -i ix --doc "$bad"
mkdir "$bad" && head -c 20000 /dev/urandom >"$bad/index.mdb"
for command in check stats dump; do quiet "$command of a damaged index" "$dx" $command -i "$bad"; done
quiet "a run over a damaged index" "$dx" -i "$bad" vao
quiet "searching a damaged index" "$search" -i "$bad" một
quiet "searching no index" "$search" -i "$bad.khong" một
quiet "an option of dxsearch" "$search" "--$bad"
quiet "a format" "$search" --format "$bad" một
quiet "no article" "$search" -i ix --like "$bad"
quiet "synonyms" "$search" -i ix --synonyms "$bad.txt" một
printf '%s\tmột\t--khong\n' $'\e[31m' >cau-hoi
quiet "a batch" "$search" -i ix --batch cau-hoi
quiet "no batch" "$search" -i ix --batch "$bad.txt"
quiet "a log" "$search" -i ix --log "$bad.txt/x" một

exit $failed
