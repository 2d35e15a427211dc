#!/usr/bin/env python3
"""Writes dxquery(7) from docs/query.md to standard output: what a reader needs to write
queries. tests/scripts/check_manual.sh holds docs/man/dxquery.7 to it.

Usage: docs/man/make_dxquery.py >docs/man/dxquery.7"""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "query.md"
LEFT_OUT = ("For developers",)
HEAD = r"""'\" t
.\" Made from docs/query.md by docs/man/make_dxquery.py.
.TH DXQUERY 7 "" dx "Miscellaneous"
.SH NAME
dxquery \- the query language of dx
.SH DESCRIPTION"""
TAIL = r""".SH SEE ALSO
.BR dx (7),
.BR dxsearch (1),
.BR dxsearch.cgi (8);
.I /usr/local/share/doc/dx/query.md
"""


def plain(text: str) -> str:
    """Text that troff leaves alone."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti")
    text = text.replace("`", "\\(ga").replace("'", "\\(aq")
    return re.sub(r"^([.])", r"\\&\1", text)


def inline(text: str) -> str:
    """Code in bold, emphasis in italics, links as their text."""
    text = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text)
    parts = re.split(r"(`[^`]*`|\*\*[^*]+\*\*|(?<![*\w])\*[^*\s][^*]*\*)", text)
    out = ""
    for part in parts:
        if part.startswith("`"):
            out += "\\fB" + plain(part[1:-1]) + "\\fR"
        elif part.startswith("**"):
            out += "\\fB" + inline(part[2:-2]).replace("\\fB", "").replace("\\fR", "") + "\\fR"
        elif part.startswith("*") and len(part) > 2:
            out += "\\fI" + plain(part[1:-1]) + "\\fR"
        else:
            out += plain(part)
    return re.sub(r"^([.'])", r"\\&\1", out)


def cells(row: str) -> "list[str]":
    parts = re.split(r"(?<!\\)\|", row.strip().strip("|"))
    return [part.strip().replace("\\|", "|") for part in parts]


def table(rows: "list[str]") -> "list[str]":
    """The first column as what is typed, the others as what it means."""
    out = []
    has_other_names = cells(rows[0])[1:2] == ["Also"]
    for row in rows[2:]:
        first, *rest = cells(row)
        if has_other_names:
            first = f"{first} {rest.pop(0)}".rstrip()
        said = "; ".join(inline(cell) for cell in rest if cell)
        out += [".TP", inline(first), said or "\\&"]
    return out


def page(text: str) -> "list[str]":
    out, lines = [], text.split("\n")
    left_out = is_item = False
    i = 0
    while i < len(lines):
        line = lines[i]
        i += 1
        heading = re.match(r"(#+) (.*)", line)
        if heading:
            left_out = heading[2] in LEFT_OUT or len(heading[1]) == 1 and bool(out)
            if len(heading[1]) > 1 and not left_out:
                out.append((".SH " if len(heading[1]) == 2 else ".SS ") + '"' + plain(heading[2].upper() if len(heading[1]) == 2 else heading[2]) + '"')
            is_item = False
        elif left_out:
            continue
        elif line.startswith("|"):
            rows = [line]
            while i < len(lines) and lines[i].startswith("|"):
                rows.append(lines[i])
                i += 1
            out += table(rows) + [".PP"]
        elif line.startswith("    ") or line.startswith("```"):
            is_fenced = line.startswith("```")
            block = [] if is_fenced else [line[4:]]
            while i < len(lines) and not (lines[i] == "```" if is_fenced else lines[i] and not lines[i].startswith("    ")):
                block.append(lines[i] if is_fenced else lines[i][4:])
                i += 1
            i += is_fenced
            while block and not block[-1]:
                block.pop()
            out += [".PP", ".nf", ".RS"] + [plain(row) or "\\&" for row in block] + [".RE", ".fi", ".PP"]
        elif line.startswith("- "):
            item = line[2:]
            while i < len(lines) and lines[i].startswith("  "):
                item += " " + lines[i].strip()
                i += 1
            out += [".IP \\(bu 2", inline(item)]
            is_item = True
        elif not line:
            if out and out[-1] not in (".PP",) and not out[-1].startswith((".SH", ".SS")):
                out.append(".PP")
        else:
            paragraph = line
            while i < len(lines) and lines[i] and not re.match(r"[|#`-]|    ", lines[i]):
                paragraph += " " + lines[i]
                i += 1
            out.append(inline(paragraph))
    # No blank paragraph before what makes one itself.
    return [line for n, line in enumerate(out)
            if line != ".PP" or n + 1 < len(out) and not out[n + 1].startswith((".PP", ".SH", ".SS", ".TP", ".IP"))]


def main() -> None:
    body = page(SOURCE.read_text())
    print(HEAD)
    print("\n".join(body))
    print(TAIL, end="")


main()
