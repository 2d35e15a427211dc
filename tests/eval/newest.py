#!/usr/bin/env python3
"""Measure whether the newest articles are about what was asked.

usage: newest.py [CORPUS.jsonl[.zst]]

Asks the queries of newest.txt, with accents and without, for the ten newest
articles of a corpus with headlines and leads (without: tintuc_headlines of
$DX_SHARED/data/corpora). An article is right when headline and lead have, as they
are spelt, all that stands in quotation marks. The floor is .95.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
CORPUS = os.path.join(os.environ.get("DX_SHARED", os.path.join(
    HERE, "../../../shared")), "data/corpora/tintuc_headlines.jsonl.zst")
WANTED = 10


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


def words(text):
    return " " + " ".join(re.findall(r"\w+", unicodedata.normalize(
        "NFC", text).lower())) + " "


def lines_of(path):
    if not path.endswith(".zst"):
        return open(path, "rb").read().splitlines()
    return subprocess.run(["zstd", "-dc", "--long=27", path], check=True,
                          stdout=subprocess.PIPE).stdout.splitlines()


def search(index, queries):
    """The ids of the newest hits of each query, but those after the line that says
    that others follow."""
    batch = "".join(f"{n}\t{q}\n" for n, q in enumerate(queries))
    out = subprocess.run(
        [os.path.join(BIN, "dxsearch"), "-i", index, "--batch", "-", "--json",
         "--sort", "newest", "-n", str(WANTED)], input=batch, text=True,
        stdout=subprocess.PIPE, check=False).stdout
    answers = {int(a["qid"]): a for a in map(json.loads, out.splitlines())}
    return [[h["id"] for h in answers[n]["hits"] if not h["loose"]]
            for n in range(len(queries))]


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else CORPUS
    if not os.path.exists(path):
        print("newest.py: no corpus beside the project")
        return
    with open(os.path.join(HERE, "newest.txt"), encoding="utf-8") as file:
        asked = [re.findall(r'"([^"]*)"', line) for line in file]
    lines = lines_of(path)
    text = {}
    for line in lines:
        a = json.loads(line)
        text[a["id"]] = words(a["title"] + " . " + (a.get("body") or ""))
    with tempfile.TemporaryDirectory() as work:
        corpus, index = os.path.join(work, "c.jsonl"), os.path.join(work, "i")
        with open(corpus, "wb") as file:
            file.write(b"\n".join(lines) + b"\n")
        subprocess.run([os.path.join(BIN, "dxindex"), "--quiet", "--index", index,
                        corpus], check=True)
        for way, typed in (("with accents", str), ("without", fold)):
            found = search(index, [typed(" ".join(p)) for p in asked])
            right = count = 0
            for parts, ids in zip(asked, found):
                good = [all(words(p) in text[i] for p in parts) for i in ids]
                right += sum(good)
                count += len(good)
                if not all(good):
                    print(f"  {way}: {' '.join(parts)}: {sum(good)} of {len(good)}")
            print(f"{way}: {right / count:.3f} of the newest {count} are right")


if __name__ == "__main__":
    sys.exit(main())
