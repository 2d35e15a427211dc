#!/usr/bin/env python3
"""Writes JSONL articles made of the sample corpus: make_corpus.py SRC FIRST COUNT.

Article i is sample i mod 30 with its paragraphs turned and a number of its own,
so that no two are equal and the dictionary grows slowly, as that of news does.
"""
import json
import pathlib
import sys

source, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
samples = []
for path in sorted(pathlib.Path(source, "corpus", "txt").rglob("*.txt")):
    try:
        samples.append(path.read_text(encoding="utf-8").split("\n"))
    except UnicodeDecodeError:
        pass  # of the old encodings
for i in range(first, first + count):
    lines = samples[i % len(samples)]
    turn = i // len(samples) % len(lines)
    text = "\n".join(lines[turn:] + lines[:turn])
    article = {"id": f"a{i}", "title": f"Bài {i}: {lines[0][:80]}", "content": text}
    print(json.dumps(article, ensure_ascii=False))
