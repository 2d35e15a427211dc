#!/usr/bin/env python3
"""Follows every link that the page and the JSON of dxsearch.cgi offer for some
queries, and checks that each finds what it promises.

usage: follow_links.py DXSEARCH_CGI QUERY_STRING...     (DX_INDEX is set)

A filter's count is the total of its link; another order, another page has the same
total; "and N more" leads to as many articles; a note's query finds something;
what is like an article is no failure. Prints what is wrong and exits with 1. Follows
a sample, or with DX_LONG all.
"""
import functools
import html.parser
import json
import os
import re
import subprocess
import sys
import urllib.parse

cgi = sys.argv[1]
problems, followed = [], 0


def sample(things, step):
    return things if os.environ.get("DX_LONG") else things[::step]


@functools.lru_cache(maxsize=None)
def ask(query_string):
    """The body of the answer, or None with a status other than 200."""
    done = subprocess.run([cgi, query_string], stdout=subprocess.PIPE, text=True, errors="replace")
    head, body = done.stdout.split("\n\n", 1) if "\n\n" in done.stdout else done.stdout.split("\r\n\r\n", 1)
    return None if re.search(r"^Status: (?!200)", head, re.M) else body


def answer(query_string):
    body = ask(query_string + "&format=json&counts=1")
    return None if body is None else json.loads(body)


def expect(right, what, got, wanted):
    if not right:
        problems.append(f"{what}: {got}, not {wanted}")


class Links(html.parser.HTMLParser):
    """Links of the page itself: (room they stand in, address, text, text behind)."""

    def __init__(self):
        super().__init__()
        self.room, self.links, self.open, self.behind = "", [], False, False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if self.room == "footer":
            return
        if tag in ("nav", "p", "ul", "section", "footer") and not (tag == "ul" and self.room == "filters"):
            self.room = values.get("class", tag)
        if tag == "a" and values["href"].startswith("?") and "&format=" not in values["href"]:
            self.links.append([self.room, values["href"][1:], "", ""])
            self.open = True
        self.behind = tag == "span" and bool(self.links)

    def handle_endtag(self, tag):
        self.open = self.open and tag != "a"
        self.behind = False

    def handle_data(self, data):
        if self.open:
            self.links[-1][2] += data
        elif self.behind:
            self.links[-1][3] = self.links[-1][3] or data


def follow_page(query_string):
    global followed
    total = answer(query_string)["total"]
    page = Links()
    page.feed(ask(query_string))
    for room, address, text, behind in sample(page.links, 3):
        followed += 1
        what = f"{query_string}: link {urllib.parse.unquote_plus(address)!r} ({text})"
        found = answer(address)
        if found is None:
            problems.append(f"{what}: fails")
        elif room == "filters":
            count = int(re.sub(r"\D", "", behind))
            expect(found["total"] == count, what, found["total"], count)
        elif room == "timeline":
            count = int(re.sub(r"\D", "", text.split(":")[1]))
            expect(found["total"] == count, what, found["total"], count)
        elif room in ("orders", "sizes"):
            expect(found["total"] == total, what, found["total"], total)
            expect(found["hits"], what, "no hits", "some")
        elif room == "pages":
            expect(found["total"] == total, what, found["total"], total)
            shown = re.search(r'<ol start="(\d+)">', ask(address))
            expect(shown, what, "no hits", "some")
        elif room == "summary" and "scope" in query_string and "scope" not in address:
            expect(found["total"] >= total, what, found["total"], f"at least {total}")
        elif room == "chips":
            expect(found["total"] >= total, what, found["total"], f"at least {total}")
        elif "gần giống" in text:
            count = int(re.sub(r"\D", "", text)) + 1
            expect(found["total"] >= count, what, found["total"], f"at least {count}")
        elif room == "notes" and "literal=1" not in address:
            expect(found["hits"], what, "nothing found", "something")


def quoted(value):
    """As docs/query.md says."""
    return '"' + re.sub(r'(["“”„«»\\])', r"\\\1", value) + '"'


def follow_json(query_string):
    global followed
    found = answer(query_string + "&facets=20")
    query = found["query"]
    for scope, count in (("exact", found["exact"]), ("others", found["total"] - found["exact"])):
        if 0 < found["exact"] < found["total"]:
            followed += 1
            other = answer(f"{query_string}&scope={scope}")["total"]
            expect(other == count, f"{query_string}: scope {scope}", other, count)
    for note in found["notes"]:
        if note["kind"] in ("keys", "corrected"):
            query = note["query"]
        if note["query"]:
            followed += 1
            other = answer("q=" + urllib.parse.quote(note["query"]))
            expect(other["hits"], f"{query_string}: note {note['query']!r}", "nothing", "something")
    for field, values in found.get("facets", {}).items():
        for value in sample(values, 4):
            followed += 1
            name = "date" if field in ("year", "month") else field
            asked = f"{name}:{quoted(value['value'])} ({query})"
            other = answer("q=" + urllib.parse.quote(asked) + ("&scope=exact" if found["exact"] else ""))
            expect(other["total"] == value["count"], f"{query_string}: facet {asked!r}", other["total"],
                   value["count"])
    for hit in sample(found["hits"], 4):
        followed += 1
        asked = f"dup:{quoted(hit['id'])}"
        ids = {h["id"] for h in answer("q=" + urllib.parse.quote(asked))["hits"]}
        expect(ids >= {hit["id"], *hit.get("similar_ids", [])}, f"{query_string}: {asked}", ids,
               [hit["id"], hit.get("similar_ids")])
        like = answer("like=" + urllib.parse.quote(hit["id"]))
        expect(like is not None, f"{query_string}: like {hit['id']!r}", "a failure", "an answer")


for query_string in sys.argv[2:]:
    follow_page(query_string)
    if not re.search(r"(^|&)(page|sort|like)=", query_string):
        follow_json(query_string)
for problem in problems:
    print(problem, file=sys.stderr)
print(f"{followed} links followed, {len(problems)} wrong")
sys.exit(bool(problems) or followed < 200)
