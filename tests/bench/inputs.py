#!/usr/bin/env python3
"""What reading costs: MB of each format that dxindex takes in a second of processor time,
its own and its children's, and the most memory it takes. Run by scripts/bench --input.

usage: inputs.py DXINDEX SOURCE [--megabytes N] [--work DIR] [--only TEXT]

The input is made of the project's own sentences, N megabytes of each format (16), or of
what $DX_SHARED has where it cannot be made (.doc). `read` is a --dry-run, `index` a whole
run, both with two threads and --memory 512M; megabytes are of the files as they lie there.
"""
import argparse
import base64
import csv
import gzip
import html
import io
import json
import os
import random
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

import synthetic

MEMORY = "512M"
WORDS_A_PAGE = 40  # sentences
DOC_TEST = b"\xd0\xcf\x11\xe0"


class Articles:
    """Title and paragraphs, without end."""

    def __init__(self, source):
        self.pool = synthetic.sentences(os.path.join(source, "corpus", "txt"))
        self.dice = random.Random(synthetic.SEED)
        self.number = 0

    def __next__(self):
        self.number += 1
        changed = [synthetic.changed(self.dice, s, self.dice.choice(self.pool))
                   for s in self.dice.choices(self.pool, k=WORDS_A_PAGE)]
        return changed[0], [" ".join(changed[i:i + 4]) for i in range(1, WORDS_A_PAGE, 4)]


# ---- one article in each format ----

def as_text(title, parts):
    return "\n\n".join([title, *parts]).encode()


def as_html(title, parts):
    body = "".join(f"<p>{html.escape(p)}</p>" for p in parts)
    links = "".join(f'<li><a href="/tin/{n}.html">Tin khác {n}</a></li>' for n in range(30))
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{html.escape(title)}</title>"
            f"<style>{'p{margin:0}' * 200}</style></head><body><nav><ul>{links}</ul></nav>"
            f"<article><h1>{html.escape(title)}</h1>{body}</article></body></html>").encode()


def as_rtf(title, parts):
    def escaped(text):
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    return ("{\\rtf1\\ansi " + "\\par ".join(map(escaped, [title, *parts])) + "}").encode()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def as_docx(title, parts):
    body = "".join(f"<w:p><w:r><w:t>{html.escape(p)}</w:t></w:r></w:p>" for p in [title, *parts])
    return zipped([("[Content_Types].xml", "<Types/>"), ("word/document.xml",
                   f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')])


def as_odt(title, parts):
    body = "".join(f"<text:p>{html.escape(p)}</text:p>" for p in [title, *parts])
    return zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml",
                   '<office:document-content xmlns:office="o" xmlns:text="t"><office:body>'
                   f"<office:text>{body}</office:text></office:body></office:document-content>")])


def as_xlsx(title, parts):
    rows = "".join(f'<row r="{n}"><c t="inlineStr"><is><t>{html.escape(p)}</t></is></c></row>'
                   for n, p in enumerate([title, *parts], 1))
    return zipped([("[Content_Types].xml", "<Types/>"),
                   ("xl/workbook.xml", "<workbook><sheets/></workbook>"),
                   ("xl/worksheets/sheet1.xml",
                    f"<worksheet><sheetData>{rows}</sheetData></worksheet>")])


def as_pdf(title, parts):
    """One page, of the letters that the built-in fonts have."""
    lines = [line.encode("ascii", "ignore").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
             for text in [title, *parts] for line in (text[i:i + 90] for i in range(0, len(text), 90))]
    content = b"BT /F 9 Tf 40 800 Td 11 TL " + b"".join(b"(" + line + b") ' " for line in lines) + b"ET"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources"
               b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
               b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream"]
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % n + body + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + table + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(out)


def as_mail(title, parts):
    body = base64.encodebytes(as_html(title, parts)).decode()
    return ("Subject: =?utf-8?B?" + base64.b64encode(title.encode()).decode() + "?=\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\n" + body).encode()


def as_mhtml(title, parts):
    return (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
            b"Content-Type: text/html\r\nContent-Location: https://a.example/\r\n\r\n" +
            as_html(title, parts) + b"\r\n--b--\r\n")


# ---- files ----

def folder(extension, make):
    """A file an article."""
    def write(articles, path, size):
        os.mkdir(path)
        n = 0
        while size > 0:
            data = make(*next(articles))
            with open(os.path.join(path, f"{n}{extension}"), "wb") as file:
                file.write(data)
            size -= len(data)
            n += 1
    return write


def stream(before, record, after):
    """One file of many articles."""
    def write(articles, path, size):
        with open(path, "wb") as file:
            file.write(before)
            while file.tell() < size:
                file.write(record(articles.number, *next(articles)))
            file.write(after)
    return write


def json_of(number, title, parts):
    return json.dumps({"id": str(number), "title": title, "body": "\n".join(parts)},
                      ensure_ascii=False).encode()


def row_of(number, title, parts):
    out = io.StringIO()
    csv.writer(out).writerow([number, title, "\n".join(parts)])
    return out.getvalue().encode()


def item_of(number, title, parts):
    return (f"<item><title>{html.escape(title)}</title><link>https://a.example/{number}</link>"
            f"<description><![CDATA[{''.join(f'<p>{p}</p>' for p in parts)}]]></description>"
            "</item>").encode()


def entry_of(number, title, parts):
    return (f"<entry><title>{html.escape(title)}</title><id>https://a.example/{number}</id>"
            f'<content type="html">{html.escape("".join(f"<p>{p}</p>" for p in parts))}</content>'
            "</entry>").encode()


def response_of(number, title, parts):
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scale"))
    import crawl
    return crawl.record(number, as_html(title, parts))


def write_zip(articles, path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        while size > 0:
            data = as_html(*next(articles))
            z.writestr(f"{articles.number}.html", data)
            size -= len(data)


def write_tar(articles, path, size):
    with tarfile.open(path, "w") as tar:
        while size > 0:
            data = as_html(*next(articles))
            info = tarfile.TarInfo(f"{articles.number}.html")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
            size -= len(data)


def write_doc(_, path, size):
    """What there is, again and again; nothing where there is none."""
    packed = os.path.join(os.environ.get("DX_SHARED", ""), "data/pages/documents.tar.zst")
    os.mkdir(path)
    if not os.path.exists(packed):
        return
    with tempfile.TemporaryDirectory() as there:
        subprocess.run(["tar", "-xf", packed, "-C", there], check=True)
        found = [os.path.join(at, name) for at, _, names in os.walk(there) for name in sorted(names)]
        texts = [data for data in (open(name, "rb").read() for name in found)
                 if data.startswith(DOC_TEST)]
    n = 0
    while texts and size > 0:
        data = texts[n % len(texts)]
        with open(os.path.join(path, f"{n}.doc"), "wb") as file:
            file.write(data)
        size -= len(data)
        n += 1


FORMATS = {
    "text": ("txt", folder(".txt", as_text)),
    "HTML": ("html", folder(".html", as_html)),
    "JSON": ("a.json", stream(b"[", lambda *a: json_of(*a) + b",", b"{}]")),
    "JSONL": ("a.jsonl", stream(b"", lambda *a: json_of(*a) + b"\n", b"")),
    "CSV": ("a.csv", stream(b"id,title,body\r\n", row_of, b"")),
    "RSS": ("a.rss", stream(b'<?xml version="1.0"?><rss version="2.0"><channel>', item_of,
                            b"</channel></rss>")),
    "Atom": ("a.atom", stream(b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">',
                              entry_of, b"</feed>")),
    "WARC": ("a.warc", stream(b"", response_of, b"")),
    "WARC.gz": ("a.warc.gz", stream(b"", lambda *a: gzip.compress(response_of(*a), 6), b"")),
    "zip": ("a.zip", write_zip), "tar": ("a.tar", write_tar),
    "EML": ("eml", folder(".eml", as_mail)), "MHTML": ("mhtml", folder(".mhtml", as_mhtml)),
    "DOCX": ("docx", folder(".docx", as_docx)), "ODT": ("odt", folder(".odt", as_odt)),
    "XLSX": ("xlsx", folder(".xlsx", as_xlsx)), "RTF": ("rtf", folder(".rtf", as_rtf)),
    "DOC": ("doc", write_doc), "PDF": ("pdf", folder(".pdf", as_pdf)),
}
SMALL = {"PDF", "DOC", "DOCX", "ODT", "XLSX"}  # an eighth: packed, or a process each


# ---- runs ----

def bytes_of(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(entry.stat().st_size for entry in os.scandir(path))


def run(command):
    """(seconds of processor time, peak in MiB less what is of files, first line of output)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peak = 0
    while not os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                peak = max(peak, sum(int(line.split()[1]) for line in status
                                     if line.startswith(("RssAnon:", "RssShmem:", "VmSwap:"))))
        except OSError:
            pass
        time.sleep(0.005)
    output = process.communicate()[0]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, peak / 1024, output.partition("\n")[0]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dxindex")
    parser.add_argument("source")
    parser.add_argument("--megabytes", type=int, default=16)
    parser.add_argument("--work")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print("| format | MB | articles | read, MB/s | index, MB/s | peak MiB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        for name, (file, write) in FORMATS.items():
            if options.only.lower() not in name.lower():
                continue
            path = os.path.join(work, file)
            write(Articles(options.source), path,
                  options.megabytes * 10**6 // (8 if name in SMALL else 1))
            megabytes = bytes_of(path) / 1e6
            if megabytes == 0:
                print(f"| {name} | none at hand | | | | |", flush=True)
                continue
            index = os.path.join(work, "index")
            command = [options.dxindex, "--memory", MEMORY, "--threads", "2", "--index", index]
            read, _, _ = run([*command, "--dry-run", path])
            cpu, peak, summary = run([*command, path])
            print(f"| {name} | {megabytes:.1f} | {summary.split(' added')[0]} | "
                  f"{megabytes / max(read, .01):.1f} | {megabytes / max(cpu, .01):.1f} | "
                  f"{peak:.0f} |", flush=True)
            subprocess.run(["rm", "-rf", path, index], check=True)


if __name__ == "__main__":
    main()
