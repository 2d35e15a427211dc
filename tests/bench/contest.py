"""Asks engines the same queries in turn, a whole batch at a time."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

WARM_SECONDS = 20  # an engine is not warmed for longer
LEAST_ROUNDS = 2   # whatever they take


class Answers:
    """Of one engine to the first of the queries, or to all."""

    def __init__(self):
        self.rounds = []   # microseconds of each query
        self.totals = []   # of the last round

    @property
    def best(self):
        """A query's time is its least: on a machine that others use too, that
        tells most."""
        return [min(times) for times in zip(*self.rounds)]

    def mean(self, first=None):
        return statistics.mean(self.best[:first])

    def share_within(self, share):
        ordered = sorted(self.best)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


class Server:
    """A running engine, and the file of its queries."""

    def __init__(self, engine, index, kind, pairs, folder):
        self.engine = engine
        self.kind = kind
        self.count = min(len(pairs), engine.limits.get(kind, len(pairs)))
        self.path = os.path.join(folder, engine.name + ".queries")
        self.answers = Answers()
        with open(self.path, "w", encoding="utf-8") as file:
            file.writelines(f"{folded}\t{accented}\n"
                            for folded, accented in pairs[:self.count])
        self.log = os.path.join(folder, engine.name + ".log")
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                engine.serve(index), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=log, text=True)

    def batch(self):
        """Microseconds of each query; keeps the totals."""
        self.process.stdin.write(f"{self.kind}\t{self.path}\n")
        self.process.stdin.flush()
        times, self.answers.totals = [], []
        while line := self.process.stdout.readline().strip():
            total, _, us = line.split("\t")
            self.answers.totals.append(int(total))
            times.append(float(us))
        if len(times) != self.count:
            with open(self.log, encoding="utf-8") as log:
                sys.exit(f"bench: {self.engine.name} gave {len(times)} answers to "
                         f"{self.count} queries of kind {self.kind}\n{log.read()}")
        return times

    def warm(self):
        end = time.monotonic() + WARM_SECONDS
        self.batch()
        asked = self.count
        while asked < self.engine.warm_queries and time.monotonic() < end:
            self.batch()
            asked += self.count

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def contest(kind, pairs, entrants, rounds, seconds):
    """Answers by the name of the engine. `pairs` are queries without accents and
    with, `entrants` pairs of engine and index. After `seconds` no round begins."""
    with tempfile.TemporaryDirectory(prefix="dx-bench-") as folder:
        servers = [Server(engine, index, kind, pairs, folder)
                   for engine, index in entrants]
        for server in servers:
            server.warm()
        end = time.monotonic() + seconds
        for number in range(rounds):
            if number >= LEAST_ROUNDS and time.monotonic() > end:
                break
            # Another begins each time: whatever slows the machine slows all.
            turn = number % len(servers)
            for server in servers[turn:] + servers[:turn]:
                server.answers.rounds.append(server.batch())
        for server in servers:
            server.close()
    return {server.engine.name: server.answers for server in servers}


def means(answers):
    """(values, ratios) for a Table: a rival's ratio is over what it was asked."""
    values = {name: answer.mean() for name, answer in answers.items()}
    ratios = {name: answers["dx"].mean(len(answer.best)) / values[name]
              for name, answer in answers.items() if name != "dx"}
    return values, ratios


def differing(answers, name):
    """Queries to which the rival has another total than dx."""
    return sum(a != b for a, b in zip(answers["dx"].totals, answers[name].totals))
