#!/usr/bin/env python3
"""Run the benchmark that scripts/bench has built; see README.md beside this.

usage: bench.py [--quick] [--all] [--corpus FILE] [--articles N] [--work DIR]
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time

import peers
import synthetic

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "../.."))
BIN = os.environ.get("DX_BIN", os.path.join(SOURCE, "build/bench"))
DEFAULT_CORPUS = os.path.join(
    SOURCE, "../shared/data/corpora/vietnews-100k.jsonl.zst")
DXINDEX = os.path.join(BIN, "dxindex")
DXSEARCH = os.path.join(BIN, "dxsearch")
TOOLS = os.path.join(BIN, "tests/bench")
MEMORY_MIB = 512  # dxindex --memory: its default
UPDATES = 15
SPAWN_QUERY = "chuyen doi so Bac Giang"


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---- processes ----

class Cost:
    """What one process took: wall and processor seconds, peak resident MiB."""

    def __init__(self, command, **options):
        start = time.monotonic()
        process = subprocess.Popen(command, **options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.monotonic() - start
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.peak_mib = usage.ru_maxrss / 1024
        if process.returncode not in (0, 1):
            sys.exit(f"bench: {' '.join(command)}: status {process.returncode}")


def output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command)}: status {done.returncode}")
    return done.stdout


def bytes_of(path):
    """Disk space, since a sparse file's length says little."""
    if os.path.isfile(path):
        return os.stat(path).st_blocks * 512
    return sum(bytes_of(os.path.join(folder, name))
               for folder, _, names in os.walk(path) for name in names)


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


# ---- the table ----

class Table:
    """Rows `what | dx | peer | ratio | floor | aim | reached?`."""

    WIDTHS = (50, 12, 12, 9, 9, 9)

    def __init__(self):
        self.rows = []

    def add(self, what, dx, peer="", ratio=None, floor=None, aim=None,
            unit="x"):
        """`ratio` is what `floor` and `aim` (at most) are about."""
        reached = ""
        if floor is not None and ratio is not None:
            reached = ("aim" if aim is not None and ratio <= aim else
                       "floor" if ratio <= floor else "NO")
        shown = ["" if v is None else f"{v:.3g}{unit}"
                 for v in (ratio, floor, aim)]
        row = (what, dx, peer, *shown, reached)
        self.rows.append(row)
        say("  " + " | ".join(cell for cell in row if cell))

    def line(self, cells):
        padded = [cell.ljust(width) if i == 0 else cell.rjust(width)
                  for i, (cell, width) in enumerate(zip(cells, self.WIDTHS))]
        return " ".join(padded) + "  " + cells[-1]

    def show(self):
        print(self.line(("what", "dx", "peer", "ratio", "floor", "aim",
                         "reached")))
        for row in self.rows:
            print(self.line(row))


def microseconds(value):
    return f"{value:.0f} us" if value < 10000 else f"{value / 1000:.1f} ms"


# ---- the measurements ----

class Bench:
    def __init__(self, options, work):
        self.options = options
        self.work = work
        self.table = Table()
        self.corpus = os.path.join(work, "corpus.jsonl")
        self.folded = os.path.join(work, "folded.tsv")
        self.index = os.path.join(work, "dx.index")
        self.rounds = 3 if options.quick else 5

    def prepare(self, corpus, articles, work=None):
        return int(output([os.path.join(TOOLS, "bench_prepare"), corpus,
                           str(articles), work or self.work]))

    def index_dx(self, corpus, index):
        remove(index)
        return Cost([DXINDEX, "--quiet", "--index", index, "--memory",
                     f"{MEMORY_MIB}M", corpus])

    def indexing(self):
        """Time, size and memory of building each engine's index."""
        text = os.path.getsize(self.corpus)
        # dx twice, around the peer, and the better one: one slow moment of
        # the machine must not decide the ratio either way.
        dx = self.index_dx(self.corpus, self.index)
        for peer in self.peers:
            cost = peer.build(self.folded)
            if cost is None:
                continue
            if peer.name == "fts5":
                again = self.index_dx(self.corpus, self.index)
                dx = min(dx, again, key=lambda c: c.seconds)
            floor, aim = (0.6, 0.3) if peer.name == "fts5" else (None, None)
            self.table.add(f"indexing, vs {peer.name}", f"{dx.seconds:.1f} s",
                           f"{cost.seconds:.1f} s", dx.seconds / cost.seconds,
                           floor, aim)
            # On a machine that others use too, this is the steadier figure.
            self.table.add("  processor time", f"{dx.cpu_seconds:.1f} s",
                           f"{cost.cpu_seconds:.1f} s",
                           dx.cpu_seconds / cost.cpu_seconds)
            self.table.add(f"  index / input bytes of {peer.name}", "",
                           f"{bytes_of(peer.path) / text:.2f}")
        self.table.add("index with stored text / input bytes",
                       f"{bytes_of(self.index) / 2**20:.0f} MiB",
                       f"{text / 2**20:.0f} MiB",
                       bytes_of(self.index) / text, 0.9, 0.5)
        self.table.add("indexer peak memory / --memory",
                       f"{dx.peak_mib:.0f} MiB", f"{MEMORY_MIB} MiB",
                       dx.peak_mib / MEMORY_MIB, 1.2)

    def race(self, kind, queries, entrants, rounds=None):
        """Rows of bench_race as dictionaries, by engine."""
        names = ("queries", "mean", "median", "p99", "dx_mean", "dx_median",
                 "differ", "total")
        rows = {}
        for line in output([os.path.join(TOOLS, "bench_race"), kind, queries,
                            str(rounds or self.rounds)] + entrants).splitlines():
            cells = line.split("\t")
            rows[cells[0]] = dict(zip(names, map(float, cells[1:])))
        return rows

    def queries(self, kind):
        name = "phrases.tsv" if kind == "phrase" else "words.tsv"
        full = os.path.join(self.work, name)
        if not self.options.quick:
            return full
        short = os.path.join(self.work, "quick." + name)
        with open(full, encoding="utf-8") as file, \
                open(short, "w", encoding="utf-8") as out:
            out.writelines(file.readlines()[:200])
        return short

    def searching(self):
        what = {"all": "all words, top 10 + exact total",
                "any": "any words, top 10",
                "phrase": "phrase of 3-5 syllables",
                "auto": "dxsearch's default"}
        goals = {"all": (0.3, 0.05), "any": (0.3, 0.05), "phrase": (0.3, 0.1)}
        for kind in ("all", "any", "phrase"):
            # One rival a race: all of them at once would leave nothing of
            # dx's in the processor's caches, which no server does.
            for peer in self.peers:
                if not peer.ready:
                    continue
                rows = self.race(kind, self.queries(kind),
                                 [f"dx={self.index}", peer.entrant(kind)])
                row = rows[peer.name]
                floor, aim = goals[kind] if peer.name == "xapian" else (None, None)
                for measure in ("mean", "median"):
                    mine = row["dx_" + measure]
                    self.table.add(
                        f"{what[kind]}, {measure}, vs {peer.name}",
                        microseconds(mine), microseconds(row[measure]),
                        mine / row[measure], floor, aim)
                self.table.add("  99 of 100 queries within",
                               microseconds(rows["dx"]["p99"]),
                               microseconds(row["p99"]))
                if kind == "all":
                    self.table.add("  totals that differ", f"{row['differ']:.0f}",
                                   f"of {row['queries']:.0f}")
            self.accented(kind, what[kind])
        self.accented("auto", what["auto"])

    def accented(self, kind, what):
        rows = self.race(kind, self.queries(kind),
                         [f"dx={self.index}", f"dx-accented={self.index}"])
        self.table.add(f"{what}, mean, with accents, without",
                       microseconds(rows["dx-accented"]["mean"]),
                       microseconds(rows["dx"]["mean"]))

    def spawning(self):
        """The whole program against one that does nothing."""
        times = 100 if self.options.quick else 400
        text = output([os.path.join(TOOLS, "bench_spawn"), str(times),
                       DXSEARCH, "--index", self.index, SPAWN_QUERY, "--",
                       os.path.join(TOOLS, "bench_empty")])
        mine, empty = (float(line.split("\t")[0])
                       for line in text.splitlines())
        self.table.add("dxsearch process - empty process", microseconds(mine),
                       microseconds(empty), (mine - empty) / 1000, 1.5, 0.4,
                       unit=" ms")

    def updating(self):
        """One article of a small file beside the large one changes."""
        folder = os.path.join(self.work, "small")
        remove(folder)
        os.makedirs(folder)
        index = os.path.join(self.work, "update.index")
        self.index_dx(self.corpus, index)
        command = [DXINDEX, "--quiet", "--index", index]
        scopes = {"that file alone": [folder],
                  "both paths": [self.corpus, folder]}
        Cost(command + [self.corpus, folder])
        for scope, paths in scopes.items():
            times = []
            for n in range(UPDATES):
                with open(os.path.join(folder, "tin.txt"), "w",
                          encoding="utf-8") as file:
                    file.write(f"Tin vắn số {n}\n\nHội nghị chuyển đổi số lần "
                               f"thứ {n} khai mạc sáng nay.\n")
                times.append(Cost(command + paths).seconds * 1000)
            times.sort()
            self.table.add(f"one changed article, {scope}, median",
                           f"{times[len(times) // 2]:.1f} ms", "",
                           times[len(times) // 2], 150, 30, unit=" ms")
            self.table.add("  slowest", f"{times[-1]:.1f} ms")
        remove(index)

    def growth(self, corpus, total):
        """Ten times the articles: time and memory of both programs."""
        small = os.path.join(self.work, "tenth")
        remove(small)
        os.makedirs(small)
        self.prepare(corpus, total // 10, small)
        small_index = os.path.join(small, "dx.index")
        costs = (self.index_dx(os.path.join(small, "corpus.jsonl"), small_index),
                 self.index_dx(self.corpus, self.index))
        for kind in ("all", "any", "phrase"):
            rows = [self.race(kind, self.queries(kind), [f"dx={index}"])
                    for index in (small_index, self.index)]
            self.table.add(f"10x the articles, {kind}, mean",
                           microseconds(rows[1]["dx"]["mean"]),
                           microseconds(rows[0]["dx"]["mean"]),
                           rows[1]["dx"]["mean"] / rows[0]["dx"]["mean"], 10, 10)
            # Columns of the memory line: anonymous KiB, then peak KiB.
            own = [row["memory"]["queries"] / 1024 for row in rows]
            self.table.add("  memory of the searcher, without the map",
                           f"{own[1]:.1f} MiB", f"{own[0]:.1f} MiB")
        self.table.add("10x the articles, indexing seconds",
                       f"{costs[1].seconds:.1f} s", f"{costs[0].seconds:.1f} s",
                       costs[1].seconds / costs[0].seconds)
        self.table.add("  peak memory of the indexer",
                       f"{costs[1].peak_mib:.0f} MiB",
                       f"{costs[0].peak_mib:.0f} MiB")

    def run(self):
        corpus = self.options.corpus
        if corpus is None and os.path.exists(DEFAULT_CORPUS):
            corpus = DEFAULT_CORPUS
        if corpus is None:
            corpus = os.path.join(self.work, "synthetic.jsonl")
            say("bench: no corpus: making one of the sample articles")
            synthetic.write(os.path.join(SOURCE, "corpus/txt"),
                            self.options.articles, corpus)
        articles = self.prepare(corpus, self.options.articles)
        print(f"{articles} articles, "
              f"{os.path.getsize(self.corpus) / 2**20:.0f} MiB of JSONL, "
              f"{os.cpu_count()} processors, {os.path.basename(corpus)}")
        self.peers = peers.available(self.work, TOOLS, self.options.all, Cost)
        self.indexing()
        self.searching()
        self.spawning()
        self.updating()
        self.growth(corpus, articles)
        self.table.show()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true",
                        help="10,000 articles, 200 queries")
    parser.add_argument("--all", action="store_true",
                        help="also the engines that take long to build")
    parser.add_argument("--corpus", help="JSONL, also .zst or .gz")
    parser.add_argument("--articles", type=int,
                        help="how many; default 100,000, with --quick 10,000")
    parser.add_argument("--work", help="keep indexes here; default: a "
                        "temporary folder, removed at the end")
    options = parser.parse_args()
    if options.articles is None:
        options.articles = 10000 if options.quick else 100000
    work = options.work or tempfile.mkdtemp(prefix="dx-bench-")
    os.makedirs(work, exist_ok=True)
    try:
        Bench(options, work).run()
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


main()
