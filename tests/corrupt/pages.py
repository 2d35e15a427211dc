"""The pages of an LMDB 0.9 file, told apart by what they hold; for damage.py."""
import struct
from collections import defaultdict

PAGE = 4096
HEAD = 16
NONE = 2**64 - 1


def u16(data, at):
    return struct.unpack_from("<H", data, at)[0]


def u64(data, at):
    return struct.unpack_from("<Q", data, at)[0]


def nodes(data, page):
    """(key, pointer or overflow page or None, place) of each node of a page."""
    base = page * PAGE
    is_branch = u16(data, base + 10) & 1
    for i in range((u16(data, base + 12) - HEAD) // 2):
        at = base + u16(data, base + HEAD + 2 * i)
        low, high, flags, size = struct.unpack_from("<HHHH", data, at)
        key = data[at + 8 : at + 8 + size]
        if is_branch:
            yield key, low | high << 16 | flags << 32, at
        else:
            yield key, u64(data, at + 8 + size) if flags & 1 else None, at


def walk(data, page, kinds, tree):
    if u16(data, page * PAGE + 10) & 1:
        kinds["branch of " + tree].append(page)
        for _, child, _ in nodes(data, page):
            walk(data, child, kinds, tree)
        return
    held = list(nodes(data, page))
    what = "files" if tree == "keys" and held[-1][0][:1] in b"bf" else tree
    kinds["leaf of " + what].append(page)
    for key, run, _ in held:
        if run is not None:
            count = struct.unpack_from("<I", data, run * PAGE + 12)[0]
            name = "value of " + (key[10:12] if key[:1] == b"s" else key[:1]).decode()
            kinds[name if tree == "keys" else "value of free"] += range(run, run + count)


def kinds_of(data):
    """What each page is: {kind: [page, …]}."""
    kinds = defaultdict(list)
    kinds["meta"] = [0, 1]
    meta = max((0, 1), key=lambda i: u64(data, i * PAGE + 144)) * PAGE
    for tree, at in (("free", meta + 80), ("keys", meta + 128)):
        if u64(data, at) != NONE:
            walk(data, u64(data, at), kinds, tree)
    used = {page for pages in kinds.values() for page in pages}
    kinds["not in use"] = [p for p in range(len(data) // PAGE) if p not in used]
    return {kind: pages for kind, pages in sorted(kinds.items()) if pages}
