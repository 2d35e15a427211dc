#!/usr/bin/env python3
"""Checks a CGI response with a feed, as a program that reads feeds would take it.

usage: check_feed.py atom|rss <RESPONSE     prints one entry a line: id, date, title, link

Without feedparser (Debian: python3-feedparser) only the XML is read."""
import re
import sys
import xml.etree.ElementTree as ElementTree

kind = sys.argv[1]
head, _, body = sys.stdin.buffer.read().partition(b"\n\n")
assert f"Content-Type: application/{kind}+xml; charset=utf-8" in head.decode().splitlines(), head
root = ElementTree.fromstring(body)
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
TIME = r"\d{4}-\d\d-\d\dT00:00:00\+07:00"
entries = []
if kind == "atom":
    assert root.tag == ATOM + "feed"
    for element in [root, *root.findall(ATOM + "entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, (name, "must be there once (RFC 4287)")
        assert re.fullmatch(TIME, element.findtext(ATOM + "updated"))
        assert re.match(r"[a-z][a-z0-9+.-]*:[!-~]+$", element.findtext(ATOM + "id"), re.I), element.findtext(ATOM + "id")
    assert root.find(ATOM + "author") is not None
    assert [link.get("rel") for link in root.findall(ATOM + "link")] == ["self", "alternate"]
    for entry in root.findall(ATOM + "entry"):
        assert entry.find(ATOM + "summary") is not None or entry.find(ATOM + "link") is not None
        link = entry.find(ATOM + "link")
        entries.append((entry.findtext(ATOM + "id"), entry.findtext(ATOM + "published", "")[:10],
                        entry.findtext(ATOM + "title"), "" if link is None else link.get("href")))
else:
    assert root.tag == "rss" and root.get("version") == "2.0"
    channel = root.find("channel")
    for name in ("title", "link", "description", "language"):
        assert len(channel.findall(name)) == 1, name
    for item in channel.findall("item"):
        assert item.findtext("title") or item.findtext("description")
        guid = item.find("guid")
        assert guid.get("isPermaLink") == ("true" if re.match("https?:", guid.text, re.I) else "false")
        assert re.fullmatch(r"|\w{3}, \d\d \w{3} \d{4} 00:00:00 \+0700", item.findtext("pubDate", ""))
        entries.append((guid.text, item.findtext("pubDate", ""), item.findtext("title"), item.findtext("link", "")))
assert len({entry[0] for entry in entries}) == len(entries), "ids are not unique"
try:
    import feedparser
except ImportError:
    feedparser = None
if feedparser:
    feed = feedparser.parse(body)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == {"atom": "atom10", "rss": "rss20"}[kind], feed.version
    assert [e.id for e in feed.entries] == [e[0] for e in entries]
    for entry in feed.entries:
        assert not re.search(r"<(?!/?b>)", entry.get("summary", "")), entry.summary
        if "published" in entry:
            assert entry.published_parsed, entry.published
for entry in entries:
    print("\t".join(part.replace("\t", " ").replace("\n", " ") for part in entry))
