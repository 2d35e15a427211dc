"""Compares what CGI, FastCGI and HTTP answer to requests of every kind. The index is
in DX_INDEX."""
import json
import os
import re
import sys
import tempfile

from dxserve import Dxserve, cgi

# What is a server's own, not the answer's.
OWN = ("Date", "Connection", "Server", "Keep-Alive", "Transfer-Encoding")
HOSTILE = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"


def ids():
    page = json.loads(cgi("q=chuyen+doi+so&format=json").body)
    return [hit["id"] for hit in page["hits"][:2]]


def queries():
    yield from ("", "q=", "q=+", "q=chuyen+doi+so", "q=%22B%E1%BA%AFc+Giang%22", "q=khongcogihet",
                "q=chuyen&page=2", "q=chuyen&page=1000", "q=chuyen&sort=newest", "q=chuyen&sort=oldest",
                "q=chuyen+doi+so&scope=exact", "q=chuyen+doi+so&scope=others", "q=chuyen&literal=1",
                "q=hội+-nghị", "q=a%00b%FF", "q=100%+%zz", "%71=s%C3%B4ng", "q=" + "x" * 5000,
                "q=" + HOSTILE, "q=%0D%0ASet-Cookie:+a=b", "like=" + HOSTILE, "x=y&&=&q=ha+noi&lang=en",
                "q=ha+noi&lang=en", "format=opensearch", "script=1", "q=%u1ED9i", "q=date:2020", "q=\"", "q=((")
    for kind in ("json", "csv", "atom", "rss", "xml", "nothing"):
        yield from (f"q=chuyen+doi+so&format={kind}", f"q=&format={kind}", f"q=khongcogihet&format={kind}",
                    f"like=none&format={kind}")
    yield from ("q=ha+noi&format=json&facets=5", "q=ha+noi&format=json&limit=3&offset=2",
                "q=ha+noi&format=json&fields=title,url", "suggest=chuyen+d", "suggest=", "id=none")
    for one in ids():
        yield from (f"like={one}", f"id={one}", f"id={one}&q=chuyen+doi+so", f"id={one}&format=json")


def requests():
    for query in queries():
        yield query, "GET", {}
    for method in ("HEAD", "POST", "PUT", "OPTIONS", "DELETE"):
        yield "q=chuyen", method, {}
    yield "", "HEAD", {}
    for name, value in (("Accept-Language", "en"), ("Accept-Language", "vi;q=0.1, en"),
                        ("Origin", "https://tinh.example"), ("If-None-Match", "\"x\""),
                        ("If-Modified-Since", "Tue, 01 Dec 2099 00:00:00 GMT"), ("If-None-Match", "*"),
                        ("X-Forwarded-Proto", "https")):
        for query in ("q=chuyen", "q=chuyen&format=json", "q=chuyen&format=atom"):
            yield query, "GET", {name: value}
            yield query, "OPTIONS", {name: value}
    tag = dict(cgi("q=chuyen").headers).get("ETag")
    if tag:
        yield "q=chuyen", "GET", {"If-None-Match": tag}
        yield "q=chuyen", "HEAD", {"If-None-Match": tag}


def plain(response):
    """Without the time that a search took."""
    body = re.sub(rb'"time_ms":[0-9.]+|\([0-9.,]+ ms\)', b"T", response.body)
    kept = [(name, value) for name, value in response.headers
            if name not in OWN and not (name == "Content-Length" and body != response.body)]
    return response.status, sorted(kept), body


def compare(server, query, method, headers):
    headers = {"Host": f"127.0.0.1:{server.port}", **headers}
    wanted = plain(cgi(query, method, headers))
    failed = 0
    if wanted[0] == 204:
        assert all(name != "Transfer-Encoding" for name, _ in server.http(query, method, headers).headers)
    for name, got in (("FastCGI", server.fastcgi(query, method, headers)),
                      ("HTTP", server.http(query, method, headers))):
        if plain(got) != wanted:
            failed = 1
            print(f"{name}: {method} ?{query[:200]} {headers}", file=sys.stderr)
            for one, other in zip(wanted, plain(got)):
                if one != other:
                    at = next((i for i, (a, b) in enumerate(zip(str(one), str(other))) if a != b), 0)
                    for who, text in (("CGI", str(one)), (name, str(other))):
                        print(f"  {who:8}…{text[max(0, at - 100):at + 200]}", file=sys.stderr)
    return failed


def main():
    with tempfile.TemporaryDirectory() as none:
        failed = count = 0
        with Dxserve() as server:
            for request in requests():
                failed += compare(server, *request)
                count += 1
        os.environ["DX_INDEX"] = none + "/nothing"
        with Dxserve() as server:
            for query in ("", "q=a", "q=a&format=json", "like=1", "id=1", "q=a&format=atom", "suggest=a"):
                failed += compare(server, query, "GET", {})
                count += 1
    assert count > 80, count
    sys.exit(f"{failed} of {count} requests" if failed else 0)


main()
