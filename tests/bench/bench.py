#!/usr/bin/env python3
"""Run the benchmark that scripts/bench has built; see README.md beside this.

usage: bench.py [--quick] [--all | --queries | --instructions [--against DIR]]
                [--corpus FILE]... [--articles N] [--work DIR]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import instructions
import language
import peers
import synthetic

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "../.."))
BIN = os.environ.get("DX_BIN", os.path.join(SOURCE, "build/bench"))
SHARED = os.environ.get("DX_SHARED", os.path.join(SOURCE, "../shared"))
DEFAULT_CORPORA = os.path.join(SHARED, "data/corpora")
DEFAULT_CORPUS = "vietnews-100k.jsonl.zst"
DATED_CORPUS = "tintuc_headlines.jsonl.zst"  # --queries only
DXINDEX = os.path.join(BIN, "dxindex")
DXSEARCH = os.path.join(BIN, "dxsearch")
TOOLS = os.path.join(BIN, "tests/bench")
MEMORY_MIB = 512  # dxindex --memory: its default
UPDATES = 15
SPAWN_QUERY = "chuyen doi so Bac Giang"
SLOWEST = 10  # legal queries to show


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

    def prepare(self, corpora, articles, work=None):
        return int(output([os.path.join(TOOLS, "bench_prepare"),
                           work or self.work, str(articles)] + corpora))

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

    def growth(self, corpora, total):
        """Ten times the articles: time and memory of both programs."""
        small = os.path.join(self.work, "tenth")
        remove(small)
        os.makedirs(small)
        self.prepare(corpora, total // len(corpora) // 10, small)
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

    # ---- the query language: --queries ----

    def forms(self):
        """Each form of query against the rivals' nearest."""
        forms = language.Forms(os.path.join(self.work, "words.tsv"))
        shares = language.frequent_words(self.folded)
        self.form("phrase", "phrase of 3-5 syllables",
                  [language.both(run) for run in language.read_pairs(
                      self.queries("phrase"))][:language.COUNT], 0.3)
        self.form("near", "two words NEAR/10", forms.near)
        self.form("prefix", "a word and a prefix", forms.prefix)
        self.form("fuzzy", "a word and one misspelt", forms.fuzzy, peers=False)
        self.form("dates", "two words of three months", forms.words, bare=True)
        self.form("newest", "two words, newest first", forms.words, bare=True)
        self.facets(language.broad(shares))
        self.suggestions(forms.typed)
        self.legal(language.Legal(os.path.join(self.work, "words.tsv"), shares))

    def form(self, kind, what, pairs, floor=None, peers=True, bare=False):
        path = os.path.join(self.work, kind + ".queries.tsv")
        if self.options.quick:
            pairs = pairs[:100]
        language.write_pairs(path, pairs)
        mine = f"dx={self.index}"
        for peer in self.peers if peers else []:
            if not peer.ready:
                continue
            row = self.race(kind, path, [mine, peer.entrant(kind)])[peer.name]
            self.table.add(f"{what}, mean, vs {peer.name}",
                           microseconds(row["dx_mean"]),
                           microseconds(row["mean"]),
                           row["dx_mean"] / row["mean"],
                           floor if peer.name == "xapian" else None)
            self.table.add("  median", microseconds(row["dx_median"]),
                           microseconds(row["median"]),
                           row["dx_median"] / row["median"])
        if not peers:
            self.table.add(f"{what}, mean", microseconds(
                self.race(kind, path, [mine])["dx"]["mean"]))
        if bare:
            rows = self.race(kind, path, [mine, f"dx-bare={self.index}"])
            self.table.add("  beside the words alone",
                           microseconds(rows["dx"]["mean"]),
                           microseconds(rows["dx-bare"]["mean"]),
                           rows["dx"]["mean"] / rows["dx-bare"]["mean"])

    def facets(self, pairs):
        """What counting costs where a twelfth of all articles match."""
        self.form("facets", "facets of a frequent word", pairs)
        rows = self.race("facets",
                         os.path.join(self.work, "facets.queries.tsv"),
                         [f"dx={self.index}", f"dx-bare={self.index}"])
        added = (rows["dx"]["mean"] - rows["dx-bare"]["mean"]) / 1000
        self.table.add(f"  added by facets over {rows['dx']['total']:.0f} "
                       "articles", f"{added:.2f} ms", "", added, 2, None, " ms")

    def suggestions(self, pairs):
        path = os.path.join(self.work, "typed.queries.tsv")
        language.write_pairs(path, pairs)
        for name, what in (("dx", "suggestions"),
                           ("dx-accented", "suggestions, with accents")):
            row = self.race("suggest", path, [f"{name}={self.index}"])[name]
            self.table.add(f"{what}, mean", microseconds(row["mean"]), "",
                           row["mean"] / 1000, 1, None, " ms")
            self.table.add("  99 of 100 within", microseconds(row["p99"]))

    def legal(self, queries):
        """The time of random legal queries, as dxsearch searches by default."""
        path = os.path.join(self.work, "legal.tsv")
        queries.write(path)
        answers = [json.loads(line) for line in output(
            [DXSEARCH, "--index", self.index, "--json", "--facets", "10",
             "--threads", "1", "--batch", path]).splitlines()]
        answers.sort(key=lambda answer: answer["time_ms"])
        times = [answer["time_ms"] for answer in answers]
        late = sum(answer["timed_out"] for answer in answers)
        p99 = times[len(times) * 99 // 100]
        self.table.add("any legal query, median",
                       microseconds(times[len(times) // 2] * 1000))
        self.table.add("  99 of 100 within", f"{p99:.1f} ms", "", p99, 2000,
                       None, " ms")
        self.table.add("  slowest", f"{times[-1]:.1f} ms")
        self.table.add("  out of time, answered with what there is", str(late),
                       f"of {len(times)}")
        for answer in answers[-SLOWEST:]:
            say(f"bench: {answer['time_ms']:.0f} ms: {answer['query']}")

    def index_for_queries(self):
        values = os.path.join(self.work, "values.tsv")
        self.index_dx(self.corpus, self.index)
        for peer in self.peers:
            peer.build(self.folded, values)

    # ---- all together ----

    def corpora(self):
        """Paths of what to index."""
        if self.options.corpus:
            return self.options.corpus
        names = [DEFAULT_CORPUS]
        if self.options.queries or self.options.instructions:
            names.append(DATED_CORPUS)
        found = [os.path.join(DEFAULT_CORPORA, name) for name in names]
        if all(os.path.exists(path) for path in found):
            return found
        say("bench: no corpus: making one of the sample articles")
        made = os.path.join(self.work, "synthetic.jsonl")
        synthetic.write(os.path.join(SOURCE, "corpus/txt"),
                        min(self.options.articles, 100000), made)
        return [made]

    def run(self):
        corpora = self.corpora()
        articles = self.prepare(corpora, self.options.articles)
        print(f"{articles} articles, "
              f"{os.path.getsize(self.corpus) / 2**20:.0f} MiB of JSONL, "
              f"{os.cpu_count()} processors, "
              f"{', '.join(os.path.basename(path) for path in corpora)}")
        if self.options.instructions:
            instructions.compare(BIN, self.options.against, self.work, self.corpus,
                                 articles, say)
            return
        self.peers = peers.available(self.work, TOOLS, self.options.all, Cost)
        if self.options.queries:
            self.index_for_queries()
            self.forms()
        else:
            self.indexing()
            self.searching()
            self.spawning()
            self.updating()
            self.growth(corpora, articles)
        self.table.show()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true",
                        help="10,000 articles, 200 queries")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_true",
                       help="also the engines that take long to build")
    which.add_argument("--queries", action="store_true",
                       help="the forms of the query language instead")
    which.add_argument("--instructions", action="store_true",
                       help="count instructions instead, by callgrind")
    parser.add_argument("--against", metavar="DIR",
                        help="with --instructions: beside the programs there")
    parser.add_argument("--corpus", action="append",
                        help="JSONL, also .zst or .gz")
    parser.add_argument("--articles", type=int,
                        help="how many of each corpus; default 100,000, with "
                        "--queries all, with --quick or --instructions 10,000")
    parser.add_argument("--work", help="keep indexes here; default: a "
                        "temporary folder, removed at the end")
    options = parser.parse_args()
    if options.against and not options.instructions:
        parser.error("--against goes with --instructions")
    if options.articles is None:
        options.articles = (10000 if options.quick or options.instructions else
                            10**9 if options.queries else 100000)
    work = options.work or tempfile.mkdtemp(prefix="dx-bench-")
    os.makedirs(work, exist_ok=True)
    try:
        Bench(options, work).run()
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


main()
