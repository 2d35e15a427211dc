"""What dxserve does while it stays. usage: life.py INDEX FOLDER"""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import dxserve
from dxserve import BIN, PATIENCE_S, Dxserve, http_ask

INDEX, FOLDER = sys.argv[1:]


def index(path, *lines):
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    subprocess.run([BIN + "/dxindex", "--quiet", "--index", path, "-"], input=text.encode(), check=True)


def total(response):
    assert response.status == 200, response
    return json.loads(response.body)["total"]


def until(wanted, what):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if wanted():
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come")


def each_request_sees_what_was_published_last():
    path = FOLDER + "/growing"
    index(path, {"id": "0", "title": "Mốc khởi đầu"})
    with Dxserve("--index", path) as server:
        for i in range(1, 6):
            index(path, {"id": str(i), "title": "Mốc khởi đầu"})
            assert total(server.http("q=khoi+dau&format=json")) == i + 1
            assert total(server.fastcgi("q=khoi+dau&format=json")) == i + 1
        subprocess.run([BIN + "/dxindex", "--quiet", "--index", path, "--optimize", "-"],
                       input=b'{"id":"6","title":"khoi dau"}\n', check=True)
        assert total(server.http("q=khoi+dau&format=json")) == 7
        assert server.metric("dx_index_articles") == 7
        assert server.metric("dx_index_errors_total") == 0


SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+]+')


def generation(text):
    return re.search(r'dx_index_info\{generation="([0-9a-f]{16})"\} 1', text).group(1)


def counts_are_in_the_form_that_prometheus_reads():
    path = FOLDER + "/counted"
    index(path, {"id": "1", "title": "Một"})
    with Dxserve("--index", path) as server:
        before = generation(server.get("/metrics").body.decode())
        for query in ("q=a", "q=a&format=json", "like=none", "q=a&format=nothing"):
            server.fastcgi(query)
        index(path, {"id": "2", "title": "Hai"})
        server.http("q=a")
        answer = server.get("/metrics")
        text = answer.body.decode()
        assert ("Content-Type", "text/plain; version=0.0.4; charset=utf-8") in answer.headers, answer.headers
        for line in text.splitlines():
            assert re.fullmatch(r"# (HELP|TYPE) [a-z_]+ .+", line) or SAMPLE.fullmatch(line), line
        for name in re.findall(r"^([a-z_]+?)(?:_bucket|_sum|_count)?[{ ]", text, re.M):
            assert f"# TYPE {name} " in text and f"# HELP {name} " in text, name
        buckets = [int(n) for n in re.findall(r"^dx_request_seconds_bucket\{.*\} (\d+)$", text, re.M)]
        assert buckets == sorted(buckets) and len(buckets) == 12, buckets
        by_status = {code: int(n) for code, n in re.findall(r'^dx_requests_total\{code="(\d+)"\} (\d+)$', text, re.M)}
        assert by_status == {"200": 3, "404": 1, "400": 1}, by_status
        assert buckets[-1] == sum(by_status.values()) == server.metric("dx_request_seconds_count")
        assert generation(text) != before and server.metric("dx_requests_in_flight") == 0
        assert abs(server.metric("dx_index_written_timestamp_seconds") - time.time()) < 3600


def an_index_that_is_not_there_yet_is_waited_for():
    path = FOLDER + "/later"
    with Dxserve("--index", path) as server:
        for response in (server.http("q=a"), server.fastcgi("q=a"), server.get("/healthz")):
            assert response.status == 503, response
            assert path.encode() not in response.body, response
        assert server.metric("dx_index_up") == 0 and server.metric("dx_index_errors_total") > 0
        server.wait_for(re.escape(path))
        index(path, {"id": "1", "title": "Đã có"})
        server.wait_for("the index is there: 1 article")
        assert server.get("/healthz").status == 200
        assert total(server.http("q=da+co&format=json")) == 1
        # One that goes away again: what is open goes on answering.
        os.rename(path, path + "-away")
        assert total(server.http("q=da+co&format=json")) == 1
        os.rename(path + "-away", path)


def damage_is_an_error_page_until_a_good_generation_comes():
    path = FOLDER + "/damaged"
    shutil.copytree(INDEX, path)
    good = FOLDER + "/good"
    shutil.copytree(INDEX, good)
    file = path + "/index.mdb"
    size = os.path.getsize(file)
    with open(file, "r+b") as out:  # all but the pages that opening looks at first
        out.seek(size // 4)
        out.write(b"\x5a" * (size // 2))
    with Dxserve("--index", path) as server:
        for _ in range(3):
            seen = {server.http("q=" + word).status for word in ("chuyen", "so", "ha+noi", "bac+giang", "hoi")}
            assert seen <= {500, 503} and seen, seen
        assert "Chưa tìm kiếm được" in server.http("q=chuyen").body.decode()
        assert server.metric("dx_index_errors_total") > 0
        assert server.said().count(path) < 10, "the same line again and again:\n" + server.said()
        subprocess.run([BIN + "/dxindex", "restore", "--index", path, "--quiet", good], check=True)
        until(lambda: server.http("q=chuyen").status == 200, "the good generation")
        assert server.get("/healthz").status == 200


def settings_are_read_again_and_no_request_is_lost():
    words, log = FOLDER + "/words", FOLDER + "/queries.log"
    with open(words, "w", encoding="utf-8") as out:
        out.write("")
    env = {"DX_SYNONYMS": words, "DXSEARCH_LOG": log, "DX_INDEX": INDEX}
    wrong, asked, ended = [], [0], threading.Event()

    def ask(server, how):
        while not ended.is_set():
            try:
                if how(server, "q=chuyen+doi+so&format=json").status != 200:
                    wrong.append("status")
                asked[0] += 1
            except (OSError, AssertionError) as error:
                wrong.append(repr(error))

    with Dxserve(env=env) as server:
        before = total(server.http("q=xyzzy&format=json"))
        assert before == 0, before
        threads = [threading.Thread(target=ask, args=(server, how))
                   for how in (Dxserve.http, Dxserve.fastcgi) for _ in range(2)]
        for thread in threads:
            thread.start()
        with open(words, "w", encoding="utf-8") as out:
            out.write("xyzzy = hội nghị\n")
        for i in range(5):
            os.rename(log, f"{log}.{i}")
            server.process.send_signal(signal.SIGHUP)
            until(lambda: os.path.exists(log), "a new log")
            time.sleep(0.1)
        ended.set()
        for thread in threads:
            thread.join()
        assert not wrong and asked[0] > 20, (wrong[:5], asked)
        assert total(server.http("q=xyzzy&format=json")) > 0
        assert server.metric("dx_reloads_total") == 5
        # An index that cannot be opened changes nothing.
        os.rename(INDEX, INDEX + "-away")
        server.process.send_signal(signal.SIGHUP)
        server.wait_for("the settings stay as they were")
        os.rename(INDEX + "-away", INDEX)
        assert total(server.http("q=xyzzy&format=json")) > 0
    lines = []
    for name in [log] + [f"{log}.{i}" for i in range(5)]:
        with open(name, encoding="utf-8") as file:
            lines += file.read().splitlines()
    assert len(lines) == asked[0] + 3, (len(lines), asked)
    assert all(len(line.split("\t")) == 6 for line in lines), "lines of the log are mixed"


def a_damaged_setting_is_told_and_the_search_goes_on():
    with Dxserve(env={"DX_INDEX": INDEX, "DX_TIMEOUT_MS": "x", "DX_SYNONYMS": FOLDER + "/none"}) as server:
        server.wait_for("DX_TIMEOUT_MS")
        server.wait_for(FOLDER + "/none")
        assert server.http("q=chuyen").status == 200


def a_request_too_large_or_of_another_kind_is_refused():
    with Dxserve("--index", INDEX) as server:
        assert server.get("/?q=" + "a" * 40000).status == 414
        assert server.get("/", headers={"X": "a" * 40000}).status in (413, 431)
        assert server.get("/", headers={f"X{i}": "a" * 100 for i in range(400)}).status in (413, 431)
        for target, status in (("/x", 404), ("//", 404), ("/favicon.ico", 404), ("/healthz", 200), ("/metrics", 200)):
            assert server.get(target).status == status, target
        assert server.get("/metrics", "POST").status in (404, 405)
        for body in (b"", b"x" * 200000):
            got = server.fastcgi("q=a", "POST", {}, body)
            assert got.status == 405, got
        for raw in (b"\0\1\2\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as connection:
                connection.sendall(raw)
                connection.settimeout(0.2)  # of some the rest is waited for
                try:
                    assert connection.recv(65536)[:9] in (b"HTTP/1.1 ", b"HTTP/1.0 ", b""), raw
                except TimeoutError:
                    pass
        for raw in (b"", b"\0" * 8, b"\1" * 100, dxserve.record(dxserve.BEGIN, b"\0\1\0\0\0\0\0\0")[:9],
                    dxserve.fastcgi_request({})[:20], os.urandom(3000)):
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(server.socket)
                connection.sendall(raw)
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as connection:
            for query in ("q=chuyen", "q=so&format=json", "q=chuyen&page=2"):  # one after the other
                assert http_ask(connection, "/?" + query, headers={"Host": "a"}).status == 200
        for _ in range(20):  # a server that would keep its connections open
            assert server.fastcgi("q=chuyen", flags=dxserve.KEEP_CONNECTION).status == 200
        assert server.http("q=chuyen").status == 200


def it_ends_when_what_was_asked_is_answered():
    server = Dxserve("--index", INDEX)
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as idle, \
            socket.socket(socket.AF_UNIX) as asking:
        assert http_ask(idle, "/?q=a", headers={"Host": "a"}).status == 200
        asking.connect(server.socket)
        asking.sendall(dxserve.fastcgi_request(dxserve.variables("q=chuyen"))[:40])
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        asking.sendall(dxserve.fastcgi_request(dxserve.variables("q=chuyen"))[40:])
        with asking.makefile("rb") as stream:
            assert dxserve.parse_cgi(dxserve.fastcgi_response(stream)).status == 200
        assert server.end() == 0, server.said()
    assert not os.path.exists(server.socket)
    with Dxserve("--index", INDEX) as other:
        assert other.end(signal.SIGINT) == 0


STARTER = """
import os, socket, sys
sockets = []
for kind in sys.argv[1].split(","):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    sockets.append(s)
print(*(s.getsockname()[1] for s in sockets), flush=True)
files = [os.dup(s.fileno()) for s in sockets]
for i, file in enumerate(files):
    os.dup2(file, 3 + i, inheritable=True)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=str(len(files)), LISTEN_FDNAMES=":".join(sys.argv[1].split(",")))
os.execv(sys.argv[2], sys.argv[2:])
"""


def sockets_of_systemd_are_taken_over_and_it_is_told():
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.settimeout(PATIENCE_S)
        told.bind(folder + "/notify")
        env = {**os.environ, "NOTIFY_SOCKET": folder + "/notify", "DX_INDEX": INDEX}
        process = subprocess.Popen([sys.executable, "-c", STARTER, "http,fastcgi", BIN + "/dxserve"], env=env,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        http_port, fastcgi_port = map(int, process.stdout.readline().split())
        assert told.recv(100) == b"READY=1"
        with socket.create_connection(("127.0.0.1", http_port), PATIENCE_S) as connection:
            assert http_ask(connection, "/?q=chuyen", headers={"Host": "a"}).status == 200
        with socket.create_connection(("127.0.0.1", fastcgi_port), PATIENCE_S) as connection:
            connection.sendall(dxserve.fastcgi_request(dxserve.variables("q=chuyen")))
            with connection.makefile("rb") as stream:
                assert dxserve.parse_cgi(dxserve.fastcgi_response(stream)).status == 200
        process.send_signal(signal.SIGHUP)
        assert told.recv(100).startswith(b"RELOADING=1\nMONOTONIC_USEC=") and told.recv(100) == b"READY=1"
        process.terminate()
        assert told.recv(100) == b"STOPPING=1"
        assert process.wait(PATIENCE_S) == 0, process.stderr.read()
        process = subprocess.run([sys.executable, "-c", STARTER, "khac", BIN + "/dxserve"], env=env,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        assert process.returncode == 3 and b"FileDescriptorName" in process.stderr, process


def main():
    for test in (each_request_sees_what_was_published_last, counts_are_in_the_form_that_prometheus_reads, an_index_that_is_not_there_yet_is_waited_for,
                 damage_is_an_error_page_until_a_good_generation_comes,
                 settings_are_read_again_and_no_request_is_lost, a_damaged_setting_is_told_and_the_search_goes_on,
                 a_request_too_large_or_of_another_kind_is_refused, it_ends_when_what_was_asked_is_answered,
                 sockets_of_systemd_are_taken_over_and_it_is_told):
        begun = time.monotonic()
        test()
        print(f"{test.__name__}: {time.monotonic() - begun:.1f} s")


main()
