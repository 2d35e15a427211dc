"""Asks a web server for the search page in its three forms. usage: deployed.py SERVER PORT LOGS"""
import gzip
import os
import re
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from dxserve import PATIENCE_S, http_ask

SERVER, PORT, LOGS = sys.argv[1], int(sys.argv[2]), sys.argv[3]
FORMS = ("/tim-kiem", "/tim-kiem-http", "/tim-kiem-cgi")
# What a server sets or changes for itself, or the length of what it packs.
OWN = {"date", "server", "connection", "keep-alive", "transfer-encoding", "content-length", "vary", "accept-ranges",
       "etag"}  # …and what follows from its path


def get(target, method="GET", headers=()):
    if SERVER == "nginx":
        time.sleep(0.1)  # which its limit lets through
    return get_at_once(target, method, headers)


def get_at_once(target, method="GET", headers=()):
    with socket.create_connection(("127.0.0.1", PORT), PATIENCE_S) as connection:
        return http_ask(connection, target, method,
                        {"Host": "tinh.example", "Connection": "close", **dict(headers)})


def wait_for_server():
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            if get(FORMS[0]).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit("the server does not answer")


def plain(response):
    return (response.status, sorted((k.lower(), v) for k, v in response.headers if k.lower() not in OWN),
            response.body)


def header(response, name):
    return next((v for k, v in response.headers if k.lower() == name), None)


def first_difference(one, other):
    at = next(i for i, (a, b) in enumerate(zip(one + "$", other + "$")) if a != b)
    return one[max(0, at - 60):at + 100], other[max(0, at - 60):at + 100]


def the_three_forms_answer_the_same():
    for query in ("", "?q=chuyen+doi+so", "?q=%22B%E1%BA%AFc+Giang%22&page=2", "?q=a%26b%3Dc%2Bd", "?q=chuyen&format=json",
                  "?q=chuyen&format=atom", "?q=%3Cscript%3E", "?like=none", "?q=chuyen&format=nothing"):
        first, *others = [get(form + query) for form in FORMS]
        assert first.status in (200, 400, 404) and first.body, (query, first)
        for form, other in zip(FORMS[1:], others):
            wanted, got = plain(first), plain(other)
            got = (got[0], [(k, v.replace(form, FORMS[0])) for k, v in got[1]], got[2].replace(form.encode(), FORMS[0].encode()))
            if b"format=atom" not in query.encode():  # addresses in it name the form
                assert got == wanted, (form, query, *first_difference(str(wanted), str(got)))


def each_form_keeps_the_rules():
    for form in FORMS:
        page = get(form + "?q=chuyen+doi+so")
        assert "Cổng thử nghiệm" in page.body.decode(), form
        assert "default-src 'none'" in header(page, "content-security-policy"), page.headers
        head = get(form + "?q=chuyen+doi+so", "HEAD")
        assert head.status == 200 and head.body == b"", head
        assert get(form + "?q=chuyen", "POST", {"Content-Length": "0"}).status in (405, 411), form
        packed = get(form + "?q=chuyen+doi+so", headers={"Accept-Encoding": "gzip"})
        if SERVER == "lighttpd" and not os.path.exists("/usr/lib/lighttpd/mod_deflate.so"):
            continue
        assert header(packed, "content-encoding") == "gzip", (form, packed.headers)
        assert gzip.decompress(packed.body) == page.body and len(packed.body) < len(page.body) / 2, form
        tag = header(packed, "etag")
        if tag:
            again = get(form + "?q=chuyen+doi+so", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
            assert again.status == 304 and again.body == b"", (form, tag, again)


def nothing_else_is_given_out():
    for form in FORMS:
        for other in ("/foo", "/", "x", "/../dxsearch.cgi", "/%2e%2e/dxsearch.cgi"):
            got = get(form + other)
            assert got.status in (400, 403, 404), (form + other, got.status)
            assert b"ELF" not in got.body[:10]


def many_at_once_are_answered():
    with ThreadPoolExecutor(12) as pool:
        for form in FORMS:
            time.sleep(2 if SERVER == "nginx" else 0)
            got = list(pool.map(lambda i, form=form: get(f"{form}?q=chuyen+{i % 7}").status, range(12)))
            assert set(got) == {200}, (form, got)


def a_reader_who_asks_too_much_is_told():
    """Last, since then the server does not answer any more for a while."""
    if SERVER != "nginx":
        return
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: get_at_once(FORMS[0] + "?q=chuyen").status, range(80)))
    assert 429 in got and 200 in got, got


def requests_and_complaints_are_in_a_log():
    text = ""
    for name in os.listdir(LOGS):
        with open(os.path.join(LOGS, name), encoding="utf-8", errors="replace") as file:
            text += file.read()
    assert "dxsearch.cgi: " in text and "no setting has this name" in text, "what the program says is lost"
    if SERVER == "nginx":
        assert re.search(r'"GET /tim-kiem\?q=chuyen\+doi\+so HTTP/1.1" 200', text), "no log of requests"


wait_for_server()
for test in (the_three_forms_answer_the_same, each_form_keeps_the_rules, nothing_else_is_given_out,
             many_at_once_are_answered, requests_and_complaints_are_in_a_log,
             a_reader_who_asks_too_much_is_told):
    test()
