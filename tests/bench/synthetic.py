"""A corpus for the benchmark out of the sample articles, so that it can always
run: sentences of corpus/txt, shuffled with a fixed seed. Good for trying the
benchmark out; its figures say little, because so few words repeat so often."""
import glob
import json
import os
import random

SEED = 20210
SENTENCES = (6, 24)


def sentences(folder):
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "**/*.txt"), recursive=True)):
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except UnicodeDecodeError:
            continue  # kept in an old encoding on purpose
        for line in text.splitlines():
            found += [s.strip() + "." for s in line.split(". ") if len(s) > 20]
    return found


def write(corpus_folder, articles, out):
    """Write `articles` JSONL lines to the file named `out`."""
    pool = sentences(corpus_folder)
    dice = random.Random(SEED)
    with open(out, "w", encoding="utf-8") as file:
        for n in range(articles):
            parts = dice.choices(pool, k=dice.randint(*SENTENCES))
            json.dump({"id": f"synthetic-{n:06}", "title": parts[0],
                       "body": " ".join(parts[1:])}, file, ensure_ascii=False)
            file.write("\n")
