#!/usr/bin/env python3
"""What the web face costs: pages a second of dxserve, the time of a dxsearch.cgi process, and
Xapian Omega's CGI beside it on the same articles. scripts/bench --web runs it.

usage: web.py [--work DIR] [--seconds N] [--corpus FILE.jsonl[.zst]] …

DX_BIN is the folder of the built programs. Figures are of the whole machine, load generator
included; CPU time a request is what a busy machine leaves comparable."""
import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import unicodedata
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.abspath(os.environ.get("DX_BIN", "build/bench"))
OMEGA = "/usr/lib/cgi-bin/omega/omega"
DEFAULT_CORPORA = ("vietnews-100k.jsonl.zst", "tintuc_headlines.jsonl.zst")
CONNECTIONS = 4
RATE_CONNECTIONS = 16  # enough that one is free when a request is due


def queries():
    """Of web.txt: the words, and other parameters."""
    with open(HERE + "/web.txt", encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                words, _, more = line.rstrip("\n").partition("\t")
                yield words, more


def query_string(words, more, also=""):
    return "q=" + urllib.parse.quote_plus(words) + ("&" + more if more else "") + also


def lines_of(path):
    command = ["zstd", "-dcq", path] if path.endswith(".zst") else ["cat", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        yield from process.stdout


def find_corpora():
    for shared in (os.environ.get("DX_SHARED", ""), HERE + "/../../../shared"):
        found = [f"{shared}/data/corpora/{name}" for name in DEFAULT_CORPORA]
        if all(map(os.path.exists, found)):
            return found
    sys.exit("no corpus: give --corpus FILE.jsonl")


def make_index(work, corpora):
    path, text = work + "/web.dx", work + "/web.jsonl"
    if not os.path.exists(path):
        with open(text, "wb") as out:
            for corpus in corpora:
                out.writelines(lines_of(corpus))
        subprocess.run([BIN + "/dxindex", "--quiet", "--index", path, text], check=True)
    return path, text


# ---- dxserve

class Server:
    def __init__(self, index):
        self.process = subprocess.Popen([BIN + "/dxserve", "--index", index, "--http", "0"],
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            port = re.search(r":(\d+)/", line)
            if port:
                self.port = port.group(1)
                break
        else:
            sys.exit("dxserve does not start")

    def cpu_s(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as file:
            user, system = file.read().rsplit(")", 1)[1].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"RssAnon:\s+(\d+)", file.read()).group(1)) / 1024

    def load(self, targets, connections, seconds, rate):
        before = self.cpu_s()
        run = subprocess.run([BIN + "/tests/bench/bench_web_load", self.port, targets, str(connections), str(seconds), str(rate)],
                             stdout=subprocess.PIPE, text=True, check=False)
        rps, count, errors, median, p99, longest, size = map(float, run.stdout.split())
        return {"rps": rps, "errors": int(errors), "median": median, "p99": p99, "max": longest,
                "cpu_ms": (self.cpu_s() - before) * 1e3 / count, "bytes": size / count}

    def end(self):
        self.process.terminate()
        self.process.wait()


def serve(index, work, seconds):
    server = Server(index)
    print(f"{'dxserve':28}{'req/s':>8}{'CPU ms':>8}{'bytes':>8}{'p50':>7}{'p99':>7}{'at half: p99':>14}{'max':>7}  errors")
    for name, also in (("page, facets on", ""), ("JSON", "&format=json"),
                       ("JSON, titles and addresses", "&format=json&fields=title,url")):
        targets = f"{work}/targets"
        with open(targets, "w", encoding="utf-8") as out:
            out.writelines("/?" + query_string(*query, also) + "\n" for query in queries())
        server.load(targets, CONNECTIONS, 2, 0)
        most = server.load(targets, CONNECTIONS, seconds, 0)
        half = server.load(targets, RATE_CONNECTIONS, seconds, most["rps"] / 2)
        print(f"{name:28}{most['rps']:8.0f}{most['cpu_ms']:8.2f}{most['bytes']:8.0f}{most['median']:7.1f}"
              f"{most['p99']:7.1f}{half['p99']:14.1f}{half['max']:7.1f}  {most['errors'] + half['errors']}")
    print(f"memory of its own: {server.memory_mb():.0f} MB")
    server.end()


# ---- processes

def spawn(name, commands, env, runs=11):
    """Prints the median of each command's median, from start to end and of CPU time."""
    medians, cpu = [], []
    for command in commands:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([BIN + "/tests/bench/bench_spawn", str(runs), *command], stdout=subprocess.PIPE, text=True,
                             env={**os.environ, **env}, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        medians.append(float(run.stdout.split()[0]) / 1e3)
        cpu.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3 / runs)
    print(f"{name:28} median {statistics.median(medians):.2f} ms, CPU {statistics.median(cpu):.2f} ms; "
          f"slowest query {max(medians):.2f} ms")


def cgi(index):
    commands = [[BIN + "/dxsearch.cgi", query_string(*query)] for query in queries()]
    spawn("dxsearch.cgi, a process", commands, {"DX_INDEX": index})


def fold(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


def make_omega(work, text):
    """Omega's index of the same articles, folded, since it takes accents for letters."""
    path = work + "/omega"
    if os.path.exists(path):
        return path
    with open(work + "/omega.script", "w", encoding="utf-8") as out:
        out.write("id : boolean=Q unique=Q\ntitle : field=caption index=S index\nbody : index truncate=300 field=sample\n"
                  "url : field=url\ndate : field=modtime\nsource : boolean=XS field=source\n")
    with open(work + "/omega.dump", "w", encoding="utf-8") as out:
        for i, line in enumerate(lines_of(text)):
            article = json.loads(line)
            for name in ("title", "body", "url", "date", "source"):
                value = fold(article.get(name) or "").replace("\n", "\n=")
                out.write(f"{name}={value}\n")
            out.write(f"id={i}\n\n")
    subprocess.run(["scriptindex", path, work + "/omega.script", work + "/omega.dump"], check=True,
                   stdout=subprocess.DEVNULL)
    os.unlink(work + "/omega.dump")
    return path


def omega(work, text):
    if not os.path.exists(OMEGA) or not shutil.which("scriptindex"):
        print("Omega is not installed (xapian-omega)")
        return
    path = make_omega(work, text)
    with open(work + "/omega.conf", "w", encoding="utf-8") as out:
        out.write(f"database_dir {os.path.dirname(path)}\ntemplate_dir /usr/share/xapian-omega/templates\n"
                  f"log_dir {work}\ncdb_dir {work}\ndefault_db {os.path.basename(path)}\n")
    commands = [[OMEGA, "P=" + fold(words), "DEFAULTOP=and"] for words, _ in queries()]
    spawn("Xapian Omega's CGI, a process", commands, {"OMEGA_CONFIG_FILE": work + "/omega.conf"})


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--work")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--corpus", action="append")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = os.path.abspath(options.work or folder)
        os.makedirs(work, exist_ok=True)
        index, text = make_index(work, options.corpus or find_corpora())
        serve(index, work, options.seconds)
        cgi(index)
        omega(work, text)
        print("Meilisearch comes in no package of Debian, npm, PyPI or crates.io: it is not measured")


main()
