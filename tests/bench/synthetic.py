"""Articles for the benchmark out of those there are: of the samples, so that it can
always run, and as many as are wanted out of a real corpus."""
import collections
import glob
import itertools
import json
import os
import random
import re

SEED = 20210
SENTENCES = (6, 24)
NEIGHBOURS = 21       # articles that a new one takes its sentences from
LONGEST_RUN = 4       # sentences in a row from one of them
OTHER_WORD = 0.2      # of the sentences get a word of another one: new pairs
OTHER_NUMBER = 0.3    # of the sentences get other numbers
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
NUMBER = re.compile(r"\d+")


# ---- of the samples ----

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
    """Write `articles` JSONL lines to the file named `out`: sentences of corpus/txt,
    shuffled. Good for trying the benchmark out; its figures say little, because so
    few words repeat so often."""
    pool = sentences(corpus_folder)
    dice = random.Random(SEED)
    with open(out, "w", encoding="utf-8") as file:
        for n in range(articles):
            parts = dice.choices(pool, k=dice.randint(*SENTENCES))
            json.dump({"id": f"synthetic-{n:06}", "title": parts[0],
                       "body": " ".join(parts[1:])}, file, ensure_ascii=False)
            file.write("\n")


# A made-up word is two to five of these.
SYLLABLES = "ba ka to ri mon sta vel dor xi zu lin fer gra pho net os tek wim jar bur".split()
MADE_UP = 0.01        # of the sentences end in one


def made_up(dice):
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 5))).capitalize()


def many(corpus_folder, articles, out):
    """Write `articles` JSONL lines to the file named `out`, of which each brings new
    pairs of words, numbers and now and then a word that none before had: what grows
    with a collection grows here, too."""
    pool = sentences(corpus_folder)
    dice = random.Random(SEED)
    with open(out, "w", encoding="utf-8") as file:
        for n in range(articles):
            parts = [changed(dice, s, dice.choice(pool))
                     for s in dice.choices(pool, k=dice.randint(*SENTENCES))]
            parts = [s + " " + made_up(dice) if dice.random() < MADE_UP else s
                     for s in parts]
            date = f"{2000 + n % 26}-{1 + n % 12:02}-{1 + n % 28:02}"
            json.dump({"id": f"many-{n:07}", "title": parts[0], "date": date,
                       "body": "\n".join(parts[1:])}, file, ensure_ascii=False)
            file.write("\n")


# ---- of a corpus ----

def parsed(path):
    """(article, its sentences) again and again from the first to the last."""
    while True:
        with open(path, encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                yield article, SENTENCE_END.split(article.get("body") or "")


def changed(dice, sentence, other):
    """Here and there a word of another sentence, and other numbers."""
    if dice.random() < OTHER_WORD:
        words = sentence.split(" ")
        words[dice.randrange(len(words))] = dice.choice(other.split(" "))
        sentence = " ".join(words)
    if dice.random() < OTHER_NUMBER:
        sentence = NUMBER.sub(
            lambda n: str(dice.randrange(10 ** min(len(n[0]), 9))), sentence)
    return sentence


def grow(corpus, articles, out):
    """Write the lines of `corpus` and then new articles until there are `articles`:
    each as long as one of the corpus, of sentences of its neighbours there, since
    those are about the same things as often as not."""
    dice = random.Random(SEED)
    number = 0
    with open(out, "w", encoding="utf-8") as file:
        with open(corpus, encoding="utf-8") as old:
            for line in old:
                file.write(line)
                number += 1
        source = parsed(corpus)
        near = collections.deque(itertools.islice(source, NEIGHBOURS), NEIGHBOURS)
        while number < articles:
            article, own = near[NEIGHBOURS // 2]
            body = []
            while len(body) < len(own):
                _, theirs = dice.choice(near)
                start = dice.randrange(len(theirs))
                body += theirs[start:start + dice.randint(1, LONGEST_RUN)]
            other = dice.choice(dice.choice(near)[1])
            body = [changed(dice, sentence, other) for sentence in body]
            title = changed(dice, article.get("title") or "", other)
            json.dump({**article, "id": f"grown-{number:07}", "title": title,
                       "body": " ".join(body)}, file, ensure_ascii=False)
            file.write("\n")
            number += 1
            near.append(next(source))
