#!/usr/bin/env python3
"""Checks a response of dxsearch.cgi on standard input: headers, and a page that
is well-formed, accessible and safe. Prints what is wrong and exits with 1.

usage: dxsearch.cgi 'q=x' | check_page.py
"""
import html.parser
import re
import sys

VOID = {"meta", "input", "br", "hr", "link", "img", "path", "rect"}
CLASS = {"class"}
ALLOWED = {
    "html": {"lang"}, "head": set(), "body": set(), "title": set(), "style": set(), "header": set(),
    "main": {"id"}, "meta": {"charset", "name", "content"}, "form": {"method", "role", "class"}, "label": {"for"},
    "div": CLASS, "button": {"type"}, "h1": CLASS, "h2": set(), "p": {"class", "role"},
    "input": {"type", "id", "name", "maxlength", "autocapitalize", "spellcheck", "enterkeyhint", "autofocus", "value",
              "autocomplete", "role", "aria-autocomplete", "aria-expanded", "aria-controls"},
    "ol": {"start"}, "ul": {"id", "class", "role", "aria-label", "hidden"}, "li": CLASS,
    "a": {"href", "rel", "class", "lang", "hreflang"}, "time": {"datetime"}, "strong": CLASS,
    "mark": set(), "b": {"aria-hidden"}, "i": set(), "nav": {"class", "aria-label"}, "span": {"aria-current", "class"},
    "section": {"class", "aria-label"}, "details": CLASS, "summary": set(), "footer": set(),
    "link": {"rel", "type", "title", "href"}, "script": {"src", "defer", "type"},
    "svg": {"viewbox", "preserveaspectratio", "role", "aria-label"}, "path": {"d"}, "rect": {"x", "width", "height"},
    "table": set(), "tbody": set(), "tr": set(), "th": {"scope"}, "td": set(),
    "img": {"class", "src", "alt", "loading", "width", "height"},
}
problems = []


def check(condition, text):
    if not condition:
        problems.append(text)


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.open, self.seen, self.labelled, self.ids = [], [], set(), set()
        self.bare = 0  # inputs that people see, within no label and with no label for them

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        values = dict(attrs)
        check(tag in ALLOWED, f"<{tag}> is no element of ours")
        check(set(names) <= ALLOWED.get(tag, set()), f"<{tag}> with {names}")
        check(len(names) == len(set(names)), f"<{tag}> repeats an attribute")
        check(not any(name.startswith("on") or name == "style" for name in names), f"<{tag}> acts: {names}")
        self.seen.append(tag if "svg" not in self.open else "svg " + tag)
        if tag == "a":
            href = values.get("href", "")
            check(re.match(r"https?://[^/]|\?(q|like|id|lang|advanced)=|\?$|#main$", href, re.I), f"a link to {href}")
            check(not re.search(r"[\x00-\x20<>\"]", href), f"not an address: {href}")
        if tag == "label" and "for" in values:
            self.labelled.add(values["for"])
        if tag == "script":
            check(re.fullmatch(r"\?script=[0-9a-f]+", values.get("src", "")) or
                  values.get("type") == "application/ld+json", f"a script: {values}")
        if tag == "img":
            check(values.get("alt") is not None and re.match(r"https?://[^/]|/[^/]", values["src"]), f"a picture: {values}")
        if tag == "input" and values.get("type") != "hidden" and "label" not in self.open:
            self.bare += values.get("id") not in self.labelled
        if "id" in values:
            check(values["id"] not in self.ids, "an id twice")
            self.ids.add(values["id"])
        if tag == "time":
            check(re.fullmatch(r"\d{4}-\d\d-\d\d", values["datetime"]), f"no date: {values}")
        if tag == "html":
            check(values.get("lang") in ("vi", "en"), "no language")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:  # <path/>
            return
        check(self.open and self.open[-1] == tag, f"</{tag}> within {self.open}")
        if self.open:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            check("<" not in data and ">" not in data, f"a bare < or > in {data!r}")

    def handle_entityref(self, name):
        check(name in ("amp", "lt", "gt", "quot"), f"&{name};")

    def handle_comment(self, data):
        check(False, f"a comment: {data}")


raw = sys.stdin.buffer.read()
text = raw.decode("utf-8")  # raises when it is not
head, _, body = text.partition("\n\n")
headers = dict(line.split(": ", 1) for line in head.split("\n"))
check(headers["Content-Type"] == "text/html; charset=utf-8", "content type")
check(int(headers["Content-Length"]) == len(body.encode()), "content length")
check(headers["X-Content-Type-Options"] == "nosniff", "nosniff")
check("Referrer-Policy" in headers, "referrer policy")
policy = headers["Content-Security-Policy"]
check("default-src 'none'" in policy and "unsafe" not in policy, policy)
check(body.startswith("<!DOCTYPE html>\n"), "doctype")
check(not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), "control characters")
check("&" not in re.sub(r"&(amp|lt|gt|quot|#39);", "", body), "a bare &")
page = Page()
page.feed(body)
page.close()
check(not page.open, f"never closed: {page.open}")
for tag in ("html", "head", "title", "body", "main"):
    check(page.seen.count(tag) == 1, f"<{tag}> {page.seen.count(tag)} times")
check(page.bare == 0 and "q" in page.labelled, "a field has no label")
check(page.seen.count("h1") == 1, f"{page.seen.count('h1')} headings of the page")
check(page.ids == {"q", "main"} | ({"suggestions"} if 'id="suggestions"' in body else set()), f"ids: {page.ids}")
check(len(body.encode()) <= 60000, f"{len(body.encode())} bytes")
for problem in problems:
    print(problem)
sys.exit(bool(problems))
