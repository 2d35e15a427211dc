#!/usr/bin/env python3
"""Run the benchmark that scripts/bench has built; see README.md beside this.

usage: bench.py [--quick | --scale | --articles N] [--only TEXT] [--all]
                [--queries | --growth | --instructions [--against DIR]]
                [--corpus FILE]... [--work DIR]
"""
import argparse
import json
import os
import shutil
import tempfile

import duel
import engines
import forms
import growth
import instructions
import synthetic
from engines import BIN, MEMORY_MIB, SOURCE, THREADS, TOOLS
from processes import Cost, bytes_of, output, remove, say
from table import Table, count, milliseconds, ratio, seconds

SHARED = os.environ.get("DX_SHARED", os.path.join(SOURCE, "../shared"))
DEFAULT_CORPORA = os.path.join(SHARED, "data/corpora")
DEFAULT_CORPUS = "vietnews-100k.jsonl.zst"
DATED_CORPUS = "tintuc_headlines.jsonl.zst"  # --queries only
QUICK, USUAL, SCALE = 10_000, 100_000, 1_000_000
ROUNDS, QUICK_ROUNDS = 5, 3
KIND_SECONDS, QUICK_KIND_SECONDS = 60, 15  # after that no round is begun
INDEXINGS = 2  # the better one counts; over USUAL articles one must do
UPDATES = 15
SPAWNS, QUICK_SPAWNS, JAVA_SPAWNS = 400, 100, 5
SPAWN_QUERY = "chuyen doi so bac giang"
THREADS_SECONDS = 1  # a turn of each number of threads


class Data:
    """A folder with articles, as bench_prepare writes it."""

    def __init__(self, folder):
        self.folder = folder
        self.corpus = self.path("corpus.jsonl")
        self.folded = self.path("folded.tsv")
        self.values = self.path("values.tsv")
        self.words = self.path("words.tsv")
        self.phrases = self.path("phrases.tsv")
        self.articles = 0
        self.corpora = []  # that it is of

    def path(self, name):
        return os.path.join(self.folder, name)

    def __str__(self):
        return (f"{self.articles:,} articles, {os.path.getsize(self.corpus) >> 20} MiB "
                f"of JSONL, {os.cpu_count()} processors, "
                f"{', '.join(os.path.basename(path) for path in self.corpora)}")

    def prepare(self, corpora, articles):
        """The first `articles` of each corpus, unless they are here from an
        earlier run."""
        self.corpora = corpora
        memo = self.path("prepared.json")
        made_of = [articles, corpora]
        if os.path.exists(memo):
            with open(memo, encoding="utf-8") as file:
                made, self.articles = json.load(file)
            if made == made_of:
                return self
        remove(self.folder)  # with all indexes of it
        os.makedirs(self.folder)
        say(f"bench: preparing {articles} articles")
        self.articles = int(output([os.path.join(TOOLS, "bench_prepare"),
                                    self.folder, str(articles)] + corpora))
        with open(memo, "w", encoding="utf-8") as file:
            json.dump([made_of, self.articles], file)
        return self


class Duel:
    """dx and its rivals over the articles of one Data."""

    def __init__(self, data, rivals, options):
        self.data = data
        self.rivals = rivals
        self.options = options
        self.dx = engines.Dx()
        self.indexes = {}  # engine and path, by whether the body is apart
        self.table = Table(str(data), [rival.name for rival in rivals])

    def run(self, asked, kinds):
        """All rows."""
        quick = self.options.quick
        self.indexing()
        duel.run(self.table, kinds, asked, self.entrants,
                 QUICK_ROUNDS if quick else ROUNDS,
                 QUICK_KIND_SECONDS if quick else KIND_SECONDS,
                 duel.QUICK_QUERIES if quick else duel.QUERIES)
        if not self.options.only:
            self.processes()
            self.threads()
            self.updating()
        self.table.show()

    # ---- indexes ----

    def ready(self, engine, options=(), again=False):
        once = options or self.options.only or self.data.articles > USUAL
        return engine.ready(self.data, 1 if once else INDEXINGS, options, again)

    def indexing(self):
        costs, paths = {}, {}
        for engine in [self.dx, *self.rivals]:
            if done := self.ready(engine, again=engine is self.dx):
                paths[engine], costs[engine.name] = done
        self.indexes[False] = list(paths.items())

        def values(what):
            return {name: cost[what] for name, cost in costs.items()}

        text = os.path.getsize(self.data.corpus)
        self.table.add(f"indexing, processor time, {THREADS} threads",
                       values("cpu_seconds"), seconds, {"tantivy": 1})
        self.table.add("  wall time", values("seconds"), seconds)
        self.table.add("  peak memory / --memory",
                       {"dx": costs["dx"]["peak_mib"] / MEMORY_MIB}, ratio, most=1.2)
        self.table.add("index with stored text / input",
                       {engine.name: bytes_of(path) / text
                        for engine, path in paths.items()}, ratio, most=0.63)

    def entrants(self, kind):
        """Pairs of engine and index that are asked this kind."""
        if kind.fields not in self.indexes:
            found = {self.dx: self.index()}
            for engine in self.rivals:
                if engine.fields and (done := self.ready(engine, ["fields"])):
                    found[engine] = done[0]
            self.indexes[kind.fields] = list(found.items())
        return self.indexes[kind.fields]

    def index(self):
        return dict(self.indexes[False])[self.dx]

    # ---- whole processes ----

    def spawned(self, times, commands):
        """Median milliseconds from spawn to exit of commands, in turn."""
        line = [os.path.join(TOOLS, "bench_spawn"), str(times), *commands[0]]
        for command in commands[1:]:
            line += ["--", *command]
        return [float(cells.split("\t")[0]) / 1000
                for cells in output(line).splitlines()]

    def processes(self):
        """One query and the start of a program that answers it, beside a program
        that does nothing. A JVM takes so long that a few must do."""
        times = QUICK_SPAWNS if self.options.quick else SPAWNS
        commands = {engine.name: engine.once(index, SPAWN_QUERY)
                    for engine, index in self.indexes[False]}
        slow = commands.pop("lucene", None)
        commands = {name: command for name, command in commands.items() if command}
        empty, *taken = self.spawned(
            times, [[os.path.join(TOOLS, "bench_empty")], *commands.values()])
        values = dict(zip(commands, taken))
        if slow:
            values["lucene"], = self.spawned(JAVA_SPAWNS, [slow])
        self.table.add("cold process", values, milliseconds)
        self.table.add("  over an empty one", {"dx": values["dx"] - empty},
                       milliseconds, most=1.2)

    def threads(self):
        """Requests a second over one dx_index."""
        rates = [tuple(map(float, line.split("\t")[1:])) for line in output(
            [os.path.join(TOOLS, "bench_threads"), self.index(), self.data.words,
             str(THREADS_SECONDS)]).splitlines()]
        for number, (requests, _) in enumerate(rates, 1):
            self.table.add(f"requests a second, threads: {number}", {"dx": requests},
                           count)
        more, more_loops = (two / one for one, two in zip(*rates))
        self.table.note(f"two threads do {more:.2f} times the work of one, of a bare "
                        f"loop {more_loops:.2f} times")

    def updating(self):
        """One article of a small file beside the large one changes."""
        folder = self.data.path("small")
        remove(folder)
        os.makedirs(folder)
        index = self.data.path("dx.update")
        remove(index)
        shutil.copytree(self.index(), index)
        command = [engines.DXINDEX, "--quiet", "--index", index]
        scopes = {"that file alone": [folder],
                  "both paths": [self.data.corpus, folder]}
        Cost(command + [self.data.corpus, folder])
        for scope, paths in scopes.items():
            times = []
            for n in range(UPDATES):
                with open(os.path.join(folder, "tin.txt"), "w",
                          encoding="utf-8") as file:
                    file.write(f"Tin vắn số {n}\n\nHội nghị chuyển đổi số lần "
                               f"thứ {n} khai mạc sáng nay.\n")
                times.append(Cost(command + paths).seconds * 1000)
            times.sort()
            self.table.add(f"one changed article, {scope}",
                           {"dx": times[len(times) // 2]}, milliseconds, most=50)
            self.table.add("  slowest", {"dx": times[-1]}, milliseconds)
        remove(index)


class Bench:
    def __init__(self, options, work):
        self.options = options
        self.work = work

    def corpora(self):
        """Paths of what to index."""
        if self.options.corpus:
            return [os.path.abspath(path) for path in self.options.corpus]
        names = [DEFAULT_CORPUS]
        if self.options.queries or self.options.instructions or self.options.growth:
            names.append(DATED_CORPUS)
        found = [os.path.join(DEFAULT_CORPORA, name) for name in names]
        if all(os.path.exists(path) for path in found):
            return found
        say("bench: no corpus: making one of the sample articles")
        made = os.path.join(self.work, "synthetic.jsonl")
        synthetic.write(os.path.join(SOURCE, "corpus/txt"), USUAL, made)
        return [made]

    def data(self, corpora, articles):
        return Data(os.path.join(self.work, str(articles))).prepare(corpora, articles)

    def grown(self, data):
        """A million articles out of those of the largest size."""
        made = os.path.join(self.work, "grown.jsonl")
        if not os.path.exists(os.path.join(self.work, str(SCALE), "prepared.json")):
            say(f"bench: making {SCALE:,} articles out of {data.articles:,}")
            synthetic.grow(data.corpus, SCALE, made)
        grown = self.data([made], SCALE)
        remove(made)  # what was prepared is a copy
        return grown

    def datas(self, corpora):
        """What to index, the smallest first."""
        sizes = ([self.options.articles] if self.options.articles else
                 [QUICK] if self.options.quick else [QUICK, USUAL])
        data, articles = None, 0
        for size in sizes:
            data = self.data(corpora, size)
            if data.articles > articles:
                yield data
            articles = data.articles
        if self.options.scale:
            yield self.grown(data)

    def duels(self, corpora):
        kinds = duel.named(self.options.only or "")
        rivals = engines.rivals() + (engines.others() if self.options.all else [])
        indexes = []
        for data in self.datas(corpora):
            say(f"bench: {data}")
            # The smallest size asks, so that growth is of the same queries.
            if not indexes:
                asked = growth.queries(data)
            run = Duel(data, rivals, self.options)
            run.run(asked, kinds)
            indexes.append((data.articles, run.index()))
        if len(indexes) > 1:
            growth.Growth(asked, *indexes[-2:]).show(self.options.only or "")

    def growth(self, corpora):
        """dx alone, of a part of a collection and all of it."""
        whole = self.data(corpora, self.options.articles or 10**9)
        part = self.data(corpora, whole.articles // growth.PART // len(corpora))
        say(f"bench: {whole}")
        indexes = [(data.articles, engines.Dx().ready(data, 1, again=True)[0])
                   for data in (part, whole)]
        growth.Growth(growth.queries(part), *indexes).show(self.options.only or "")

    def one_data(self, corpora):
        articles = self.options.articles or (
            QUICK if self.options.quick or self.options.instructions else 10**9)
        return self.data(corpora, articles)

    def forms(self, corpora):
        data = self.one_data(corpora)
        indexes = []
        for engine in [engines.Dx(), *engines.others()]:
            options = [] if engine.name == "dx" else [data.values]
            if done := engine.ready(data, 1, options, again=engine.name == "dx"):
                indexes.append((engine, done[0]))
        table = Table(f"The query language: {data}", [e.name for e, _ in indexes[1:]])
        forms.Forms(table, data, indexes,
                    QUICK_ROUNDS if self.options.quick else ROUNDS,
                    self.options.quick).run()
        table.show()

    def run(self):
        corpora = self.corpora()
        if self.options.instructions:
            data = self.one_data(corpora)
            print(data)
            instructions.compare(BIN, self.options.against, self.work, data)
        elif self.options.queries:
            self.forms(corpora)
        elif self.options.growth:
            self.growth(corpora)
        else:
            self.duels(corpora)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true",
                      help=f"{QUICK:,} articles, fewer queries and rounds")
    size.add_argument("--scale", action="store_true",
                      help=f"also {SCALE:,} articles, made of those there are")
    size.add_argument("--articles", type=int,
                      help=f"how many of each corpus; default {QUICK:,} and then "
                      f"{USUAL:,}, with --queries all, with --instructions "
                      f"{QUICK:,}")
    parser.add_argument("--only", metavar="TEXT",
                        help="only the kinds of query whose name has TEXT in it")
    parser.add_argument("--all", action="store_true",
                        help="against Xapian and FTS5, too")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--queries", action="store_true",
                       help="the forms of the query language instead, against "
                       "Xapian and FTS5")
    which.add_argument("--growth", action="store_true",
                       help="dx alone: how each kind's time grows from a twelfth of "
                       "the articles to all")
    which.add_argument("--instructions", action="store_true",
                       help="count instructions instead, by callgrind")
    parser.add_argument("--against", metavar="DIR",
                        help="with --instructions: beside the programs there")
    parser.add_argument("--corpus", action="append",
                        help="JSONL, also .zst or .gz")
    parser.add_argument("--work", help="keep articles and rivals' indexes here, and "
                        "use those of an earlier run; default: a temporary folder, "
                        "removed at the end")
    options = parser.parse_args()
    if options.against and not options.instructions:
        parser.error("--against goes with --instructions")
    work = options.work or tempfile.mkdtemp(prefix="dx-bench-")
    os.makedirs(work, exist_ok=True)
    try:
        Bench(options, work).run()
    finally:
        if not options.work:
            shutil.rmtree(work, ignore_errors=True)


main()
