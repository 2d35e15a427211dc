"""The kinds of query in which dx is compared with Lucene and Tantivy, and what it
may take at most: a share of what they take."""
import collections
import sys

import contest
import language

QUERIES = 300       # of a kind; of those that are slow in some engine:
SLOW_QUERIES = 100
QUICK_QUERIES = 100
AHEAD = 0.9  # of each rival, unless another share is told

Kind = collections.namedtuple("Kind", "what name queries floors most fields",
                              defaults=({}, QUERIES, False))

BOTH = {"lucene": AHEAD, "tantivy": AHEAD}
# Kinds of which every engine has to have the same total.
AGREED = ("all", "prefix", "body")
KINDS = (
    Kind("all words, top 10 + total", "all", "words", BOTH),
    Kind("all words, no total", "all10", "words", BOTH),
    Kind("any words", "any", "words", BOTH),
    Kind("phrase of 3-5", "phrase", "phrases", BOTH),
    Kind("a word and a prefix", "prefix", "prefix", BOTH),
    Kind("default, unaccented", "default", "words", BOTH),
    # dx counts, reads accents into what is typed, and ranks by pairs.
    Kind("one word, top 10", "all10", "single", {"lucene": AHEAD, "tantivy": 2}),
    Kind("one word, default", "default", "single", {"lucene": AHEAD, "tantivy": 3}),
    Kind("one word + total", "all", "single", BOTH),
    Kind("two words, no total", "all10", "two", BOTH),
    # Of positions dx has none: it finds words near one another in the text.
    Kind("NEAR/10, two frequent words", "near", "near frequent", {"lucene": 2},
         SLOW_QUERIES),
    Kind("NEAR/10, words of a run", "near", "near", {"lucene": 2}, SLOW_QUERIES),
    Kind("frequent phrase of 4", "phrase", "tail", BOTH, SLOW_QUERIES),
    Kind("body: one word", "body", "single", {"lucene": 2, "tantivy": 2},
         SLOW_QUERIES, True),
)


def named(text):
    """Kinds whose name has `text` in it."""
    found = [kind for kind in KINDS if text in kind.what]
    if not found:
        sys.exit(f"bench: no kind is called '{text}'; there are:\n  " +
                 "\n  ".join(kind.what for kind in KINDS))
    return found


def queries(data):
    """Pairs of a query without accents and with, by the names in KINDS."""
    forms = language.Forms(data.words)
    return {
        "words": [language.both(run) for run in language.read_pairs(data.words)],
        "phrases": [language.both(run) for run in language.read_pairs(data.phrases)],
        "prefix": forms.prefix,
        "single": forms.single,
        "two": forms.words,
        "near": forms.near,
        "near frequent": language.frequent_pairs(language.frequent_words(data.folded)),
        "tail": language.frequent_phrases(data.folded),
    }


def run(table, kinds, asked, indexes, rounds, seconds, most):
    """A row for each of `kinds`. `asked` is what queries() returned, `indexes` a
    function of a kind: pairs of engine and index."""
    for kind in kinds:
        pairs = asked[kind.queries][:min(most, kind.most)]
        answers = contest.contest(kind.name, pairs, indexes(kind), rounds, seconds)
        values, ratios = contest.means(answers)
        table.add(kind.what, values, floors=kind.floors, ratios=ratios)
        if kind.name in AGREED:
            for name in answers.keys() - {"dx"}:
                if differ := contest.differing(answers, name):
                    table.note(f"{name} has another total of {differ} of these")
