"""The instructions that each row costs, counted by callgrind: the same on a busy
machine as on an idle one, so that two builds can be compared to a fraction of a
percent. Counts are no times: what waits for memory is not seen."""
import collections
import concurrent.futures
import itertools
import os
import re
import shutil
import subprocess
import sys

import duel
import language
from processes import say

QUERIES = 100      # of each form
SLOW_QUERIES = 30  # of those that take longest
WHOLE = 10         # whole processes of a row
NOTICEABLE = 1.03  # a ratio to be told
PROGRAMS = ("dxindex", "dxsearch", "dxsearch.cgi")
COLLECTED = re.compile(r"Collected : (\d+)")


class Build:
    """A folder with the programs, and what they are run on."""

    def __init__(self, programs, work):
        missing = [name for name in PROGRAMS
                   if not os.path.exists(os.path.join(programs, name))]
        if missing:
            sys.exit(f"bench: no {', '.join(missing)} in {programs}")
        self.programs = programs
        self.work = work
        self.index = os.path.join(work, "dx.index")
        self.serial = itertools.count()
        shutil.rmtree(work, ignore_errors=True)  # of an earlier run
        os.makedirs(work)

    def count(self, program, arguments, environment=None):
        """Instructions of one process, which has to end with 0 or 1."""
        name = os.path.join(self.work, f"{program}.{next(self.serial)}")
        with open(name + ".log", "w+", encoding="utf-8", errors="replace") as log:
            done = subprocess.run(
                ["valgrind", "--tool=callgrind",
                 "--callgrind-out-file=" + name + ".callgrind",
                 os.path.join(self.programs, program)] + arguments,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
                env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
            log.seek(0)
            found = COLLECTED.search(log.read())
        if done.returncode not in (0, 1) or not found:
            sys.exit(f"bench: {program} {' '.join(arguments)}: status "
                     f"{done.returncode}; see {name}.log")
        return int(found[1])

    # ---- the rows: each returns instructions for one of what it names ----

    def indexing(self, corpus, articles):
        # One thread: several would share the work otherwise each time.
        return self.count("dxindex", ["--quiet", "--threads", "1", "--index",
                                      self.index, corpus]) / articles

    def indexing_again(self, corpus):
        return self.count("dxindex", ["--quiet", "--threads", "1", "--index",
                                      self.index, corpus])

    def changed_article(self):
        path = os.path.join(self.work, "tin.txt")
        with open(path, "w", encoding="utf-8") as file:
            file.write("Tin vắn\n\nHội nghị chuyển đổi số khai mạc sáng nay.\n")
        return self.count("dxindex", ["--quiet", "--threads", "1", "--index",
                                      self.index, path])

    def search(self, options, path=os.devnull):
        return self.count("dxsearch", ["--index", self.index, "--threads", "1",
                                       "--timeout-ms", "0", *options,
                                       "--batch", path])

    def queries(self, what, options, texts):
        """Of one query, without what the process costs that asks none."""
        path = os.path.join(self.work, re.sub(r"\W+", "-", what) + ".queries")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{i}\t{text}\n" for i, text in enumerate(texts))
        return (self.search(options, path) - self.search(options)) / len(texts)

    def processes(self, options, texts):
        return sum(self.count("dxsearch", ["--index", self.index, *options,
                                           *text]) for text in texts) / len(texts)

    def page(self, queries):
        return sum(self.count("dxsearch.cgi", [], {
            "DX_INDEX": self.index, "REQUEST_METHOD": "GET",
            "QUERY_STRING": "q=" + query.replace(" ", "+"),
        }) for query in queries) / len(queries)


def most_frequent_source(data):
    with open(data.values, encoding="utf-8") as file:
        sources = collections.Counter(line.split("\t")[1] for line in file)
    del sources[""]
    return sources.most_common(1)[0][0] if sources else "VnExpress"


def rows(data):
    """(what, function of a Build) in the order in which they have to be run."""
    forms = language.Forms(data.words)
    shares = language.frequent_words(data.folded)
    duels = {name: [query for query, _ in pairs][:QUERIES]
             for name, pairs in duel.queries(data).items()}
    runs = [language.both(run) for run in language.read_pairs(data.words)][:QUERIES]
    folded, pairs = duels["words"], duels["two"]
    legal = language.Legal(data.words, shares)
    source = most_frequent_source(data)
    with open(data.folded, encoding="utf-8") as file:
        ids = [line.split("\t")[0] for line in itertools.islice(file, WHOLE)]
    trec, json = ["--format", "trec"], ["--format", "json"]

    def near(pairs_of_words):
        return [query.replace(" ", " NEAR/10 ") for query in pairs_of_words]

    def ask(what, options, texts):
        return what, lambda build: build.queries(what, options, texts)

    return [
        ("indexing, an article",
         lambda b: b.indexing(data.corpus, data.articles)),
        ("indexing again, nothing changed",
         lambda b: b.indexing_again(data.corpus)),
        ("one more article", Build.changed_article),
        ask("all words", trec + ["--all"], folded),
        ask("any words", trec + ["--any"], folded),
        ask("default", trec, folded),
        ask("default, with accents", trec, [query for _, query in runs]),
        ask("one word, all", trec + ["--all"], duels["single"]),
        ask("one word, default", trec, duels["single"]),
        ask("two words, all", trec + ["--all"], pairs),
        ask("phrase of 3-5 syllables", trec, [f'"{p}"' for p in duels["phrases"]]),
        ask("frequent phrase of 4", trec, [f'"{p}"' for p in duels["tail"]]),
        ask("two words NEAR/10", trec, near(duels["near"])),
        ask("two frequent words NEAR/10", trec,
            near(duels["near frequent"])[:SLOW_QUERIES]),
        ask("body: one word", trec,
            ["body:" + word for word in duels["single"]][:SLOW_QUERIES]),
        ask("a word and a prefix", trec,
            [query + "*" for query in duels["prefix"]]),
        ask("a word and one misspelt", trec,
            [query + "~" for query, _ in forms.fuzzy][:QUERIES]),
        ask("two words of three months", trec,
            [query + " date:2025-11-01..2026-01-31" for query in pairs]),
        ask("two words of one source", trec,
            [f'{query} source:"{source}"' for query in pairs]),
        ask("two words, newest first", trec + ["--sort", "newest"], pairs),
        ask("facets of a frequent word", json + ["--facets", "10"],
            [query for query, _ in language.broad(shares)]),
        ask("default, a page of JSON", json, folded),
        ask("default, a page of text", ["--format", "text"], folded),
        ask("any legal query", trec, [legal.query() for _ in range(QUERIES)]),
        ("articles like one, whole process", lambda b: b.processes(
            ["--timeout-ms", "0"], [["--like", id] for id in ids])),
        ("suggestions, whole process", lambda b: b.processes(
            ["--suggest"], [[query] for query, _ in forms.typed[:WHOLE]])),
        ("dxsearch, whole process", lambda b: b.processes(
            ["--timeout-ms", "0"], [[query] for query in folded[:WHOLE]])),
        ("dxsearch.cgi, whole process", lambda b: b.page(folded[:WHOLE])),
    ]


def grouped(value):
    return f"{round(value):,}"


def show(table):
    def line(what, *cells):
        print(what.ljust(36) + "".join(cell.rjust(16) for cell in cells))

    compared = len(table[0][1]) > 1
    line("instructions of", "this build",
         *(["the other", "ratio"] if compared else []))
    for what, counts in table:
        ratio = counts[0] / counts[-1]
        more = "  more" if ratio > NOTICEABLE else ""
        line(what, *map(grouped, counts),
             *([f"{ratio:.4f}" + more] if compared else []))


def measure(build, wanted):
    counts = []
    for what, count in wanted:
        counts.append(count(build))
        say(f"  {what}: {grouped(counts[-1])} ({build.programs})")
    return counts


def compare(programs, against, work, data):
    """Prints the table for `programs` and, if not None, beside it `against`."""
    builds = [Build(programs, os.path.join(work, "this"))]
    if against:
        builds.append(Build(against, os.path.join(work, "other")))
    wanted = rows(data)
    with concurrent.futures.ThreadPoolExecutor(len(builds)) as pool:
        columns = list(pool.map(lambda b: measure(b, wanted), builds))
    show([(what, counts) for (what, _), counts in zip(wanted, zip(*columns))])
