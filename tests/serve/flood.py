"""Asks dxserve COUNT times over FastCGI, in threads, sixty kinds of requests in turn, and looks
at each answer. usage: flood.py COUNT [sanitized]"""
import json
import random
import sys
import threading
import urllib.parse

from dxserve import Dxserve, cgi, fastcgi, variables

COUNT, SANITIZED = int(sys.argv[1]), "sanitized" in sys.argv[2:]
THREADS = 4
# Glibc's arenas settle within the first requests of each kind.
SETTLED = 0.25
GROWTH_KB = 4096

WORDS = ("chuyển đổi số", "Hà Nội", "bac giang", "hoi nghi", "công an", "covid", "nghị quyết 57", "sông", "trường học")
HOSTILE = ('"><script>alert(1)</script>', "javascript:alert(1)", "\0\1\2", "\r\nSet-Cookie: a=b\r\n\r\n<h1>", "../../etc/passwd",
           "%s%s%n", "' OR 1=1 --", "\ud800", "((((((((", "\"" * 999, "a " * 2000, "-" * 500, "*" * 300, "{{title}}",
           "title:" * 200, "NEAR " * 200, "(" * 5000, "a*" * 400, "date:9999..0000", "\u202e\u0301" * 300)


def quote(text):
    return urllib.parse.quote_plus(text.encode("utf-8", "surrogatepass"))


def kinds(random_of):
    word = quote(random_of.choice(WORDS))
    evil = quote(random_of.choice(HOSTILE))
    number = random_of.choice(("0", "1", "7", "1000", "-1", "99999999999999999999", "x", ""))
    for form in ("html", "json", "csv", "atom", "rss", "nothing"):
        yield f"q={word}&format={form}"
        yield f"q={evil}&format={form}"
        yield f"q={word}&format={form}&page={number}&lang=en"
    for name in ("like", "id", "suggest", "scope", "sort", "literal", "facets", "fields", "limit", "offset", "lang", "from",
                 "to", "page", "format", "opensearch", "script"):
        yield f"{name}={evil}&q={word}"
        yield f"{name}={evil}"
    yield from ("", "q=", "&&&&=&=", "q=" + "%" * 3000, "q=" + "%00" * 500, "x=" + "y" * 9000, "q=" + word + "&q=" + evil,
                f"q={word}+-{word}&sort=newest&facets=100&limit={number}")


METHODS = ("GET",) * 12 + ("HEAD", "POST", "OPTIONS", "\x7f")


def look(query, method, answer):
    assert answer.status in (200, 204, 304, 400, 404, 405), (query[:300], method, answer.status, answer.body[:300])
    names = [name for name, _ in answer.headers]
    assert "Set-Cookie" not in names and len(names) == len(set(names)), names
    kind = dict(answer.headers).get("Content-Type", "")
    if method == "HEAD":
        assert answer.body == b"", query
        return
    text = answer.body.decode("utf-8")  # is UTF-8, always
    assert "<script>alert" not in text and "href=\"javascript:" not in text, query
    if kind.startswith("application/json"):
        json.loads(text)
    elif kind.startswith("text/html"):
        assert text.startswith("<!DOCTYPE html>") and text.rstrip().endswith("</html>"), query


class Flood:
    def __init__(self, server):
        self.server, self.left, self.lock, self.errors = server, 0, threading.Lock(), []

    def take(self):
        with self.lock:
            if self.left == 0 or self.errors:
                return False
            self.left -= 1
            return True

    def ask(self, seed):
        random_of = random.Random(seed)
        while True:
            for query in kinds(random_of):
                if not self.take():
                    return
                method = random_of.choice(METHODS)
                try:
                    look(query, method, fastcgi(self.server.socket, variables(query, method)))
                except Exception as error:  # whatever it is, it ends the flood
                    self.errors.append(repr((query[:300], method, error)))

    def run(self, count, seed):
        self.left = count
        threads = [threading.Thread(target=self.ask, args=(seed + i,)) for i in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not self.errors, self.errors[0]


def main():
    assert len(list(kinds(random.Random(1)))) == 60
    with Dxserve() as server:
        flood = Flood(server)
        flood.run(int(COUNT * SETTLED), 1)
        before = server.memory_kb()
        flood.run(COUNT - int(COUNT * SETTLED), 1000)
        after = server.memory_kb()
        print(f"{COUNT} requests; memory {before} kB, then {after} kB")
        assert SANITIZED or after - before < GROWTH_KB, (before, after)
        assert server.metric("dx_index_errors_total") == 0
        # After all that, what was asked is what is answered.
        assert server.fastcgi("q=ha+noi").body == cgi("q=ha+noi", headers={}).body
        assert "dxserve: " not in server.said().split("FastCGI on", 1)[1].split("\n", 1)[1], server.said()


main()
