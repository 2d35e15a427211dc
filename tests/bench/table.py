"""A table of what each engine takes, and of what share of that dx takes."""
from processes import say

LABEL_WIDTH, CELL_WIDTH = 40, 10


def microseconds(value):
    return f"{value:.0f} us" if value < 10000 else f"{value / 1000:.1f} ms"


def milliseconds(value):
    return f"{value:.2f} ms" if value < 100 else f"{value:.0f} ms"


def seconds(value):
    return f"{value:.1f} s"


def ratio(value):
    return f"{value:.3g}"


def count(value):
    return f"{value:,.0f}"


class Table:
    """Rows `what | dx | a rival | dx to it | … | at most | reached`."""

    def __init__(self, title, rivals):
        self.title = title
        self.rivals = rivals  # names, in the order of the columns
        self.rows = []

    def add(self, what, values, show=microseconds, floors=None, most=None,
            ratios=None):
        """`values` by engine. `floors` has for rivals what dx may take at most,
        as a share of what they take; `most` is how much dx may take. `ratios`, by
        rival, where it is not of these values."""
        ratios = ratios or {name: values["dx"] / values[name]
                            for name in values if name != "dx"}
        cells = [show(values["dx"])]
        for name in self.rivals:
            cells.append(show(values[name]) if name in values else "")
            cells.append(ratio(ratios[name]) if name in ratios else "")
        limits = [f"{name} {ratio(limit)}" for name, limit in (floors or {}).items()
                  if name in self.rivals]
        missed = [f"NO: {name}" for name, limit in (floors or {}).items()
                  if ratios.get(name, 0) > limit]
        if most is not None:
            limits.append(show(most))
            missed += ["NO"] if values["dx"] > most else []
        row = (what, *cells, ", ".join(limits),
               ", ".join(missed) or ("yes" if limits else ""))
        self.rows.append(row)
        say("  " + " | ".join(cell for cell in row if cell))

    def note(self, text):
        """A remark on the row before."""
        self.rows.append(("  " + text,))
        say("  " + text)

    def show(self):
        heads = ["dx"]
        for name in self.rivals:
            heads += [name, "dx/it"]
        rows = [("what", *heads, "at most", "reached")] + self.rows
        limits = max(len(row[-2]) for row in rows if len(row) > 1)
        print(f"\n{self.title}")
        for row in rows:
            if len(row) == 1:
                print(row[0])
                continue
            what, *cells, limit, reached = row
            print((what.ljust(LABEL_WIDTH) +
                   "".join(cell.rjust(CELL_WIDTH) for cell in cells) + "  " +
                   limit.ljust(limits) + "  " + reached).rstrip(), flush=True)
