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
# … and so in an archive, though its name alone would have it left out
mkdir -p goi && printf 'mot bai trong goi\n' >goi/a.djvu && printf 'anh chup trang bao\n' >goi/b.png
tar -cf goi.tar goi
rm -rf goi-ix
"$dx" --index goi-ix --filter djvu='tr a-z A-Z' --filter png='tr a-z A-Z' --report goi-report goi.tar >/dev/null
for name in a.djvu b.png; do
    grep -q "\"event\":\"added\",\"path\":\"goi.tar/goi/$name\"" goi-report || { echo "FAILED: no filter for $name in a tar"; failed=1; }
done
rm -rf goi goi.tar goi-ix goi-report
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
has "kho/a.djvu: the command could not read it: bad file"
run 1 "$dx" kho --filter djvu='no-such-program'
has "no-such-program"
run 1 "$dx" kho --filter djvu='true' --report -
has "nothing was taken in"
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
    cat >pdf.py <<'END'
import sys

def pdf(pages):
    """A PDF of these pages, each a list of lines in ASCII."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>",
               f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
               "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for i, lines in enumerate(pages):
        text = "BT /F1 12 Tf 14 TL 50 800 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * i} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>")
        objects.append(f"<</Length {len(text)}>>\nstream\n{text}\nendstream")
    out, at = "%PDF-1.4\n", []
    for i, o in enumerate(objects, 1):
        at.append(len(out))
        out += f"{i} 0 obj\n{o}\nendobj\n"
    xref = len(out)
    out += f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n" + "".join(f"{a:010} 00000 n \n" for a in at)
    return (f"{out}trailer<</Size {len(at) + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").encode()

open("kho/b.pdf", "wb").write(pdf([[]]))
text = pdf([["Ke hoach cua tinh", "Uy ban nhan dan tinh ban hanh ke hoach chuyen doi so trong nam nay."],
            ["Cac so, nganh, dia phuong trien khai thuc hien theo phan cong.",
             "Trang nay noi ve kinh phi."]])
answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + text
head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://vb.example.vn/ke-hoach.pdf\r\n"
        "WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
open("a.warc", "wb").write(head.encode() + answer + b"\r\n\r\n")
END
    python3 pdf.py
    run 1 "$dx" kho --report -
    has '"reason":"scan"'
    run 0 "$dx" kho --ocr 'cat >/dev/null; echo "Quyet dinh ve viec ban hanh quy che lam viec cua Uy ban nhan dan tinh va cac don vi truc thuoc trong nam nay va nhung nam sau"'
    has "1 added"
    run 0 "$DX_BIN/dxsearch" 'quy che lam viec'
    has "kho/b.pdf"
    run 1 "$dx" kho --ocr 'cat >/dev/null; echo 12' --report -
    has '"reason":"scan"'

    # The page of a hit, and links that lead there.
    run 0 "$dx" --index trang a.warc
    run 0 env LC_ALL=en_US.UTF-8 "$DX_BIN/dxsearch" --index trang '"kinh phi"'
    has "page 2"
    run 0 "$DX_BIN/dxsearch" --index trang --json '"kinh phi"'
    has '"page":2'
    lacks page_starts
    run 0 env DX_INDEX="$work/trang" "$DX_BIN/dxsearch.cgi" 'q="kinh+phi"'
    has 'href="https://vb.example.vn/ke-hoach.pdf#page=2"'
    has "trang 2"
fi

# The encoding is told where the file says it.
printf '{\\rtf1\\ansi\\ansicpg1258 Th\\u244?n h\\u7885?p b\\u224?n vi\\u7879?c l\\u224?m.\\par}' >hop.rtf
run 0 env LC_ALL=C "$DX_BIN/dxindex" inspect hop.rtf
has 'rtf, windows-1258'
exit $failed
