#!/usr/bin/env python3
"""Measure what becomes one hit, and what is hidden by it.

usage: duplicates.py [--articles N] [CORPUS.jsonl[.zst]...]

Of each corpus (without: those of $DX_SHARED/data/corpora) two things are measured
with all articles compared with each other, as tests/eval/hidden.c does:

- articles hidden behind another one, and of them those behind another headline. In
  a corpus that has every article once these are faults.
- of N articles of 100 words and more, copies as other portals make them: under
  another headline and with a source line; a paragraph less; all of this. The share
  that is hidden behind the article, or it behind them, is the recall. Changed words
  and half of a text are shown too; they are no aim.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
SOURCE = "Theo Cổng thông tin điện tử"
WORD = re.compile(r"\w+")


def read(path):
    if not path.endswith(".zst"):
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    unpacked = subprocess.run(["zstd", "-dc", "--long=27", path], check=True,
                              stdout=subprocess.PIPE).stdout
    return [json.loads(line) for line in unpacked.splitlines()]


def hidden(articles):
    """Lines of hidden.c: (id that stays, its title, id hidden, its title)."""
    with tempfile.TemporaryDirectory() as work:
        corpus, index = os.path.join(work, "c.jsonl"), os.path.join(work, "i")
        with open(corpus, "w", encoding="utf-8") as file:
            for article in articles:
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        subprocess.run([os.path.join(BIN, "dxindex"), "--quiet", "--index", index,
                        corpus], check=True)
        out = subprocess.run([os.path.join(BIN, "tests/eval_hidden"), index],
                             check=True, stdout=subprocess.PIPE, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def copies(article, words):
    """(kind, title, paragraphs) of each copy of an article."""
    paragraphs = [p for p in article["body"].split("\n") if p.strip()]
    drop = random.randrange(len(paragraphs))
    less = paragraphs[:drop] + paragraphs[drop + 1:]
    title = "Tin mới: " + " ".join(article["title"].split()[:5])
    yield "other headline, source line", title, paragraphs + [SOURCE]
    yield "a paragraph less", article["title"], less
    yield "all of this", title, less + [SOURCE]
    yield "1 word in 20 changed", article["title"], [WORD.sub(
        lambda m: random.choice(words) if random.random() < 0.05 else m.group(),
        p) for p in paragraphs]
    yield "half the text", article["title"], paragraphs[:(len(paragraphs) + 1) // 2]


def recall(articles, wanted):
    """kind -> (found, copies)"""
    random.seed(1)
    long = [a for a in articles if len(WORD.findall(a["body"])) >= 100]
    chosen = random.sample(long, min(len(long), wanted))
    if not chosen:
        return {}
    words = WORD.findall(" ".join(a["body"] for a in chosen[:100]))
    by_kind = {}
    for number, article in enumerate(chosen):
        for kind, title, paragraphs in copies(article, words):
            pair = by_kind.setdefault(kind, [])
            pair.append((number, article, dict(article, title=title,
                                               body="\n".join(paragraphs))))
    out = {}
    for kind, pairs in by_kind.items():
        both = [dict(a, id=f"{number} {side}", url="")
                for number, *sides in pairs for side, a in enumerate(sides)]
        found = {line[0].split()[0] for line in hidden(both)
                 if line[0].split()[0] == line[2].split()[0]}
        out[kind] = len(found), len(pairs)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", nargs="*")
    parser.add_argument("--articles", type=int, default=1000)
    args = parser.parse_args()
    shared = os.path.join(os.environ.get(
        "DX_SHARED", os.path.join(HERE, "../../../shared")), "data/corpora")
    if not args.corpus and os.path.isdir(shared):
        args.corpus = [os.path.join(shared, f) for f in sorted(os.listdir(shared))]
    if not args.corpus:
        print("duplicates.py: no corpora beside the project")
    for path in args.corpus:
        articles = [dict(a, body=a.get("body") or "", title=a.get("title") or "")
                    for a in read(path)]
        lines = hidden(articles)
        other = sum(line[1] != line[3] for line in lines)
        print(f"{os.path.basename(path)}: of {len(articles)} articles {len(lines)} "
              f"hidden, {other} behind another headline")
        for kind, (found, count) in recall(articles, args.articles).items():
            print(f"    {kind:28} {found / count:6.3f} of {count}")


if __name__ == "__main__":
    sys.exit(main())
