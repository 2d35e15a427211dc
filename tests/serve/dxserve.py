"""dxserve and dxsearch.cgi as their users meet them: what the tests here share.

    with Dxserve("--index", path) as server:
        server.http("q=a"), server.fastcgi("q=a"), cgi("q=a")

each give a Response: status, headers in their order, body.
"""
import http.client
import os
import re
import signal
import socket
import struct
import subprocess
import tempfile
import time
from collections import namedtuple

BIN = os.environ.get("DX_BIN", "build/release")
# Sanitizers make a program slow, and a loaded machine too.
PATIENCE_S = 60

Response = namedtuple("Response", "status headers body")


def variables(query, method="GET", headers=(), path="/"):
    """A request as CGI/1.1 has it."""
    found = {"REQUEST_METHOD": method, "QUERY_STRING": query, "SCRIPT_NAME": path,
             "GATEWAY_INTERFACE": "CGI/1.1", "SERVER_PROTOCOL": "HTTP/1.1"}
    for name, value in dict(headers).items():
        found["HTTP_" + name.upper().replace("-", "_")] = value
    return found


def parse_cgi(raw):
    head, _, body = raw.partition(b"\n\n")
    lines = [tuple(line.split(": ", 1)) for line in head.decode().split("\n")]
    assert lines[0][0] == "Status", lines
    return Response(int(lines[0][1].split()[0]), lines[1:], body)


def cgi(query, method="GET", headers=(), index=None):
    """Runs dxsearch.cgi; `index` goes to DX_INDEX."""
    env = {**os.environ, **variables(query, method, headers)}
    if index:
        env["DX_INDEX"] = index
    run = subprocess.run([BIN + "/dxsearch.cgi"], env=env, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False)
    return parse_cgi(run.stdout)


# ---- FastCGI (https://fastcgi-archives.github.io/FastCGI_Specification.html)

BEGIN, ABORT, END, PARAMS, STDIN, STDOUT, STDERR = 1, 2, 3, 4, 5, 6, 7
KEEP_CONNECTION = 1


def record(kind, content=b"", request=1):
    return struct.pack("!BBHHBx", 1, kind, request, len(content), 0) + content


def length(n):
    return bytes([n]) if n < 128 else struct.pack("!I", n | 1 << 31)


def fastcgi_request(given, body=b"", flags=0):
    pairs = b"".join(length(len(k)) + length(len(v)) + k + v for k, v in
                     ((k.encode(), v.encode("utf-8", "surrogateescape")) for k, v in given.items()))
    out = record(BEGIN, struct.pack("!HB5x", 1, flags))
    for at in range(0, len(pairs), 65535):
        out += record(PARAMS, pairs[at:at + 65535])
    out += record(PARAMS)
    for at in range(0, len(body), 65535):
        out += record(STDIN, body[at:at + 65535])
    return out + record(STDIN)


def fastcgi_response(stream):
    """What comes over a file of the connection, up to the end of the request."""
    out = b""
    while True:
        head = stream.read(8)
        assert len(head) == 8, f"the connection ended after {len(out)} bytes"
        _, kind, _, size, padding = struct.unpack("!BBHHBx", head)
        content = stream.read(size + padding)[:size]
        if kind == STDOUT:
            out += content
        elif kind == END:
            return out


def fastcgi(path, given, body=b"", flags=0):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_S)
        connection.connect(path)
        connection.sendall(fastcgi_request(given, body, flags))
        with connection.makefile("rb") as stream:
            return parse_cgi(fastcgi_response(stream))


# ---- HTTP, with any bytes in the target

def http_ask(connection, target, method="GET", headers=()):
    lines = [f"{method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in dict(headers).items()), "", ""]
    connection.sendall("\r\n".join(lines).encode("utf-8", "surrogateescape"))
    got = http.client.HTTPResponse(connection, method=method)
    got.begin()
    return Response(got.status, got.getheaders(), got.read())


# ---- the server

class Dxserve:
    """dxserve on a free port and a socket. `env` is added to the environment."""

    def __init__(self, *arguments, env=None, before=()):
        self.folder = tempfile.TemporaryDirectory()
        self.socket = self.folder.name + "/fastcgi.sock"
        self.errors = open(self.folder.name + "/errors", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [*before, BIN + "/dxserve", "--http", "127.0.0.1:0", "--fastcgi", self.socket, *arguments],
            env={**os.environ, **(env or {})}, stderr=self.errors)
        self.port = int(self.wait_for(r"http://127\.0\.0\.1:(\d+)/").group(1))
        self.wait_for(re.escape("FastCGI on " + self.socket))

    def said(self):
        with open(self.errors.name, encoding="utf-8") as file:
            return file.read()

    def wait_for(self, pattern):
        """Until it says so."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = re.search(pattern, self.said())
            if found:
                return found
            assert self.process.poll() is None, f"dxserve ended: {self.said()}"
            time.sleep(0.02)
        raise AssertionError(f"dxserve did not say {pattern}: {self.said()}")

    def get(self, target, method="GET", headers=()):
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as connection:
            return http_ask(connection, target, method, {"Host": "localhost", **dict(headers)})

    def http(self, query, method="GET", headers=()):
        return self.get("/?" + query, method, headers)

    def fastcgi(self, query, method="GET", headers=(), body=b"", flags=0):
        return fastcgi(self.socket, variables(query, method, headers), body, flags)

    def metric(self, name):
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics").body.decode(), re.M)
        return float(found.group(1)) if found else None

    def memory_kb(self):
        """What it holds of its own: mapped pages of the index come and go."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"RssAnon:\s+(\d+)", file.read()).group(1))

    def end(self, number=signal.SIGTERM):
        """Its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        status = self.end()
        if error or status != 0:
            print(self.said())
        self.errors.close()
        self.folder.cleanup()
        assert error or status == 0, f"dxserve ended with {status}"
