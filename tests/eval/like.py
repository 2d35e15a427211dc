#!/usr/bin/env python3
"""Measure "more like this": how well the two halves of an article find each other.

usage: like.py CORPUS.jsonl [--articles N]

Cuts N articles of the corpus in two, the title staying with the first half, and
indexes them among all others. Each half is asked for what is like it; the other
half should come first. Prints the share that does, the mean reciprocal rank
among ten and the time of the search.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS_MIN = 200


def halves(article):
    """Its body, cut at the blank nearest to the middle."""
    body = article["body"]
    at = body.find(" ", len(body) // 2)
    return body[:at], body[at:]


def write_corpus(path, lines, chosen):
    with open(path, "w", encoding="utf-8") as file:
        for number, line in enumerate(lines):
            if number not in chosen:
                file.write(line)
                continue
            article = json.loads(line)
            for part, body in zip("ab", halves(article)):
                title = article["title"] if part == "a" else ""
                file.write(json.dumps({"id": f"{part}{number}", "title": title, "body": body},
                                      ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=1000)
    args = parser.parse_args()
    programs = os.environ.get("DX_BIN", os.path.join(HERE, "../../build/release"))

    random.seed(1)
    with open(args.corpus, encoding="utf-8") as file:
        lines = file.readlines()
    long_enough = [i for i, line in enumerate(lines) if line.count(" ") >= WORDS_MIN]
    chosen = set(random.sample(long_enough, min(len(long_enough), args.articles)))
    with tempfile.TemporaryDirectory() as work:
        corpus, index = os.path.join(work, "c.jsonl"), os.path.join(work, "i")
        write_corpus(corpus, lines, chosen)
        subprocess.run([os.path.join(programs, "dxindex"), "--quiet", "--index", index, corpus],
                       check=True)
        first, reciprocal, times = 0, 0.0, []
        for number in sorted(chosen):
            for part, other in ("ab", "ba"):
                out = subprocess.run(
                    [os.path.join(programs, "dxsearch"), "--index", index, "--json",
                     "--like", f"{part}{number}"], stdout=subprocess.PIPE, text=True).stdout
                page = json.loads(out)
                found = [hit["id"] for hit in page["hits"]]
                times.append(page["time_ms"])
                if f"{other}{number}" in found:
                    rank = found.index(f"{other}{number}") + 1
                    first += rank == 1
                    reciprocal += 1 / rank
    times.sort()
    print(f"{len(times)} halves: {first / len(times):.3f} find the other first, "
          f"MRR@10 {reciprocal / len(times):.3f}; median {times[len(times) // 2]:.2f} ms, "
          f"99 % within {times[len(times) * 99 // 100]:.2f} ms")


if __name__ == "__main__":
    sys.exit(main())
