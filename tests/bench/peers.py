"""The engines that dx is compared with: how each is built, opened and asked.

FTS5 and Xapian are always there; scripts/bench installs them. The others are
tried with --all and passed over, with a word why, where they cannot be had.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Engines that sort all matches get fewer any-words queries, or a run takes
# an hour.
MAX_QUERIES = {("fts5", "any"): 40, ("fts5", "all"): 300,
               ("fts5", "phrase"): 300, ("xapian", "any"): 300,
               ("fts5", "prefix"): 40, ("xapian", "prefix"): 100,
               ("fts5", "near"): 100, ("fts5", "dates"): 100,
               ("fts5", "newest"): 100,
               ("groonga", "any"): 100, ("groonga", "all"): 100,
               ("groonga", "phrase"): 300}


def say(text):
    print(text, file=sys.stderr, flush=True)


class Peer:
    """An engine within bench_build and bench_race."""

    def __init__(self, name, work, tools, cost):
        self.name = name
        self.path = os.path.join(work, name + ".index")
        self.tools = tools
        self.cost = cost  # runs a command and tells what it took
        self.ready = False

    def clean(self):
        if os.path.isdir(self.path):
            shutil.rmtree(self.path)
        elif os.path.exists(self.path):
            os.remove(self.path)

    def command(self, folded):
        return [os.path.join(self.tools, "bench_build"), self.name, folded,
                self.path]

    def build(self, folded, *values):
        self.clean()
        say(f"bench: indexing with {self.name}")
        cost = self.cost(self.command(folded) + list(values))
        self.ready = os.path.exists(self.path)
        if not self.ready:
            say(f"bench: {self.name} built no index: passed over")
            return None
        return cost

    def entrant(self, kind):
        """How bench_race is told of it."""
        most = MAX_QUERIES.get((self.name, kind))
        return f"{self.name}{f':{most}' if most else ''}={self.path}"


class Groonga(Peer):
    """Its database is several files that begin with the path's name."""

    def clean(self):
        shutil.rmtree(self.path, ignore_errors=True)
        os.makedirs(self.path)

    def command(self, folded):
        return super().command(folded)[:-1] + [os.path.join(self.path, "db")]

    def entrant(self, kind):
        return super().entrant(kind) + "/db"


class Piped(Peer):
    """A program of its own, which answers queries over a pipe."""

    def __init__(self, name, program, work, tools, cost):
        super().__init__(name, work, tools, cost)
        self.program = program

    def command(self, folded):
        return self.program + ["build", folded, self.path]

    def entrant(self, kind):
        command = " ".join(self.program + ["serve", self.path])
        return super().entrant(kind).split("=")[0] + "=exec " + command


def build_program(name, command, folder):
    """Compile a rival's program; False, and why, when that fails."""
    if shutil.which(command[0]) is None:
        say(f"bench: {name}: no {command[0]} here: passed over")
        return False
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        say(f"bench: {name} does not build: passed over\n{done.stdout[-2000:]}")
    return done.returncode == 0


def copy_source(name, work):
    """Build outside the source tree."""
    folder = os.path.join(work, name + ".build")
    shutil.copytree(os.path.join(HERE, "peers", name), folder,
                    dirs_exist_ok=True)
    return folder


def tantivy(work, tools, cost):
    folder = copy_source("tantivy", work)
    if not build_program("tantivy", ["cargo", "build", "--release", "--quiet"],
                         folder):
        return None
    program = [os.path.join(folder, "target/release/bench-tantivy")]
    return Piped("tantivy", program, work, tools, cost)


def newest_java():
    """The java to use: Lucene 10 wants 21 or later."""
    for home in sorted(os.listdir("/usr/lib/jvm")) if os.path.isdir(
            "/usr/lib/jvm") else []:
        java = os.path.join("/usr/lib/jvm", home, "bin/java")
        if not os.path.exists(java):
            continue
        version = subprocess.run([java, "-version"], stderr=subprocess.PIPE,
                                 text=True).stderr.split('"')[1]
        if int(version.split(".")[0]) >= 21:
            return os.path.dirname(os.path.dirname(java))
    return None


def lucene(work, tools, cost):
    home = newest_java()
    if home is None:
        say("bench: lucene: no Java 21 or later here: passed over")
        return None
    folder = copy_source("lucene", work)
    os.environ["JAVA_HOME"] = home
    if not build_program("lucene", ["mvn", "-q", "-B", "package"], folder):
        return None
    program = [os.path.join(home, "bin/java"), "--add-modules",
               "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
               "-cp", os.path.join(folder, "target/bench-lucene.jar") + ":" +
               os.path.join(folder, "target/lib/*"), "BenchLucene"]
    return Piped("lucene", program, work, tools, cost)


def available(work, tools, every, cost):
    """The engines to compare with, FTS5 first."""
    found = [Peer("fts5", work, tools, cost), Peer("xapian", work, tools, cost)]
    if every:
        found.append(Groonga("groonga", work, tools, cost))
        found += [peer for peer in (tantivy(work, tools, cost),
                                    lucene(work, tools, cost)) if peer]
    return found
