#!/usr/bin/env python3
"""Index each question set, ask its questions as typed and without accents, and
print how high the right article comes, beside the figures to reach; how well the
first hits of judged queries are ordered (judged.py); and how well headlines are read
that are typed without accents or in keys (restoration.py).

usage: evaluate.py [--shared DIR] [--work DIR] [--match MODE]... [--quick] [SET...]

DX_BIN is the folder of dxindex and dxsearch. The sets and their scorer are no
part of the project: without them this says so and exits with status 0.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

import judged
import restoration

# Set: MRR@10 to reach with accented and with unaccented questions, and what
# plain BM25 over accented syllables reaches, that is, other engines at best.
FLOORS = {
    "alqac2023": (0.865, 0.859, 0.796),
    "vlsp2023_legal": (0.868, 0.869, 0.821),
    "vimrc_dev": (0.810, 0.799, 0.754),
    "xquad_vi": (0.958, 0.954, 0.951),
    "webqa_mailong": (0.666, 0.662, 0.665),
    "known_item": (0.764, 0.744, 0.727),
}
HERE = os.path.dirname(os.path.abspath(__file__))
HITS = 100  # what recall is measured at


def run(command, **options):
    """Run to the end; a failure ends the evaluation with what was said."""
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"evaluate: {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


class Tools:
    """The programs, ours and the scorer beside the sets."""

    def __init__(self, shared):
        built = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))
        self.dxindex = os.path.join(built, "dxindex")
        self.dxsearch = os.path.join(built, "dxsearch")
        self.score_py = os.path.join(shared, "eval/score.py")
        self.known_item_py = os.path.join(shared, "eval/known_item.py")

    def index(self, corpus, folder):
        shutil.rmtree(folder, ignore_errors=True)
        run([self.dxindex, "--quiet", "--index", folder, corpus])

    def fold(self, queries, out):
        with open(out, "w", encoding="utf-8") as file:
            file.write(run([sys.executable, self.score_py, "--fold", queries]))

    def search(self, index, queries, match, out):
        command = [self.dxsearch, "--index", index, "--format", "trec",
                   "--limit", str(HITS), "--batch", queries]
        if match != "auto":
            command.append("--" + match)
        with open(out, "w", encoding="utf-8") as file:
            file.write(run(command))

    def score(self, qrels, trec):
        """The scorer's figures by name: queries, MRR@10, nDCG@10, ..."""
        text = run([sys.executable, self.score_py, qrels, trec])
        return {name: float(value)
                for name, value in re.findall(r"(\S+) ([\d.]+)", text)}


def prepare(tools, shared, name, work):
    """Return corpus, queries and qrels of a set; makes known_item once."""
    if name != "known_item":
        folder = os.path.join(shared, "data/eval", name)
        corpus = os.path.join(folder, "corpus.jsonl.zst")
    else:
        folder = os.path.join(work, "known_item.set")
        corpus = os.path.join(folder, "corpus.jsonl")
        if not os.path.exists(os.path.join(folder, "qrels.tsv")):
            run([sys.executable, tools.known_item_py, folder])
    return (corpus, os.path.join(folder, "queries.tsv"),
            os.path.join(folder, "qrels.tsv"))


def evaluate(tools, shared, name, matches, work):
    """Yield (match, accented figures, unaccented figures)."""
    corpus, queries, qrels = prepare(tools, shared, name, work)
    index = os.path.join(work, name + ".index")
    folded = os.path.join(work, name + ".folded.tsv")
    tools.index(corpus, index)
    tools.fold(queries, folded)
    for match in matches:
        figures = []
        for form, path in (("accented", queries), ("unaccented", folded)):
            trec = os.path.join(work, f"{name}.{match}.{form}.trec")
            tools.search(index, path, match, trec)
            figures.append(tools.score(qrels, trec))
        yield match, *figures


def mark(value, floor):
    return f"{value:.3f} {'>=' if value >= floor - 0.0005 else '< '} {floor:.3f}"


def print_row(name, match, accented, unaccented):
    floor_accented, floor_unaccented, other = FLOORS[name]
    print(f"{name:15} {match:5} {accented['queries']:7.0f}   "
          f"{mark(accented['MRR@10'], floor_accented):15} "
          f"{mark(unaccented['MRR@10'], floor_unaccented):15} {other:.3f}    "
          f"{accented['nDCG@10']:.3f} {unaccented['nDCG@10']:.3f}   "
          f"{accented['recall@100']:.3f} {unaccented['recall@100']:.3f}",
          flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", default=os.environ.get(
        "DX_SHARED", os.path.join(HERE, "../../../shared")))
    parser.add_argument("--work", help="keep indexes and runs here")
    parser.add_argument("--match", action="append",
                        choices=["auto", "any", "all"])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("sets", nargs="*", metavar="SET")
    options = parser.parse_args()
    if not os.path.exists(os.path.join(options.shared, "eval/score.py")):
        print(f"evaluate: no question sets in {options.shared}: skipped")
        return
    sets = options.sets or [s for s in FLOORS
                            if not (options.quick and s == "known_item")]
    for name in sets:
        if name not in FLOORS:
            sys.exit(f"evaluate: no set '{name}'; there are {', '.join(FLOORS)}")
    work = options.work or tempfile.mkdtemp(prefix="dx-eval-")
    os.makedirs(work, exist_ok=True)
    tools = Tools(options.shared)
    print(f"{'set':15} {'match':5} {'queries':>7}   {'MRR@10 accented':15} "
          f"{'unaccented':15} others   nDCG@10       recall@100")
    try:
        for name in sets:
            for row in evaluate(tools, options.shared, name,
                                options.match or ["auto"], work):
                print_row(name, *row)
        if not options.quick and not options.sets:
            judged.measure(options.shared, work)
            restoration.measure(options.shared, work)
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


main()
