"""The forms of the query language, against the nearest thing that Xapian and FTS5
have: scripts/bench --queries."""
import json

import contest
import language
from engines import DXSEARCH, Dx
from processes import output, say
from table import count, microseconds, milliseconds

SLOWEST = 10  # legal queries to show
QUICK_QUERIES = 100
PHRASE_FLOOR = 0.3  # of Xapian
SECONDS = 60  # of a form; a round more is not begun


class Forms:
    """Asks dx and the rivals for each form; the index of each is built."""

    def __init__(self, table, data, indexes, rounds, quick):
        self.table = table
        self.data = data
        self.indexes = indexes  # pairs of engine and path
        self.dx = next(path for engine, path in indexes if engine.name == "dx")
        self.rounds = rounds
        self.quick = quick

    def run(self):
        forms = language.Forms(self.data.words)
        shares = language.frequent_words(self.data.folded)
        phrases = [language.both(run) for run in language.read_pairs(
            self.data.phrases)][:language.COUNT]
        self.form("phrase", "phrase of 3-5 syllables", phrases,
                  {"xapian": PHRASE_FLOOR})
        self.form("near", "two words NEAR/10", forms.near)
        self.form("prefix", "a word and a prefix", forms.prefix)
        self.alone("fuzzy", "a word and one misspelt", forms.fuzzy)
        self.form("dates", "two words of three months", forms.words)
        self.beside_words("dates", forms.words)
        self.form("newest", "two words, newest first", forms.words)
        self.beside_words("newest", forms.words)
        self.facets(language.broad(shares))
        self.suggestions(forms.typed)
        self.legal(language.Legal(self.data.words, shares))

    def ask(self, kind, pairs, entrants):
        pairs = pairs[:QUICK_QUERIES] if self.quick else pairs
        return contest.contest(kind, pairs, entrants, self.rounds, SECONDS)

    def form(self, kind, what, pairs, floors=None):
        values, ratios = contest.means(self.ask(kind, pairs, self.indexes))
        self.table.add(what, values, floors=floors, ratios=ratios)

    def alone(self, kind, what, pairs, name="dx", most=None):
        answers = self.ask(kind, pairs, [(Dx(name), self.dx)])[name]
        self.table.add(what, {"dx": answers.mean()}, most=most)
        return answers

    def bare(self, kind, pairs):
        """Answers of dx, and of dx asked for the words alone."""
        return self.ask(kind, pairs, [(Dx(), self.dx), (Dx("dx-bare"), self.dx)])

    def beside_words(self, kind, pairs):
        answers = self.bare(kind, pairs)
        self.table.add("  the words alone", {"dx": answers["dx-bare"].mean()})

    def facets(self, pairs):
        """What counting costs where a twelfth of all articles match."""
        self.form("facets", "facets of a frequent word", pairs)
        answers = self.bare("facets", pairs)
        totals = answers["dx"].totals
        self.table.add(
            f"  added, over {sum(totals) / len(totals):.0f} articles",
            {"dx": answers["dx"].mean() - answers["dx-bare"].mean()}, most=2000)

    def suggestions(self, pairs):
        for name, what in (("dx", "suggestions"),
                           ("dx-accented", "suggestions, with accents")):
            answers = self.alone("suggest", what, pairs, name, 1000)
            self.table.add("  99 of 100 within", {"dx": answers.share_within(.99)})

    def legal(self, queries):
        """The time of random legal queries, as dxsearch searches by default."""
        path = self.data.path("legal.tsv")
        queries.write(path)
        answers = [json.loads(line) for line in output(
            [DXSEARCH, "--index", self.dx, "--json", "--facets", "10",
             "--threads", "1", "--batch", path]).splitlines()]
        answers.sort(key=lambda answer: answer["time_ms"])
        times = [answer["time_ms"] for answer in answers]
        self.table.add("any legal query, median",
                       {"dx": times[len(times) // 2] * 1000}, microseconds)
        self.table.add("  99 of 100 within", {"dx": times[len(times) * 99 // 100]},
                       milliseconds, most=2000)
        self.table.add("  slowest", {"dx": times[-1]}, milliseconds)
        self.table.add("  out of time, answered with what there is",
                       {"dx": sum(answer["timed_out"] for answer in answers)}, count)
        for answer in answers[-SLOWEST:]:
            say(f"bench: {answer['time_ms']:.0f} ms: {answer['query']}")
