#!/usr/bin/env python3
"""How well dx puts right what was mistyped: one slip of the finger a query.

usage: typos.py [--shared DIR] [--index DIR] [--civil-index DIR] [--show]

Takes the headlines of data/tables/headline_variants.tsv, runs of two to six of their
words, and the queries of data/eval/civil20; makes one slip in each (a neighbouring key,
two letters exchanged, one dropped, one doubled, another tone, another mark), the same
ones every time; asks dxsearch, and compares what it offers (notes "corrected" and
"spelling" of its JSON) with what was meant. Then all of them without accents, and all
of them without a slip: none of these should get an offer.

The indexes are of data/corpora/vietnews-100k.jsonl.zst, and for civil20 of its three
collections, unless others are given. Without the data this says so and exits with 0.
DX_BIN is the folder of dxindex and dxsearch. --show names what went wrong.
"""
import argparse
import json
import os
import random
import shutil
import tempfile
import unicodedata

from restoration import BIN, HERE, read_table, run, spellings

CORPORA = "data/corpora"
HEADLINES = ["vietnews-100k.jsonl.zst"]
CIVIL = ["vietnews-100k.jsonl.zst", "tintuc_headlines.jsonl.zst",
         "phapdien.jsonl.zst"]
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
TONES = "\u0300\u0301\u0303\u0309\u0323"
MARKED = ("aăâ", "eê", "oôơ", "uư", "dđ")
OFFERS = ("corrected", "spelling", "keys")


# ---- slips ----

def bare(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


def take_tone(letter):
    """The letter without its tone, and the tone, "" if it has none."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in parts if c in TONES)
    rest = "".join(c for c in parts if c not in TONES)
    return unicodedata.normalize("NFC", rest), tone


def put_tone(letter, tone):
    return unicodedata.normalize("NFC", letter + tone)


def neighbouring_key(word, dice):
    at = dice.randrange(len(word))
    key = bare(word[at]).lower()
    row = next((row for row in KEYBOARD if key in row), None)
    if row is None:
        return word
    place = row.index(key)
    near = row[max(place - 1, 0):place] + row[place + 1:place + 2]
    return word[:at] + dice.choice(near) + word[at + 1:]


def exchanged(word, dice):
    at = dice.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def dropped(word, dice):
    at = dice.randrange(len(word))
    return word[:at] + word[at + 1:]


def doubled(word, dice):
    at = dice.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def other_tone(word, dice):
    for at, letter in enumerate(word):
        rest, tone = take_tone(letter)
        if tone:
            other = dice.choice([t for t in TONES if t != tone])
            return word[:at] + put_tone(rest, other) + word[at + 1:]
    return word


def other_mark(word, dice):
    places = [(at, row) for at, letter in enumerate(word)
              for row in MARKED if take_tone(letter.lower())[0] in row]
    if not places:
        return word
    at, row = dice.choice(places)
    rest, tone = take_tone(word[at])
    other = dice.choice([c for c in row if c != rest.lower()])
    return word[:at] + put_tone(other, tone) + word[at + 1:]


SLIPS = {"neighbouring key": neighbouring_key, "exchanged": exchanged,
         "dropped": dropped, "doubled": doubled, "other tone": other_tone,
         "other mark": other_mark}


def slip(text, number, dice):
    """A kind of slip, taking turns, and the text with one in some word."""
    words = text.split()
    able = [i for i, w in enumerate(words) if len(w) > 1 and w.isalpha()]
    kinds = list(SLIPS)
    for turn in range(3 * len(kinds)):
        kind = kinds[(number + turn) % len(kinds)]
        if not able:
            break
        i = dice.choice(able)
        mistyped = SLIPS[kind](words[i], dice)
        if mistyped != words[i]:
            return kind, " ".join(words[:i] + [mistyped] + words[i + 1:])
    return None, text


def runs_of(headlines, dice):
    """A run of two to six words of each, where it is long enough."""
    for headline in headlines:
        words = headline.split()
        count = dice.randint(2, 6)
        if len(words) >= count:
            start = dice.randrange(len(words) - count + 1)
            yield " ".join(words[start:start + count])


# ---- what dx offers ----

def offers(index, queries, work):
    """What dx puts right, or None, query by query."""
    path = os.path.join(work, "queries.tsv")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{n}\t{query}\n" for n, query in enumerate(queries))
    lines = run([os.path.join(BIN, "dxsearch"), "--index", index, "--json",
                 "--limit", "1", "--batch", path]).splitlines()
    found = []
    for line in lines:
        notes = {n["kind"]: n["text"] for n in json.loads(line)["notes"]}
        found.append(next((notes[k] for k in OFFERS if k in notes), None))
    return found


class Count:
    def __init__(self):
        self.slips = self.offered = self.right = 0

    def row(self, *names):
        return ("{:10} {:11} {:17}".format(*names) +
                f"{self.slips:6} {self.offered:8} "
                f"{self.right / max(self.slips, 1):12.1%} "
                f"{self.right / max(self.offered, 1):10.1%}")


def measure(index, name, texts, accented, work, show):
    """Print the rows of a set in one way of typing."""
    typing = "accented" if accented else "unaccented"
    form = (lambda t: t) if accented else bare
    dice = random.Random(name)
    rows = [(*slip(text, n, dice), text) for n, text in enumerate(texts)]
    rows = [(kind, form(typed), form(meant)) for kind, typed, meant in rows
            if kind and form(typed) != form(meant)]
    counts = {kind: Count() for kind in SLIPS}
    counts["all"] = Count()
    for (kind, typed, meant), offer in zip(
            rows, offers(index, [row[1] for row in rows], work)):
        right = offer is not None and (
            spellings(form(offer)) == spellings(meant))
        for count in (counts[kind], counts["all"]):
            count.slips += 1
            count.offered += offer is not None
            count.right += right
        if show and offer is not None and not right:
            print(f"  wrong: {typed} -> {offer}; meant: {meant}")
    clean = [form(text) for text in texts]
    false = [(text, offer) for text, offer in
             zip(clean, offers(index, clean, work)) if offer is not None]
    for kind, count in counts.items():
        if count.slips:
            print(counts[kind].row(name, typing, kind), flush=True)
    print(f"{name:10} {typing:11} {'without a slip':17}"
          f"{len(clean):6} {len(false):8}", flush=True)
    if show:
        for text, offer in false:
            print(f"  offered: {text} -> {offer}")


def make_index(shared, names, folder):
    shutil.rmtree(folder, ignore_errors=True)
    run([os.path.join(BIN, "dxindex"), "--quiet", "--index", folder] +
        [os.path.join(shared, CORPORA, name) for name in names])
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default=os.environ.get(
        "DX_SHARED", os.path.join(HERE, "../../../shared")))
    parser.add_argument("--index", help="of the headlines' collection")
    parser.add_argument("--civil-index", help="of civil20's collections")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    table = os.path.join(options.shared, "data/tables/headline_variants.tsv")
    civil = os.path.join(options.shared, "data/eval/civil20/queries.tsv")
    needed = [table, civil] + [os.path.join(options.shared, CORPORA, name)
                               for name in CIVIL]
    if not all(os.path.exists(path) for path in needed):
        print(f"typos: no headlines, queries or collections in {options.shared}: "
              "skipped")
        return
    headlines = [unicodedata.normalize("NFC", row[0])
                 for row in read_table(table)]
    sets = {"headlines": headlines,
            "runs": list(runs_of(headlines, random.Random("runs"))),
            "civil20": [row[1] for row in read_table(civil)]}
    work = tempfile.mkdtemp(prefix="dx-typos-")
    try:
        index = options.index or make_index(
            options.shared, HEADLINES, os.path.join(work, "headlines.index"))
        civil_index = options.civil_index or make_index(
            options.shared, CIVIL, os.path.join(work, "civil.index"))
        print(f"{'set':10} {'typed':11} {'slip':17} slips  offered  "
              "right of all  of offered")
        for name, texts in sets.items():
            for accented in (True, False):
                measure(civil_index if name == "civil20" else index, name,
                        texts, accented, work, options.show)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
