"""dx and the engines that it is compared with: how each is had, builds an index and
is asked. Each is a program that takes

    build FOLDED INDEX …    serve INDEX    once INDEX KIND WORDS

and answers whole batches of queries (engine.c).
"""
import glob
import json
import os
import re
import shutil
import subprocess

from processes import Cost, remove, say

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.normpath(os.path.join(HERE, "../.."))
BIN = os.environ.get("DX_BIN", os.path.join(SOURCE, "build/bench"))
TOOLS = os.path.join(BIN, "tests/bench")
RIVALS = os.path.join(BIN, "rivals")  # what cargo and Maven build stays here
DXINDEX = os.path.join(BIN, "dxindex")
DXSEARCH = os.path.join(BIN, "dxsearch")
MEMORY_MIB = 512
THREADS = 2  # that index: in dx and the rivals
JAVA_LEAST = 21  # Lucene 10 needs it
JAVA_OPTIONS = ["-Xms2g", "-Xmx4g", "-XX:+UseParallelGC", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
WARM_QUERIES = 6000  # a JVM compiles while it runs
# Engines that sort all matches get fewer queries, or a run takes hours.
FTS5_LIMITS = {"any": 40, "default": 40, "prefix": 40, "all": 100, "all10": 100,
               "phrase": 100, "near": 100, "dates": 100, "newest": 100}
XAPIAN_LIMITS = {"any": 100, "default": 100, "prefix": 100, "facets": 40}


class Engine:
    """A program that is asked; dx's is the one in C."""

    def __init__(self, name, program, limits=None, warm_queries=0, fields=False):
        self.name = name
        self.program = program
        self.limits = limits or {}         # kind: how many queries it is asked
        self.warm_queries = warm_queries   # before its time counts
        self.fields = fields  # can hold the body apart, for kind `body`

    def build(self, data, index, options):
        return Cost(self.program + ["build", data.folded, index] + options,
                    stderr=subprocess.DEVNULL)

    def serve(self, index):
        return self.program + ["serve", index]

    def once(self, index, words):
        """A command that answers one query and ends; None: it has none."""
        return self.program + ["once", index, "all10", words] if self.fields else None

    def ready(self, data, times, options=(), again=False):
        """Builds its index `times` times, unless it is there from an earlier run;
        `again`: in any case. Returns the path and what the best time took, or
        None."""
        name = ".".join([self.name, *map(os.path.basename, options)])
        index = data.path(name)
        memo = index + ".json"
        if again or not os.path.exists(memo):
            costs = []
            for _ in range(times):
                remove(index)
                say(f"bench: indexing with {name}")
                costs.append(vars(self.build(data, index, list(options))))
            if not os.path.exists(index):
                say(f"bench: {self.name} built no index: passed over")
                return None
            with open(memo, "w", encoding="utf-8") as file:
                json.dump({what: min(cost[what] for cost in costs)
                           for what in costs[0]}, file)
        with open(memo, encoding="utf-8") as file:
            return index, json.load(file)


class Dx(Engine):
    """From JSONL, accents, pairs and all; it has one index for all kinds."""

    def __init__(self, name="dx"):
        super().__init__(name, [os.path.join(TOOLS, "bench_engine"), name])

    def build(self, data, index, options):
        return Cost([DXINDEX, "--quiet", "--index", index, "--memory",
                     f"{MEMORY_MIB}M", "--threads", str(THREADS), data.corpus])

    def once(self, index, words):
        return [DXSEARCH, "--index", index, words]


def tools_engine(name, limits):
    return Engine(name, [os.path.join(TOOLS, "bench_engine"), name], limits)


def others():
    """The engines that Debian has."""
    return [tools_engine("xapian", XAPIAN_LIMITS), tools_engine("fts5", FTS5_LIMITS)]


# ---- Tantivy and Lucene: built here, when there is something to build ----

def build_rival(name, command, environment):
    """Runs `command` on a copy of the rival's source; returns the folder, or None,
    and says why. What was built before is not built again."""
    folder = os.path.join(RIVALS, name)
    shutil.copytree(os.path.join(HERE, "peers", name), folder, dirs_exist_ok=True)
    say(f"bench: building {name}, if need be")
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, **environment})
    if done.returncode != 0:
        say(f"bench: no {name} in this run: it does not build:\n"
            f"{done.stdout[-2000:]}")
        return None
    return folder


def tantivy():
    if shutil.which("cargo") is None:
        say("bench: no tantivy in this run: there is no cargo")
        return None
    host = re.search(r"host: (\S+)", subprocess.run(
        ["rustc", "-vV"], stdout=subprocess.PIPE, text=True).stdout)
    # With a target named, the flags are not for build scripts. A static program
    # starts sooner, as dxsearch does.
    target = host[1] if host else "x86_64-unknown-linux-gnu"
    folder = build_rival("tantivy", ["cargo", "build", "--release", "--quiet",
                                     "--target", target], {
        "CARGO_TARGET_DIR": os.path.join(RIVALS, "tantivy/target"),
        "RUSTFLAGS": "-C target-cpu=native -C target-feature=+crt-static"})
    if folder is None:
        return None
    program = os.path.join(folder, "target", target, "release/bench-tantivy")
    return Engine("tantivy", [program], fields=True)


def java_version(home):
    """Of a JDK, by the file that each has; 0: it is none."""
    try:
        with open(os.path.join(home, "release"), encoding="utf-8") as file:
            found = re.search(r'^JAVA_VERSION="(\d+)', file.read(), re.MULTILINE)
    except OSError:
        return 0
    fits = all(os.path.exists(os.path.join(home, "bin", tool))
               for tool in ("java", "javac"))
    return int(found[1]) if found and fits else 0


def newest_jdk():
    """$JAVA_HOME if it is new enough, else the newest of the usual folders;
    (version, home)."""
    own = os.environ.get("JAVA_HOME", "")
    if java_version(own) >= JAVA_LEAST:
        return java_version(own), own
    homes = [home for pattern in
             ("/usr/lib/jvm/*", "/opt/*", "~/.jdks/*", "~/.sdkman/candidates/java/*")
             for home in glob.glob(os.path.expanduser(pattern))]
    return max(((java_version(home), home) for home in homes), default=(0, ""))


def lucene():
    version, home = newest_jdk()
    missing = (f"no JDK {JAVA_LEAST} or later (in $JAVA_HOME, /usr/lib/jvm, /opt, "
               "~/.jdks, ~/.sdkman)" if version < JAVA_LEAST else
               "no mvn" if shutil.which("mvn") is None else None)
    if missing:
        say(f"bench: no lucene in this run: there is {missing}")
        return None
    folder = build_rival("lucene", ["mvn", "-q", "-B", "package"],
                         {"JAVA_HOME": home})
    if folder is None:
        return None
    classes = os.path.join(folder, "target/bench-lucene.jar") + ":" + \
        os.path.join(folder, "target/lib/*")
    return Engine("lucene", [os.path.join(home, "bin/java"), *JAVA_OPTIONS, "-cp",
                             classes, "BenchLucene"],
                  warm_queries=WARM_QUERIES, fields=True)


def rivals():
    return [engine for engine in (lucene(), tantivy()) if engine]
