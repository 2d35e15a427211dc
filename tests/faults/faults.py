#!/usr/bin/env python3
"""Lets calls of the system fail, one at a time, while the programs work.

faults.py BIN SRC [--sample N] [--seed N] [--only PATTERN] [-v]

Each task (a first run, an incremental one, …) is done again and again, and each time another
of its calls (write, fsync, rename, mmap, open, ftruncate, read) fails, as fault.c lets them.
Whichever it is, and however it fails,

  - the program ends by itself, without a signal, and says why it failed;
  - a disk without room is called that;
  - the index is sound: exit status 0 means that it is as after the task, 3 as before,
    1 that something was skipped or failed after the publication;
  - the task, done again, succeeds.

A failure is printed as "TASK CALLS:N:HOW"; --only does that again. Without --sample, every
call fails once in each way.
"""
import argparse
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SECONDS = 60
WAYS = {
    "write": ["EIO", "ENOSPC", "EINTR", "short", "full"],
    "fsync": ["EIO", "ENOSPC"],
    "rename": ["EIO", "ENOSPC"],
    "mmap": ["ENOMEM"],
    "open": ["EIO", "EMFILE", "ENOSPC"],
    "ftruncate": ["EIO", "ENOSPC"],
    "read": ["EIO", "EINTR", "short"],
}
# Such calls succeed when they are made again; a program may, or fail and say so.
NO_MATTER = ("EINTR", "short")
QUERIES = "1\tchuyển đổi số\n2\tbai\t--limit 200\n3\ttin\t--limit 200\n4\thọp -hội\n"
TASKS = {  # name: the index before, the command; {i}: the index, {w}: the trial's folder
    "first run": ("none", ["dxindex", "-q", "--memory", "64M", "-i", "{i}", "{top}/old"]),
    "next run": ("old", ["dxindex", "-q", "--memory", "64M", "-i", "{i}", "{top}/old",
                         "{top}/new"]),
    "optimize": ("parts", ["dxindex", "-q", "--memory", "64M", "--optimize", "-i", "{i}",
                           "{top}/old", "{top}/new"]),
    "remove": ("parts", ["dxindex", "remove", "-q", "-i", "{i}", "a3", "a50"]),
    "backup": ("parts", ["dxindex", "backup", "-i", "{i}", "{w}/copy"]),
    "restore": ("parts", ["dxindex", "restore", "-q", "-i", "{i}", "{top}/old-index"]),
    "search": ("parts", ["dxsearch_shared", "-i", "{i}", "--batch", "{top}/q.tsv", "--json",
                         "--threads", "1"]),
}


class World:
    def __init__(self, args):
        self.bin, self.src = Path(args.bin).absolute(), Path(args.src).absolute()
        self.top = Path(tempfile.mkdtemp(prefix="faults-"))
        self.verbose = args.verbose
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TMPDIR": str(self.top)}
        (self.top / "q.tsv").write_text(QUERIES, encoding="utf-8")
        (self.top / "none").mkdir()
        self.make_articles("old", 0, 60)
        self.make_articles("new", 60, 25)
        for i in range(6):
            (self.top / "old" / f"tin-{i}.txt").write_text(f"Tin số {i}\n\nTỉnh họp bàn {i}.\n")
        self.command("first run", self.top / "old-index")
        shutil.copytree(self.top / "old-index", self.top / "parts-index")
        self.command("next run", self.top / "parts-index")

    def make_articles(self, name, first, count):
        (self.top / name).mkdir()
        with open(self.top / name / "a.jsonl", "w", encoding="utf-8") as out:
            subprocess.run([sys.executable, self.src / "tests/kill/make_corpus.py", self.src,
                            str(first), str(count)], stdout=out, check=True)

    def program(self, command, fault=None, state=None):
        """(status, standard output, standard error) of one of the programs."""
        env = dict(self.env)
        if fault:
            env |= {"LD_PRELOAD": str(self.bin / "tests/faults/libfault.so"),
                    "DX_FAULT": fault, "DX_FAULT_STATE": str(state)}
        folder = self.bin / "tests/faults" if command[0] == "dxsearch_shared" else self.bin
        done = subprocess.run([folder / command[0], *command[1:]], env=env, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    def command(self, task, index, fault=None, state=None):
        words = [word.format(i=index, w=index.parent, top=self.top) for word in TASKS[task][1]]
        return self.program(words, fault, state)

    def answers(self, index):
        """Which articles readers find, in whichever order, or None: there is no index."""
        status, out, err = self.program(["dxsearch_shared", "-i", str(index), "--batch",
                                         str(self.top / "q.tsv"), "--json", "--threads", "1"])
        if status > 1 and not (index / "index.mdb").exists():
            return None
        found = [json.loads(line) for line in out.splitlines()]
        return status, err, [(r["total"], sorted(hit["id"] for hit in r["hits"]))
                             for r in found]

    def articles(self, index):
        status, out, _ = self.program(["dxindex", "stats", "--json", "-i", str(index)])
        return json.loads(out)["articles"] if status == 0 else 0


class Trial:
    def __init__(self, world, task):
        self.world, self.task = world, task
        self.folder = Path(tempfile.mkdtemp(dir=world.top))
        self.index, self.state = self.folder / "ix", self.folder / "state"
        self.state.write_bytes(bytes(16))
        saved = world.top / f"{TASKS[task][0]}-index"
        if saved.exists():
            shutil.copytree(saved, self.index)

    def close(self):
        shutil.rmtree(self.folder)

    def run(self, fault):
        """Its result, and how many calls there were and failed."""
        self.state.write_bytes(bytes(16))
        result = self.world.command(self.task, self.index, fault, self.state)
        return result, struct.unpack("=QQ", self.state.read_bytes())


def faults_of(world, task):
    """All there are: the calls of each kind are counted first."""
    faults = []
    for calls, ways in WAYS.items():
        trial = Trial(world, task)
        (status, _, err), (count, _) = trial.run(f"{calls}:0:EIO")
        trial.close()
        assert status == 0, (task, calls, err)
        faults += [f"{calls}:{n}:{way}" for n in range(1, count + 1) for way in ways]
    return faults


def wanted_of(world, task):
    trial = Trial(world, task)
    before = world.answers(trial.index), world.articles(trial.index)
    (status, out, err), _ = trial.run("none:0:EIO")
    assert status == 0, err
    after = world.answers(trial.index), world.articles(trial.index)
    trial.close()
    return {"before": before, "after": after, "out": re.sub(r'"time_ms":[0-9.]+', "", out)}


def judge_index(world, trial, status, wanted, complain):
    before, after = wanted["before"], wanted["after"]
    index = trial.index
    if (index / "index.mdb").exists():
        checked, out, err = world.program(["dxindex", "check", "-q", "-i", str(index)])
        if checked != 0 and not (before[0] is None and "no index" in out + err):
            complain(f"not sound: {out}{err}")
    now, count = world.answers(index), world.articles(index)
    if status == 0 and now != after[0]:
        complain("status 0, and not as after the task")
    elif status == 3 and now != before[0] and count != before[1]:
        complain("status 3, and not as before")
    elif status == 1 and trial.task == "restore" and now != after[0]:
        complain("status 1, and not as after the task")
    elif not min(before[1], after[1]) <= count <= max(before[1], after[1]):
        complain(f"{count} articles")
    if index.exists() and (index / "index.mdb.new").exists():
        complain("index.mdb.new is left")


def judge_again(world, trial, wanted, complain):
    shutil.rmtree(trial.folder / "copy", ignore_errors=True)
    status, _, err = world.command(trial.task, trial.index)
    if status != 0 and not (trial.task == "remove" and status == 1):
        complain(f"again: status {status}, {err}")
    elif world.answers(trial.index) != wanted["after"][0]:
        complain("again: not as after the task")


def judge(world, trial, fault, wanted):
    failures = []

    def complain(what):
        failures.append(what.strip())

    try:
        (status, out, err), (_, failed) = trial.run(fault)
    except subprocess.TimeoutExpired:
        return ["hang"], False
    how = fault.split(":")[2]
    if world.verbose:
        print(trial.task, fault, "->", status, failed, err.strip())
    if status < 0 or "ended by signal" in err:
        complain("signal " + (signal.Signals(-status).name if status < 0 else err))
    elif status not in (0, 1, 3):
        complain(f"status {status}")
    if status != 0 and not err:
        complain(f"status {status} without a word")
    if status == 3 and how in ("ENOSPC", "full") and fault.startswith(("write", "fsync")) and (
            "disk is full" not in err and "No space left" not in err):
        complain("a full disk is called " + err)
    if trial.task == "search":
        if status == 0 and re.sub(r'"time_ms":[0-9.]+', "", out) != wanted["out"]:
            complain("another answer")
        return failures, failed > 0
    if trial.task == "backup" and status == 0:
        copied = trial.folder / "copy"
        if world.answers(copied) != wanted["after"][0]:
            complain("the copy is not like the index")
    judge_index(world, trial, status, wanted, complain)
    judge_again(world, trial, wanted, complain)
    return failures, failed > 0


def try_fault(world, task, fault, wanted):
    trial = Trial(world, task)
    failures, met = judge(world, trial, fault, wanted[task])
    trial.close()
    return task, fault, failures, met


def main():
    p = argparse.ArgumentParser()
    p.add_argument("bin")
    p.add_argument("src")
    p.add_argument("--sample", type=int, help="so many faults, of all kinds alike")
    p.add_argument("--seed", type=int, default=20261130)
    p.add_argument("--only", default="", help="those that this pattern is in")
    p.add_argument("-v", "--verbose", action="store_true")
    args = p.parse_args()
    world = World(args)
    try:
        chosen, wanted = [], {}
        for task in TASKS:
            wanted[task] = wanted_of(world, task)
            chosen += [(task, fault) for fault in faults_of(world, task)]
        total = len(chosen)
        chosen = [c for c in chosen if re.search(args.only, " ".join(c))]
        if args.sample:
            chosen = sample(chosen, args.sample, args.seed)
        kinds, met, tried = Counter(), 0, 0
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for task, fault, failures, fired in pool.map(
                    lambda c: try_fault(world, *c, wanted), chosen):
                tried += 1
                met += fired
                for failure in failures:
                    kinds[f"{task}: {failure[:150]}"] += 1
                    print(f"FAILED {task} {fault}: {failure}", flush=True)
        for failure in remote_failures(world):
            kinds["a remote file system"] += 1
            print(f"FAILED {failure}")
        for kind, count in kinds.most_common():
            print(f"{count:6} {kind}")
        print(f"{tried} of {total} faults tried, {met} met: {sum(kinds.values())} failures")
        return bool(kinds) or met == 0
    finally:
        shutil.rmtree(world.top)


def remote_failures(world):
    """An index on another machine's disk is warned of, unless -q, and made all the same."""
    failures = []
    for number, name in (("6969", "NFS"), ("ff534d42", "CIFS"), ("65735546", "FUSE"),
                         ("ef53", None)):
        for quiet in ([], ["-q"]):
            index = Path(tempfile.mkdtemp(dir=world.top)) / "ix"
            env = world.env | {"DX_FAULT_FS": number, "LD_PRELOAD":
                               str(world.bin / "tests/faults/libfault.so")}
            done = subprocess.run([world.bin / "dxindex", *quiet, "-i", index, world.top / "old"],
                                  env=env, check=False, capture_output=True, text=True)
            is_told = f"{index} is on {name}:" in done.stderr
            if done.returncode != 0 or is_told != (name is not None and not quiet):
                failures.append(f"a file system of type {number}: {done}")
    return failures


def sample(faults, count, seed):
    """As many of each task, kind of call and error."""
    rng, groups = random.Random(seed), {}
    for task, fault in faults:
        calls, _, how = fault.split(":")
        groups.setdefault((task, calls, how), []).append((task, fault))
    for group in groups.values():
        rng.shuffle(group)
    order = list(groups.values())
    rng.shuffle(order)
    picked = []
    while len(picked) < count and any(order):
        picked += [group.pop() for group in order if group]
    return picked[:count]


if __name__ == "__main__":
    sys.exit(main())
