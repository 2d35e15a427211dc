#!/usr/bin/env python3
"""Measure how well near-duplicates are told by their signatures.

usage: duplicates.py CORPUS.jsonl [--articles N]

Takes N articles, makes of each what other portals make of it (another title and
a source line; a paragraph left out; one word in twenty changed) and what is no
duplicate any more (half of the text), indexes all, and compares signatures as
the searcher does. Recall is over the copies. Precision is over all pairs of
different articles that are called near: they are counted, and those whose
shingles really agree by less than one half are false.
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
PLACES_MIN, SHARE = 4, 11  # as in common/index/codec/signature.h
WORD = re.compile(r"\w+")


def copies(article, words):
    """(kind, text) of each copy of an article."""
    paragraphs = [p for p in article["body"].split("\n") if p.strip()]
    yield "other title", "\n".join(paragraphs + ["Theo Cổng thông tin điện tử"])
    drop = random.randrange(len(paragraphs))
    yield "a paragraph less", "\n".join(paragraphs[:drop] + paragraphs[drop + 1:])
    yield "1 word in 20 changed", WORD.sub(
        lambda m: random.choice(words) if random.random() < 0.05 else m.group(),
        article["body"])
    yield "half the text", "\n".join(paragraphs[:max(1, len(paragraphs) // 2)])


def shingles(text):
    words = WORD.findall(text)
    return set(zip(words, words[1:], words[2:]))


def is_near(a, b):
    places = sum(1 for x, y in zip(a, b) if x or y)
    same = sum(1 for x, y in zip(a, b) if x and x == y)
    return places >= PLACES_MIN and same * 16 >= places * SHARE


def signature(dxindex, index, name):
    out = subprocess.run([dxindex, "dump", "--index", index, "--doc", name],
                         stdout=subprocess.PIPE, check=True, text=True).stdout
    return bytes.fromhex(re.search(r"^signature\t(\w+)", out, re.M).group(1))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=1000)
    args = parser.parse_args()
    dxindex = os.path.join(os.environ.get(
        "DX_BIN", os.path.join(HERE, "../../build/release")), "dxindex")

    random.seed(1)
    with open(args.corpus, encoding="utf-8") as file:
        lines = file.readlines()
    chosen = [json.loads(line) for line in random.sample(lines, min(
        len(lines), args.articles))]
    chosen = [a for a in chosen if len(WORD.findall(a["body"])) >= 100]
    words = WORD.findall(" ".join(a["body"] for a in chosen[:100]))
    texts, kinds = {}, {}
    for number, article in enumerate(chosen):
        texts[f"{number}"] = article["title"] + "\n" + article["body"]
        for kind, text in copies(article, words):
            kinds.setdefault(kind, []).append((f"{number}", f"{number} {kind}"))
            title = article["title"]
            if kind == "other title":
                title = "Tin mới: " + " ".join(title.split()[:5])
            texts[f"{number} {kind}"] = title + "\n" + text

    with tempfile.TemporaryDirectory() as work:
        corpus, index = os.path.join(work, "c.jsonl"), os.path.join(work, "i")
        with open(corpus, "w", encoding="utf-8") as file:
            for name, text in texts.items():
                title, body = text.split("\n", 1)
                file.write(json.dumps({"id": name, "title": title, "body": body},
                                      ensure_ascii=False) + "\n")
        subprocess.run([dxindex, "--quiet", "--index", index, corpus], check=True)
        signatures = {name: signature(dxindex, index, name) for name in texts}

    for kind, pairs in kinds.items():
        alike = [len(shingles(texts[a]) & shingles(texts[b])) /
                 max(1, len(shingles(texts[a]) | shingles(texts[b])))
                 for a, b in pairs]
        found = sum(is_near(signatures[a], signatures[b]) for a, b in pairs)
        print(f"{kind:22} {found / len(pairs):6.3f} called near, of {len(pairs)};"
              f" mean similarity {sum(alike) / len(alike):.2f}")
    near = wrong = 0
    for a in range(len(chosen)):
        for b in range(a):
            if is_near(signatures[f"{a}"], signatures[f"{b}"]):
                near += 1
                x, y = shingles(texts[f"{a}"]), shingles(texts[f"{b}"])
                wrong += len(x & y) < len(x | y) / 2
    pairs = len(chosen) * (len(chosen) - 1) // 2
    print(f"of {pairs} pairs of different articles {near} are called near, "
          f"{wrong} of them wrongly")


if __name__ == "__main__":
    sys.exit(main())
