#!/usr/bin/env python3
"""Damages an index in many ways and lets every program at it.

damage.py BIN SRC [--mutations N] [--seed N] [--first N] [--jobs N] [--kinds PATTERN] [-v]

Each mutation changes the file of a sound index: bits, bytes, spans, whole pages (emptied,
swapped, copied from elsewhere), fields of LMDB, its length; on pages of every kind alike.
Then dxsearch, dxsearch.cgi, dxindex check and stats read it, and copies of it take an
incremental and an optimizing run. Whatever was done, a program

  - ends by itself, in time, without a signal and within its memory;
  - answers as from the sound index, or says that something is wrong;
  - which changes the index, leaves one that the same holds for.

A failure is printed with its number; --first NUMBER --mutations 1 -v does it again.
"""
import argparse
import json
import os
import random
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import PAGE, kinds_of, nodes, u16  # noqa: E402

SECONDS = 20
MEMORY_BYTES = 400 << 20  # resident, the mapped file with it
QUERIES = """\
1\tchuyển đổi số
2\tchuyen doi so\t--facets 5
3\t"Bắc Giang"
4\ttitle:bài\t--sort newest --limit 30
5\tnăm 2024 OR tỉnh -hội
6\tbệnh*\t--sort oldest
7\tgiáo dục\t--scope exact --exact-accents
8\tUBND\t--duplicates --limit 60
9\tnganh y te\t--any
10\tchiu trach nhiem truoc\t--all
11\tbai\t--limit 50 --offset 400
12\ttrung
"""


# ---- the index, and what it answers ----


def make_articles(path, src, first, count):
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, src / "tests/kill/make_corpus.py", src, str(first),
                        str(count)], stdout=out, check=True)


def make_index(world):
    """Several segments, deletions, free pages, many files, ids that are there twice."""
    def index():
        world.run(["dxindex", "-q", "--remove-many", "-i", world.index, "kho"], world.top)

    kho = world.top / "kho"
    kho.mkdir()
    make_articles(kho / "a.jsonl", world.src, 0, 700)
    for i in range(150):
        (kho / f"tin-{i}.txt").write_text(
            f"Tin số {i} của tỉnh Bắc Giang\n\nUBND tỉnh họp bàn việc thứ {i}.\n")
    with open(kho / "c.jsonl", "w", encoding="utf-8") as out:
        for i in range(6):
            out.write(json.dumps({"id": "hai", "title": f"Hai bài {i}",
                                  "content": f"Trung tâm {i} chịu trách nhiệm trước"}) + "\n")
    index()
    for i in range(100, 150):
        (kho / f"tin-{i}.txt").unlink()
    make_articles(kho / "a.jsonl", world.src, 30, 760)
    index()
    make_articles(kho / "b.jsonl", world.src, 5000, 40)
    index()
    # What the runs on damaged indexes will find.
    (kho / "tin-7.txt").unlink()
    (kho / "tin-8.txt").write_text("Tin thứ tám đã sửa\n\nHội nghị ở Lạng Giang họp lại.\n")
    make_articles(kho / "d.jsonl", world.src, 6000, 5)


class Failed(Exception):
    pass


class World:
    def __init__(self, args):
        self.bin, self.src = Path(args.bin).absolute(), Path(args.src).absolute()
        self.top = Path(tempfile.mkdtemp(prefix="damage-"))
        self.index = self.top / "ix"
        self.queries = self.top / "q.tsv"
        self.queries.write_text(QUERIES, encoding="utf-8")
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "DX_FRESHNESS": "0",
                    "ASAN_OPTIONS": "detect_leaks=0"}
        self.verbose = args.verbose
        self.is_sanitized = b"__asan_init" in (self.bin / "dxindex").read_bytes()

    def run(self, command, cwd, env=None):
        """(status, standard output, standard error) of one of the programs."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = subprocess.Popen([self.bin / command[0], *command[1:]], cwd=cwd,
                                     stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                     env={**self.env, **(env or {})})
            hung = []
            timer = threading.Timer(SECONDS, lambda: (hung.append(1), child.kill()))
            timer.start()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
            timer.cancel()
            out.seek(0)
            err.seek(0)
            texts = [f.read().decode(errors="replace") for f in (out, err)]
        if self.verbose:
            print("$", *command, "->", status, usage.ru_maxrss, "KB\n",
                  texts[0][-300:], texts[1][-600:])
        if hung:
            raise Failed("hang")
        if os.WIFSIGNALED(status):
            raise Failed("signal " + signal.Signals(os.WTERMSIG(status)).name)
        if re.search(r"ended by signal|Sanitizer|runtime error", texts[0] + texts[1]):
            raise Failed("signal told by " + texts[1][:200])
        if usage.ru_maxrss << 10 > MEMORY_BYTES and not self.is_sanitized:
            raise Failed(f"memory {usage.ru_maxrss >> 10} MB")
        return os.WEXITSTATUS(status), *texts

    # Each gives what was answered, or None when it was said that something is wrong.

    def search(self, index):
        status, out, err = self.run(["dxsearch", "-i", index, "--batch", self.queries, "--json",
                                     "--threads", "1"], self.top)
        if status > 1 or err:
            return None
        return re.sub(r'"time_ms":[0-9.]+', "", out)

    def cgi(self, index):
        status, out, err = self.run(
            ["dxsearch.cgi", "q=chuyen+doi+so+bac+giang&sort=relevance"], self.top,
            {"DX_INDEX": str(index)})
        if status or err or re.match(r"Status: 5", out):
            return None
        # Which file it is, and since when, tells only caches.
        return re.sub(r"[0-9.,]+ (giây|ms|s)\b|(Content-Length|ETag|Last-Modified): [^\r\n]*", "", out)

    def stats(self, index):
        status, out, err = self.run(["dxindex", "stats", "-i", index, "--json"], self.top)
        return None if status or err else out.replace(str(index), "")

    def check(self, index):
        status, out, err = self.run(["dxindex", "check", "-q", "-i", index], self.top)
        return None if status or err else "sound"

    def write(self, index, *options):
        status, _, err = self.run(["dxindex", "-q", *options, "-i", index, "kho"], self.top)
        return None if status or err else "done"


# ---- damage ----


def noise(rng, data, at, count):
    data[at : at + count] = rng.randbytes(len(data[at : at + count]))


def flip(rng, data, at):
    data[at] ^= 1 << rng.randrange(8)


def damage_field(rng, data, page):
    """A field of the page's head, its table, or one of its nodes."""
    base = page * PAGE
    if page < 2:
        at = base + rng.choice([16, 20, 32, 40, 42, 44, 46, *range(48, 152, 8)])
    else:
        at = base + rng.choice([0, 4, 8, 10, 12, 14, 16, 18])
        if u16(data, base + 10) in (1, 2) and rng.random() < 0.8:
            held = [place for _, _, place in nodes(data, page)]
            i = rng.randrange(len(held))
            at = rng.choice([base + HEAD_BYTES + 2 * i, *range(held[i], held[i] + 8, 2),
                             held[i] + 8 + u16(data, held[i] + 6)])
    at = min(at, base + PAGE - 8)
    how = rng.randrange(4)
    if how == 0:
        struct.pack_into("<H", data, at, rng.choice([0, 1, 0x7FFF, 0x8000, 0xFFFF, 0xFFFE]))
    elif how == 1:
        struct.pack_into("<H", data, at, (u16(data, at) + rng.choice([-2, -1, 1, 2])) & 0xFFFF)
    elif how == 2:
        struct.pack_into("<H", data, at, rng.randrange(65536))
    else:
        struct.pack_into("<Q", data, at, rng.choice([0, 1, 2, 2**63, 2**64 - 1, 2**32,
                                                     rng.randrange(len(data) // PAGE)]))


HEAD_BYTES = 16


def place_in(rng, data, kind, page):
    """Where in a page; more often where something is, than in its empty room."""
    base = page * PAGE
    if page < 2:
        return base + rng.randrange(152)
    if kind.startswith(("leaf", "branch")):
        lower, upper = u16(data, base + 12), u16(data, base + 14)
        if 0 < lower <= upper < PAGE:  # else they were changed just now
            return base + rng.choice([rng.randrange(lower), rng.randrange(upper, PAGE)])
    return base + rng.randrange(PAGE)


def mutate(rng, data, kinds):
    """Changes `data`; says how."""
    if rng.random() < 0.04:
        cut = rng.randrange(len(data))
        if rng.random() < 0.5:
            cut = cut // PAGE * PAGE
        del data[cut:]
        return f"cut at {cut}"
    kind = rng.choice(list(kinds))
    page = rng.choice(kinds[kind])
    other = rng.choice(kinds[rng.choice(list(kinds))] if rng.random() < 0.5 else kinds[kind])
    at = place_in(rng, data, kind, page)
    base, from_ = page * PAGE, other * PAGE
    how = rng.choice(["bit", "bit", "byte", "byte", "span", "zeros", "field", "field", "field",
                      "empty", "noise", "copy", "copy of body", "swap", "several"])
    if how == "bit":
        flip(rng, data, at)
    elif how == "byte":
        data[at] = rng.randrange(256)
    elif how == "span":
        noise(rng, data, at, rng.randrange(2, 65))
    elif how == "zeros":
        end = min(at + rng.randrange(2, 513), len(data))
        data[at:end] = bytes(end - at)
    elif how == "field":
        damage_field(rng, data, page)
    elif how == "empty":
        data[base : base + PAGE] = bytes(PAGE)
    elif how == "noise":
        noise(rng, data, base, PAGE)
    elif how == "copy":
        data[base : base + PAGE] = data[from_ : from_ + PAGE]
    elif how == "copy of body":
        data[base + 8 : base + PAGE] = data[from_ + 8 : from_ + PAGE]
    elif how == "swap":
        data[base : base + PAGE], data[from_ : from_ + PAGE] = (
            data[from_ : from_ + PAGE], data[base : base + PAGE])
    else:
        for _ in range(3):
            flip(rng, data, place_in(rng, data, kind, page))
    return f"{how}, page {page} ({kind}) at {at - base}, other {other}"


# ---- trying ----


class Trial:
    def __init__(self, world, number, seed, sound, kinds):
        self.world, self.number, self.kinds, self.sound = world, number, kinds, sound
        rng = random.Random(f"{seed}-{number}")
        self.data = bytearray(sound)
        self.what = "nothing"
        while self.data == sound:
            self.what = mutate(rng, self.data, kinds)
        self.failures, self.told = [], 0

    def expect(self, name, function, *arguments, wanted):
        """Whether it answered as it should; what is wrong is noted."""
        try:
            got = function(*arguments)
        except Failed as e:
            self.failures.append(f"{name}: {e}")
            return None
        if got is None:
            self.told += 1
        elif got != wanted:
            self.failures.append(f"{name}: another answer")
        return got

    def copy(self, to):
        to.mkdir()
        (to / "index.mdb").write_bytes(self.data)

    def run(self, wanted):
        world = self.world
        at = world.top / f"{self.number}"
        self.copy(at)
        read = [self.expect(name, getattr(world, name), at, wanted=wanted[name])
                for name in ("search", "cgi", "stats")]
        if (at / "index.mdb").read_bytes() != self.data:
            self.failures.append("a reader changed the file")
        checked = self.expect("check", world.check, at, wanted="sound")
        if None in read and checked:
            self.failures.append("check: finds nothing where others do")
        for name, options in (("run", []), ("optimize", ["--optimize"])):
            copy = world.top / f"{self.number}-{name}"
            self.copy(copy)
            if self.expect(name, world.write, copy, *options, wanted="done"):
                answer = self.expect(f"search after {name}", world.search, copy,
                                     wanted=wanted["search after " + name])
                if name == "optimize" and not answer:
                    self.failures.append("optimize: damage is still there, and was not told")
            shutil.rmtree(copy)
        shutil.rmtree(at)
        return self.number, self.what, self.told, self.failures


def answers_when_sound(world):
    wanted = {name: getattr(world, name)(world.index) for name in ("search", "cgi", "stats",
                                                                   "check")}
    for name, options in (("run", []), ("optimize", ["--optimize"])):
        copy = world.top / name
        shutil.copytree(world.index, copy)
        wanted[name] = world.write(copy, *options)
        wanted["search after " + name] = world.search(copy)
        wanted["check after " + name] = world.check(copy)
        shutil.rmtree(copy)
    assert None not in wanted.values(), wanted
    return wanted


def main():
    p = argparse.ArgumentParser()
    p.add_argument("bin")
    p.add_argument("src")
    p.add_argument("--mutations", type=int, default=120)
    p.add_argument("--first", type=int, default=0)
    p.add_argument("--seed", type=int, default=20261130)
    p.add_argument("--jobs", type=int, default=os.cpu_count())
    p.add_argument("--kinds", default="", help="only pages of kinds that this pattern is in")
    p.add_argument("-v", "--verbose", action="store_true")
    args = p.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    world = World(args)
    try:
        make_index(world)
        sound = (world.index / "index.mdb").read_bytes()
        kinds = {kind: pages for kind, pages in kinds_of(sound).items()
                 if re.search(args.kinds, kind)}
        wanted = answers_when_sound(world)
        failed, told, tried = Counter(), 0, 0
        with ThreadPoolExecutor(args.jobs) as pool:
            for number, what, said, failures in pool.map(
                    lambda i: Trial(world, i, args.seed, sound, kinds).run(wanted),
                    range(args.first, args.first + args.mutations)):
                tried += 1
                told += said > 0
                for failure in failures:
                    failed[failure] += 1
                    print(f"FAILED {number}: {failure}; {what}", flush=True)
        for failure, count in failed.most_common():
            print(f"{count:6} {failure}")
        print(f"{tried} mutations of {len(kinds)} kinds of pages: {told} told, "
              f"{sum(failed.values())} failures")
        return bool(failed)
    finally:
        shutil.rmtree(world.top)


if __name__ == "__main__":
    sys.exit(main())
