#!/usr/bin/env python3
"""Short queries whose first hits people have judged, from "exactly what is wanted" (3)
to "not" (0): how good the order of their hits is.

usage: judged.py [--shared DIR] [INDEX]

nDCG@10 of each query by gains 2^grade - 1, ideal over all that were judged; hits that
nobody judged are left out. Asked as typed and without accents. INDEX is of the
three collections below; without, they are indexed. Without the queries beside the
project this says so and ends with status 0.
"""
import argparse
import collections
import math
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
SET = "data/eval/civil20"
CORPORA = ["vietnews-100k", "tintuc_headlines", "phapdien"]
HITS = 30
FLOOR = 0.83       # of the mean, with accents and without
POOR = 0.5         # at most one query is below


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True)
    if done.returncode != 0:
        sys.exit(f"judged: {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def read_grades(path):
    grades = collections.defaultdict(dict)
    with open(path, encoding="utf-8") as file:
        for line in file:
            query, article, grade = line.split()
            grades[query][article] = int(grade)
    return {query: of for query, of in grades.items() if any(of.values())}


def gain(grades):
    return sum((2 ** grade - 1) / math.log2(i + 2)
               for i, grade in enumerate(grades[:10]))


def ndcg(hits, grades):
    return (gain([grades[hit] for hit in hits if hit in grades]) /
            gain(sorted(grades.values(), reverse=True)))


def ask(index, queries):
    """The hits of each query, best first."""
    hits = collections.defaultdict(list)
    for line in run([os.path.join(BIN, "dxsearch"), "--index", index, "--duplicates",
                     "--limit", str(HITS), "--format", "trec", "--batch",
                     queries]).splitlines():
        query, _, article = line.split()[:3]
        hits[query].append(article)
    return hits


def measure(shared, work, index=None):
    """Print a row for each way of typing; `work` is a folder for what is made."""
    folder = os.path.join(shared, SET)
    corpora = [os.path.join(shared, "data/corpora", f"{name}.jsonl.zst")
               for name in CORPORA]
    if not os.path.exists(folder) or not (index or all(map(os.path.exists, corpora))):
        print(f"judged: no {SET} or collections in {shared}: skipped")
        return
    if index is None:
        index = os.path.join(work, "judged.index")
        shutil.rmtree(index, ignore_errors=True)
        run([os.path.join(BIN, "dxindex"), "--quiet", "--index", index, *corpora])
    queries = os.path.join(folder, "queries.tsv")
    folded = os.path.join(work, "judged.folded.tsv")
    with open(folded, "w", encoding="utf-8") as file:
        file.write(run([sys.executable, os.path.join(shared, "eval/score.py"),
                        "--fold", queries]))
    grades = read_grades(os.path.join(folder, "qrels.tsv"))
    print(f"{'judged, typed':15} queries   nDCG@10         below {POOR}")
    for name, path in (("accented", queries), ("unaccented", folded)):
        hits = ask(index, path)
        each = {query: ndcg(hits[query], of) for query, of in grades.items()}
        mean = sum(each.values()) / len(each)
        poor = [query for query, value in each.items() if value < POOR]
        print(f"{name:15} {len(each):7}   {mean:.3f} "
              f"{'>=' if mean >= FLOOR else '< '} {FLOOR:.3f}   "
              f"{len(poor)} {' '.join(poor)}".rstrip(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default=os.environ.get(
        "DX_SHARED", os.path.join(HERE, "../../../shared")))
    parser.add_argument("index", nargs="?", metavar="INDEX")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dx-judged-") as work:
        measure(options.shared, work, options.index)


if __name__ == "__main__":
    main()
