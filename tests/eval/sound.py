#!/usr/bin/env python3
"""Count sound texts that are taken for an old encoding.

usage: sound.py [--articles N] [--foreign N] [--man DIR]... [--show N]

Takes 9,500 Vietnamese articles of $DX_SHARED/data/corpora and 500 manual pages, a third
each in English, French and German, as man shows them (DIR/man1, DIR/fr/man1, DIR/de/man1;
without --man: /usr/share/man; Debian has the French and German ones in manpages-fr and
manpages-de). Each is a text file, a page and an object of a JSONL file. Prints how many
dxindex took for something else than UTF-8, and how many eval_repair changed, as
paragraphs and fields are before they are indexed. The floor is 0 of 10,000, every way.
"""
import argparse
import glob
import html
import json
import os
import random
import subprocess
import tempfile
import unicodedata

from eval_repair import BIN, CORPORA, lines_of, repaired

SHARES = {"vietnews-100k": .55, "unc_news": .25, "phapdien": .15, "tintuc_headlines": .05}


def vietnamese(count):
    """Texts of articles, title first."""
    found = []
    for name, share in SHARES.items():
        lines = lines_of(os.path.join(CORPORA, name + ".jsonl.zst"))
        wanted = count - len(found) if name == list(SHARES)[-1] else int(count * share)
        for line in random.Random(15).sample(lines, wanted):
            fields = json.loads(line)
            body = next(filter(None, (fields.get(key) for key in ("body", "text",
                                                                  "content"))), "")
            found.append((fields["title"], unicodedata.normalize("NFC", body)))
    return found


def manual_pages(folders, count):
    found = []
    for language in ("", "fr", "de"):
        paths = sorted(path for folder in folders for path in
                       glob.glob(os.path.join(folder, language, "man[1-8]/*.gz")))
        random.Random(15).shuffle(paths)
        wanted = (count - len(found)) // (3 - ("", "fr", "de").index(language))
        for path in paths:
            if wanted == 0:
                break
            source = subprocess.run(["zcat", path], stdout=subprocess.PIPE, check=True)
            if source.stdout.startswith(b".so ") or len(source.stdout) < 2000:
                continue
            page = subprocess.run(
                ["groff", "-t", "-mandoc", "-Kutf8", "-Tutf8", "-P-cbou", "-rLL=78n"],
                input=source.stdout, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                check=False).stdout.decode("utf-8", "replace")
            found.append((os.path.basename(path), page))
            wanted -= 1
    return found


def page_of(title, body):
    paras = "".join(f"<p>{html.escape(para)}</p>\n" for para in body.split("\n"))
    return (f"<!DOCTYPE html><html><head><title>{html.escape(title)}</title></head><body>"
            f"<article><h1>{html.escape(title)}</h1>\n{paras}</article></body></html>")


def taken_for_others(folder, ways):
    """Of each way, the names of those that dxindex took for another encoding."""
    report = os.path.join(folder, "report.jsonl")
    subprocess.run([os.path.join(BIN, "dxindex"), "-q", "--dry-run", "--lists",
                    "--ignore-robots", "-i", os.path.join(folder, "none.dx"),
                    "--report", report, *(os.path.join(folder, way) for way in ways)],
                   check=False)
    found = {way: [] for way in ways}
    read = dict.fromkeys(ways, 0)
    for line in open(report, encoding="utf-8"):
        event = json.loads(line)
        if "path" not in event:
            continue
        way = os.path.relpath(event["path"], folder).split("/")[0]
        read[way] += "encoding" in event
        if event.get("encoding", "UTF-8") != "UTF-8":
            found[way].append(f"{event['encoding']}: {event['path']}")
    return found, read


def measure(articles, show):
    with tempfile.TemporaryDirectory() as folder:
        for way in ("txt", "html", "json"):
            os.mkdir(os.path.join(folder, way))
        for i, (title, body) in enumerate(articles):
            with open(f"{folder}/txt/{i}.txt", "w", encoding="utf-8") as file:
                file.write(f"{title}\n\n{body}\n")
            with open(f"{folder}/html/{i}.html", "w", encoding="utf-8") as file:
                file.write(page_of(title, body))
        with open(f"{folder}/json/all.jsonl", "w", encoding="utf-8") as file:
            for title, body in articles:
                file.write(json.dumps({"title": title, "body": body},
                                      ensure_ascii=False) + "\n")
        found, read = taken_for_others(folder, ("txt", "html", "json"))
    for way, names in found.items():
        print(f"{way:6}{read[way]:8} read{len(names):8} taken for another encoding")
        print("".join(f"    {name}\n" for name in names[:show]), end="")
    for name, parts in (("fields", [[title, body] for title, body in articles]),
                        ("lines", [body.split("\n") for _, body in articles])):
        texts = [text for those in parts for text in those]
        got = repaired([text.encode() for text in texts])
        changed = [(before, e, after) for before, (e, after) in zip(texts, got)
                   if e != "UTF-8"]
        print(f"{name:6}{len(texts):8} read{len(changed):8} repaired")
        for before, encoding, after in changed[:show]:
            print(f"    {encoding}: {before[:300]!r}\n    {after[:300]!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=9500)
    parser.add_argument("--foreign", type=int, default=500)
    parser.add_argument("--man", action="append")
    parser.add_argument("--show", type=int, default=3, help="so many of each way")
    args = parser.parse_args()
    if not os.path.isdir(CORPORA):
        print("sound.py: no corpora beside the project")
        return
    foreign = manual_pages(args.man or ["/usr/share/man"], args.foreign)
    if len(foreign) < args.foreign:
        print(f"sound.py: only {len(foreign)} manual pages")
    articles = vietnamese(args.articles)
    print(f"{len(articles)} articles, {len(foreign)} manual pages")
    measure(articles + foreign, args.show)


main()
