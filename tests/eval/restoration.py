#!/usr/bin/env python3
"""How well dx reads headlines typed without accents, or in Telex or VNI keys.

usage: restoration.py [--shared DIR] [--index DIR]

Asks dxsearch for each headline of data/tables/headline_variants.tsv and compares
what it says it understood (the notes of its JSON) with the headline. The index
is one of data/corpora/vietnews-100k.jsonl.zst unless another is given. Without
the table or the collection this says so and exits with status 0.

DX_BIN is the folder of dxindex and dxsearch.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
TABLE = "data/tables/headline_variants.tsv"
COLLECTION = "data/corpora/vietnews-100k.jsonl.zst"
# How it is typed: column of the table, kind of note.
VARIANTS = {"without accents": (2, "reading"), "Telex keys": (3, "keys"),
            "VNI keys": (4, "keys")}


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, **options)
    if done.returncode not in (0, 1):
        sys.exit(f"restoration: {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def spelling(word):
    """Letters and marks of a word, wherever its tone mark is put."""
    letters = unicodedata.normalize("NFD", word.lower())
    marks = sorted(c for c in letters if unicodedata.combining(c))
    return "".join(c for c in letters if not unicodedata.combining(c)), marks


def spellings(text):
    return [spelling(word) for word in
            re.findall(r"\w+", unicodedata.normalize("NFC", text))]


def read_table(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file
                if not line.startswith("#")]


def notes(index, queries, work):
    """What dx says of each query: its notes by kind."""
    path = os.path.join(work, "queries.tsv")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{number}\t{query}\n"
                        for number, query in enumerate(queries))
    lines = run([os.path.join(BIN, "dxsearch"), "--index", index, "--json",
                 "--limit", "1", "--batch", path]).splitlines()
    return [{note["kind"]: note["text"] for note in json.loads(line)["notes"]}
            for line in lines]


class Count:
    """Headlines and their words: how many, said to be understood, right."""

    def __init__(self):
        self.headlines = self.shown = self.whole = 0
        self.words = self.shown_words = self.right = self.right_as_typed = 0

    def add(self, meant, typed, understood):
        meant = spellings(meant)
        as_typed = spellings(typed)
        self.headlines += 1
        self.words += len(meant)
        if understood is None:
            self.right_as_typed += sum(a == b for a, b in zip(meant, as_typed))
            return
        got = spellings(understood)
        self.shown += 1
        self.shown_words += len(meant)
        self.right += sum(a == b for a, b in zip(meant, got))
        self.whole += meant == got

    def row(self, name):
        shown_words = max(self.shown_words, 1)
        return (f"{name:16} {self.headlines:9} {self.shown:7} "
                f"{self.right / shown_words:12.1%} "
                f"{self.whole / max(self.shown, 1):12.1%} "
                f"{(self.right + self.right_as_typed) / self.words:12.1%} "
                f"{self.whole / self.headlines:12.1%}")


def measure(shared, work, index=None):
    """Print the rows; `work` is a folder for what is made on the way."""
    table = os.path.join(shared, TABLE)
    collection = os.path.join(shared, COLLECTION)
    if not os.path.exists(table) or not (index or os.path.exists(collection)):
        print(f"restoration: no {TABLE} or {COLLECTION} in {shared}: skipped")
        return
    if index is None:
        index = os.path.join(work, "restoration.index")
        shutil.rmtree(index, ignore_errors=True)
        run([os.path.join(BIN, "dxindex"), "--quiet", "--index", index,
             collection])
    rows = read_table(table)
    print(f"{'typed':16} headlines   shown  words right  whole right  "
          "of all words  of all whole")
    for name, (column, kind) in VARIANTS.items():
        count = Count()
        typed = [row[column] for row in rows]
        for row, query, note in zip(rows, typed, notes(index, typed, work)):
            count.add(row[0], query, note.get(kind))
        print(count.row(name), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default=os.environ.get(
        "DX_SHARED", os.path.join(HERE, "../../../shared")))
    parser.add_argument("--index", help="of another collection, made already")
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix="dx-restoration-")
    try:
        measure(options.shared, work, options.index)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
