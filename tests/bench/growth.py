"""How the time of each kind of query grows with the collection: dx alone, the same
queries of two sizes of one collection, where the larger begins with the smaller."""
import collections

import contest
import duel
import language
from engines import Dx
from processes import say

PART = 12      # of the larger collection, one in so many is in the smaller one
SHARE = 0.5    # of the growth of the articles, at most
FACETS_MS = 8  # added by counting, at most, where FACETS_OF of 1,200,000 match
FACETS_OF = 554_000
ROUNDS, SECONDS = 5, 30

Kind = collections.namedtuple("Kind", "what name queries")

FORMS = (
    Kind("two words of three months", "dates", "two"),
    Kind("two words, newest first", "newest", "two"),
    Kind("a frequent word, newest first", "newest", "broad"),
    Kind("a frequent word of three months", "dates", "broad"),
    Kind("facets of two words", "facets", "two"),
    Kind("facets of a frequent word", "facets", "broad"),
    Kind("a word and one misspelt", "fuzzy", "fuzzy"),
    Kind("suggestions", "suggest", "typed"),
)


def queries(data):
    forms = language.Forms(data.words)
    return {**duel.queries(data), "fuzzy": forms.fuzzy, "typed": forms.typed,
            "broad": language.broad(language.frequent_words(data.folded))}


class Growth:
    """Asks dx's indexes of a small and a large collection."""

    def __init__(self, asked, small, large):
        """`small` and `large` are pairs of a number of articles and an index."""
        self.asked = asked
        self.sizes = small, large
        self.limit = SHARE * large[0] / small[0]

    def answers(self, kind, index):
        pairs = self.asked[kind.queries][:duel.SLOW_QUERIES]
        return contest.contest(kind.name, pairs, [(Dx(), index)], ROUNDS,
                               SECONDS)["dx"]

    def row(self, kind):
        before, after = (self.answers(kind, index).mean() for _, index in self.sizes)
        growth = after / before
        print(f"{kind.what:<40}{before:>9.0f} us{after:>9.0f} us{growth:>7.1f}x"
              f"{self.limit:>9.1f}x  {'yes' if growth <= self.limit else 'NO'}",
              flush=True)

    def facets(self):
        """What counting adds, of the word that comes nearest to what the limit is of."""
        index = self.sizes[1][1]
        pairs = self.asked["broad"]
        entrants = [(Dx(), index), (Dx("dx-bare"), index)]
        both = contest.contest("facets", pairs, entrants, ROUNDS, SECONDS)
        totals = both["dx"].totals
        at = min(range(len(totals)), key=lambda i: abs(totals[i] - FACETS_OF))
        added = (both["dx"].best[at] - both["dx-bare"].best[at]) / 1000
        print(f"facets add, where {totals[at]:,} articles match: "
              f"{added:.1f} ms, at most {FACETS_MS}: "
              f"{'yes' if added <= FACETS_MS else 'NO'}", flush=True)

    def show(self, only=""):
        (few, _), (many, _) = self.sizes
        say("bench: growth")
        print(f"\n{'dx, the same queries':<40}{few:>12,}{many:>12,}  growth   at most"
              "  reached")
        for kind in (*duel.KINDS, *FORMS):
            if only in kind.what:
                self.row(kind)
        if only in "facets":
            self.facets()
