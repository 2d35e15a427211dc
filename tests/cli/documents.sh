#!/usr/bin/env bash
# Documents by the program: types of one's own by --filter, scans by --ocr, what holds
# these commands, and what is told where a program is missing.
set -euo pipefail

dx=$DX_BIN/dxindex
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8 DX_INDEX=$work/ix
failed=0

fail() { echo "FAILED: $1"; cat out err; failed=1; }
run() { # STATUS COMMAND…
    local status=$1 got=0
    shift
    "$@" >out 2>err || got=$?
    [ "$got" = "$status" ] || fail "$* ended with $got, not $status"
}
has() { grep -qF -- "$1" out err || fail "no “$1”"; }
lacks() { ! grep -qF -- "$1" out err || fail "“$1”"; }

mkdir kho
printf 'Ke hoach cua tinh\n\nTinh ban hanh ke hoach chuyen doi so trong nam nay.\n' >kho/a.djvu

# A type that nobody knows, read by the user's command; and read again without it.
run 0 "$dx" kho --filter djvu='tr a-z A-Z'
has "1 added"
run 0 "$DX_BIN/dxsearch" 'chuyen doi so'
has "CHUYEN DOI SO"
run 0 "$dx" kho --filter djvu='tr a-z A-Z'
has "1 unchanged"
run 0 "$dx" kho --filter .djvu='cat'
has "1 updated"
run 0 "$DX_BIN/dxsearch" 'chuyen doi so'
has "chuyen doi so"

# However it was started.
run 0 bash -c "trap '' CHLD; exec '$dx' kho --filter djvu='tr a-z A-Z' <&- >out2 2>&1"
"$DX_BIN/dxsearch" 'chuyen doi so' >out 2>err
has "CHUYEN DOI SO"

# What it writes may be anything that dx reads.
run 0 "$dx" kho --filter djvu='echo "<html><title>Trang web</title><p>Van ban cua trang web nay.</p></html>"'
run 0 "$DX_BIN/dxsearch" 'trang web'
has "Trang web"

# It fails, it is missing, it says nothing.
run 1 "$dx" kho --filter djvu='echo "bad file" >&2; exit 3'
has "kho/a.djvu: /bin/sh could not read it: bad file"
run 1 "$dx" kho --filter djvu='no-such-program'
has "no-such-program"
run 0 "$dx" kho --filter djvu='true' --report -
has '"reason":"empty"'
run 2 "$dx" kho --filter djvu
has "--filter djvu: give TYPE=COMMAND"

# It reads nothing but its input, where the kernel has Landlock.
"$dx" --verbose --version >out 2>err
if ! grep -q "no Landlock" out; then
    echo "mat khau cua nguoi dung" >secret
    run 1 "$dx" kho --filter djvu="cat $work/secret"
    lacks "mat khau"
    run 0 "$dx" kho --filter djvu="cat; echo leaked >$work/leaked; true"
    [ ! -e leaked ] || fail "a file was written"
fi

# A program that is missing is named with the package that has it.
printf '%%PDF-1.4\n' >kho/b.pdf
mkdir bin
for tool in sh cat; do ln -s "$(command -v $tool)" bin/; done
run 1 env PATH="$work/bin" "$dx" kho
has "kho/b.pdf: no program to read it with; install poppler-utils (it has pdftotext)"

# A scan: told, or read by the user's command.
if command -v pdftotext >/dev/null; then
    python3 - <<'END'
objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
           "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"]
pdf, at = "%PDF-1.4\n", []
for i, o in enumerate(objects, 1):
    at.append(len(pdf))
    pdf += f"{i} 0 obj\n{o}\nendobj\n"
xref = len(pdf)
pdf += "xref\n0 4\n0000000000 65535 f \n" + "".join(f"{a:010} 00000 n \n" for a in at)
open("kho/b.pdf", "w").write(f"{pdf}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n")
END
    run 0 "$dx" kho --report -
    has '"reason":"scan"'
    run 0 "$dx" kho --ocr 'cat >/dev/null; echo "Quyet dinh ve viec ban hanh quy che lam viec cua Uy ban nhan dan tinh va cac don vi truc thuoc trong nam nay va nhung nam sau"'
    has "1 added"
    run 0 "$DX_BIN/dxsearch" 'quy che lam viec'
    has "kho/b.pdf"
    run 0 "$dx" kho --ocr 'cat >/dev/null; echo 12' --report -
    has '"reason":"scan"'
fi
exit $failed
