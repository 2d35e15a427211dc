#!/usr/bin/env python3
"""Rank a question set with the formula as it is written down, and nothing of
dx's code: what `evaluate.py` should come to, within a few thousandths.

usage: reference.py CORPUS.jsonl[.zst] QUERIES.tsv [--fold] > RUN.trec

--fold asks without accents. The tokenizer knows only letters and digits, so
numbers and document numbers count a little differently than with dx.
"""
import argparse
import collections
import json
import math
import re
import subprocess
import sys
import unicodedata

K1, B = 1.3, 0.75
WEIGHT_TITLE, WEIGHT_PAIR, WEIGHT_FALLBACK = 2, 0.5, 0.05
HITS = 100
# Both ways to place the tone mark are one word: "hoà" is "hòa".
TONES = "".join(chr(c) for c in (0x300, 0x301, 0x303, 0x309, 0x323))
TONE_ON_SECOND = re.compile(f"(o[ae]|uy)([{TONES}])$")


def exact(word):
    """Lower case, composed, tone mark on the first vowel of oa, oe, uy."""
    word = unicodedata.normalize("NFD", word.lower())
    moved = TONE_ON_SECOND.sub(
        lambda m: m.group(1)[0] + m.group(2) + m.group(1)[1], word)
    return unicodedata.normalize("NFC", moved if word[:2] != "qu" else word)


def folded(word):
    word = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(c for c in word if not unicodedata.combining(c))


def words(text):
    text = unicodedata.normalize("NFC", text)
    return [exact(w) for w in re.findall(r"[^\W_]+", text)]


def terms_of(sequence):
    """Keys: ("e", word), ("f", folded), ("p", folded, folded)."""
    plain = [folded(w) for w in sequence]
    yield from (("e", w) for w in sequence)
    yield from (("f", w) for w in plain)
    yield from (("p", a, b) for a, b in zip(plain, plain[1:]))


def read_lines(path):
    if path.endswith(".zst"):
        return subprocess.run(["zstd", "-dcq", "--long=27", path], check=True,
                              stdout=subprocess.PIPE, text=True,
                              encoding="utf-8").stdout.splitlines()
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


class Index:
    def __init__(self, lines):
        self.ids, self.lengths = [], []
        self.postings = collections.defaultdict(dict)  # key -> {doc: tf}
        for line in lines:
            self.add(json.loads(line))
        self.average = sum(self.lengths) / len(self.lengths)

    def add(self, article):
        doc = len(self.ids)
        counts = collections.Counter()
        length = 0
        for field, weight in (("title", WEIGHT_TITLE), ("lead", 1),
                              ("abstract", 1), ("body", 1)):
            sequence = words(article.get(field) or "")
            length += weight * len(sequence)
            for key in terms_of(sequence):
                counts[key] += weight
        self.ids.append(article["id"])
        self.lengths.append(length)
        for key, tf in counts.items():
            self.postings[key][doc] = tf

    def parts(self, key, weight):
        """(doc, what `key` adds to its score) for each that has it."""
        found = self.postings.get(key, {})
        n = len(self.ids)
        idf = math.log(1 + (n - len(found) + 0.5) / (len(found) + 0.5))
        for doc, tf in found.items():
            norm = 1 - B + B * self.lengths[doc] / self.average
            yield doc, weight * idf * (K1 + 1) * tf / (tf + K1 * norm)

    def rank(self, sequence):
        scores = collections.defaultdict(float)
        plain = [folded(w) for w in sequence]
        for word, base in zip(sequence, plain):
            has_exact = {}
            if word != base:
                has_exact = self.postings.get(("e", word), {})
                for doc, score in self.parts(("e", word), 1):
                    scores[doc] += score
            weight = 1 if word == base else WEIGHT_FALLBACK
            for doc, score in self.parts(("f", base), weight):
                if doc not in has_exact:
                    scores[doc] += score
        for pair in zip(plain, plain[1:]):
            for doc, score in self.parts(("p", *pair), WEIGHT_PAIR):
                scores[doc] += score
        return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))[:HITS]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("queries")
    parser.add_argument("--fold", action="store_true")
    options = parser.parse_args()
    index = Index(read_lines(options.corpus))
    for line in read_lines(options.queries):
        qid, text = line.split("\t", 1)
        sequence = words(text)
        if options.fold:
            sequence = [folded(w) for w in sequence]
        for rank, (doc, score) in enumerate(index.rank(sequence), 1):
            sys.stdout.write(
                f"{qid} Q0 {index.ids[doc]} {rank} {score:.6f} reference\n")


main()
