"""A crawl of any size, for measuring: the pages of a folder again and again, each time
at an address of its own and with some words that no other has.

usage: crawl.py FOLDER MEGABYTES FILE.warc[.gz]
"""
import base64
import glob
import gzip
import hashlib
import os
import random
import re
import sys

SEED = 20210
WORDS = ("ruộng mạ kênh đê xóm chợ bến trạm cầu đò nghề lò gốm dệt lúa ngô khoai sắn vườn "
         "ao trâu bò vịt cá").split()
OWN_ADDRESS = re.compile(rb'rel="?canonical|og:url|rel="?amphtml')


class Page:
    """A page in two halves, between which the words go."""

    def __init__(self, path):
        with open(path, "rb") as file:
            html = OWN_ADDRESS.sub(b'data-was="', file.read())
        middle = html.find(b"</p>", len(html) // 2)
        self.halves = (html[:middle], html[middle:]) if middle >= 0 else (html, b"")

    def bytes(self, words):
        return b" ".join([self.halves[0], words, self.halves[1]])


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(number, html):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    url = f"https://xa-{number % 977}.example/tin/{number}.html"
    day = f"2025-{1 + number // 28 % 12:02}-{1 + number % 28:02}T03:04:05Z"
    lines = ["WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: {url}",
             f"WARC-Date: {day}", "Content-Type: application/http;msgtype=response",
             f"WARC-Payload-Digest: {sha1(html)}",
             f"WARC-Block-Digest: {sha1(head + html)}",
             f"Content-Length: {len(head) + len(html)}", "", ""]
    return "\r\n".join(lines).encode() + head + html + b"\r\n\r\n"


def write(folder, megabytes, out):
    paths = sorted(path for path in glob.glob(os.path.join(folder, "**", "*"), recursive=True)
                   if path.endswith((".html", ".htm")))
    pages = [Page(path) for path in paths]
    dice = random.Random(SEED)
    left, number = megabytes * 10**6, 0
    with open(out, "wb") as file:
        while left > 0:
            words = " ".join(dice.choices(WORDS, k=8) + [str(number)]).encode()
            data = record(number, pages[number % len(pages)].bytes(words))
            left -= len(data)
            file.write(gzip.compress(data, 1) if out.endswith(".gz") else data)
            number += 1
    return number


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(write(sys.argv[1], int(sys.argv[2]), sys.argv[3]), "pages")
