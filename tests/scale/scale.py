"""Indexes a large collection of its own making, and fails where memory or disk are not
kept to: what dxindex may take is 1.2 times --memory, and on the disk the index that
there was and the one that results (small segments, which have many words twice, count
as a quarter more).

usage: scale.py DXINDEX SOURCE_FOLDER [ARTICLES]

Times are printed and not judged. Takes 12 GB of disk for 1,200,000 articles (the
default), below $TMPDIR.
"""
import os
import subprocess
import sys
import tempfile
import threading
import time

MEMORY = {"64M": 64, "512M": 512, "2G": 2048}
MEMORY_FACTOR = 1.2
DISK_FACTOR = 2.25
CHECK_MIB = 64       # see docs/man/dxindex.1; 0.6 million words, a million articles
SAMPLE_SECONDS = 0.02
RUNS = 200


def anonymous_kib(pid):
    """What is in memory and is not a file: those pages the system can drop."""
    total = 0
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith(("RssAnon:", "RssShmem:", "VmSwap:")):
                    total += int(line.split()[1])
    except OSError:
        pass
    return total


def processes_of(pid):
    """It, and the one that it may have its work done by."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
            return [pid, *map(int, children.read().split())]
    except OSError:
        return [pid]


def disk_bytes(folder):
    total = 0
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        try:
            total += os.stat(os.path.join(folder, name)).st_blocks * 512
        except OSError:
            pass
    return total


class Run:
    """One process, and the most that it took of memory and disk."""

    def __init__(self, command, index):
        self.memory_mib = self.disk_mib = 0
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        sampler = threading.Thread(target=self.sample, args=(process, index))
        sampler.start()
        self.output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.join()
        self.seconds = time.monotonic() - start
        self.cpu_seconds = usage.ru_utime + usage.ru_stime
        self.written_mib = usage.ru_oublock / 2048
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)}: status {process.returncode}: {self.output}")

    def sample(self, process, index):
        while process.returncode is None:
            kib = sum(map(anonymous_kib, processes_of(process.pid)))
            self.memory_mib = max(self.memory_mib, kib / 1024)
            self.disk_mib = max(self.disk_mib, disk_bytes(index) / 2**20)
            time.sleep(SAMPLE_SECONDS)

    def __str__(self):
        return (f"{self.cpu_seconds:7.1f} s of CPU in {self.seconds:7.1f} s, "
                f"{self.memory_mib:5.0f} MiB of memory, {self.disk_mib:6.0f} MiB of disk "
                f"at the peak, {self.written_mib:6.0f} MiB written")


class Judge:
    def __init__(self):
        self.failures = []

    def expect(self, what, value, most):
        if value > most:
            self.failures.append(f"{what}: {value:.0f} MiB, more than {most:.0f}")


def index_all(judge, dxindex, corpus, folder, memory):
    index = os.path.join(folder, memory)
    for what, options in (("index", [corpus]), ("optimize", ["--optimize", corpus])):
        before = disk_bytes(index) / 2**20
        run = Run([dxindex, "--quiet", "--memory", memory, "--index", index, *options],
                  index)
        after = disk_bytes(index) / 2**20
        print(f"{memory:>5} {what:9}{run}, {after:.0f} left", flush=True)
        judge.expect(f"memory at {memory}, {what}", run.memory_mib,
                     MEMORY[memory] * MEMORY_FACTOR)
        judge.expect(f"disk at {memory}, {what}", run.disk_mib,
                     max(before + after, DISK_FACTOR * after))
    return index


def one_by_one(dxindex, index, folder):
    """Runs of one article each beside a large index."""
    new = os.path.join(folder, "new")
    os.mkdir(new)
    runs = []
    for n in range(RUNS):
        with open(os.path.join(new, f"{n}.txt"), "w", encoding="utf-8") as file:
            file.write(f"Bài mới số {n}\n\nNội dung của bài số {n}.\n")
        runs.append(Run([dxindex, "--quiet", "--index", index, new], index))
    times = sorted(run.seconds * 1000 for run in runs)
    cpu = sorted(run.cpu_seconds * 1000 for run in runs)
    print(f"{RUNS} runs of one article: {times[RUNS // 2]:.0f} ms in the middle, "
          f"{times[-RUNS // 10]:.0f} of one in ten, {times[-1]:.0f} at most; of CPU "
          f"{cpu[RUNS // 2]:.0f}, {cpu[-RUNS // 10]:.0f}, {cpu[-1]:.0f}; "
          f"{sum(run.written_mib for run in runs):.1f} MiB written", flush=True)


def main(dxindex, source, articles):
    sys.path.insert(0, os.path.join(source, "tests", "bench"))
    import synthetic
    judge = Judge()
    with tempfile.TemporaryDirectory() as folder:
        corpus = os.path.join(folder, "many.jsonl")
        synthetic.many(os.path.join(source, "corpus", "txt"), articles, corpus)
        print(f"{articles:,} articles, {os.stat(corpus).st_size / 1e6:,.0f} MB", flush=True)
        for memory in MEMORY:
            index = index_all(judge, dxindex, corpus, folder, memory)
            if memory != list(MEMORY)[-1]:
                subprocess.run(["rm", "-r", index], check=True)
        check = Run([dxindex, "check", "--index", index], index)
        print(f"      check    {check}", flush=True)
        judge.expect("memory of check", check.memory_mib, CHECK_MIB)
        one_by_one(dxindex, index, folder)
    for failure in judge.failures:
        print(f"scale: {failure}", file=sys.stderr)
    sys.exit(1 if judge.failures else 0)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:3], int(sys.argv[3]) if len(sys.argv) > 3 else 1200000)
