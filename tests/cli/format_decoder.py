#!/usr/bin/env python3
"""Reads an index by docs/FORMAT.md and docs/fields.md alone, sharing no code with dx.

    format_decoder.py INDEX dictionary     as `dxindex dump --exact` prints it
    format_decoder.py INDEX pair A B       pairs of folded terms: segment doc tf
    format_decoder.py INDEX triple A B C   likewise, documents only
    format_decoder.py INDEX text SEGMENT DOC     title, lead and body
    format_decoder.py INDEX fields SEGMENT DOC   stored fields
    format_decoder.py INDEX files          of each: path, name, bytes, records, live articles, borrowed

Checksums are left out: they need a library that Python lacks.
"""
import os
import struct
import sys

WINDOW = 4096


def fields_table():
    """By number: names of stored fields, and of attributes in queries."""
    stored, asked = {}, {}
    with open(os.path.join(os.path.dirname(sys.argv[0]), "../../docs/fields.md"), "rb") as page:
        for line in page:
            if line.startswith(b"| `"):
                name, number, _, uses, _, query, _ = [cell.strip() for cell in line.split(b"|")[1:-1]]
                stored[int(number)] = name.strip(b"`")
                if b"attribute" in uses:
                    asked[int(number)] = (query or b"`%s:" % name.strip(b"`")).split(b":")[0].strip(b"`")
    return stored, asked


STORED, ATTRIBUTES = fields_table()


class Lmdb:
    """All records of an LMDB 0.9 file's main database, on this machine."""

    def __init__(self, path):
        self.file = open(path, "rb").read()
        self.records = {}
        self.page_bytes = 4096
        metas = []
        for page in (0, 1):
            at = page * self.page_bytes + 16
            # of the free list's tree and of ours; only the root of ours matters
            root = struct.unpack_from("<Q", self.file, at + 24 + 48 + 40)[0]
            txn = struct.unpack_from("<Q", self.file, at + 24 + 96 + 8)[0]
            metas.append((txn, root))
        root = max(metas)[1]
        if root != 2**64 - 1:
            self.walk(root)

    def walk(self, number):
        at = number * self.page_bytes
        flags, lower = struct.unpack_from("<HH", self.file, at + 10)
        for i in range((lower - 16) // 2):
            node = at + struct.unpack_from("<H", self.file, at + 16 + 2 * i)[0]
            low, high, node_flags, key_bytes = struct.unpack_from("<4H", self.file, node)
            if flags & 1:
                self.walk(low | high << 16 | node_flags << 32)
                continue
            key = self.file[node + 8 : node + 8 + key_bytes]
            data, length = node + 8 + key_bytes, low | high << 16
            if node_flags & 1:
                data = struct.unpack_from("<Q", self.file, data)[0] * self.page_bytes + 16
            self.records[key] = self.file[data : data + length]


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def bits(data, at, width):
    """Packed bits: `width` of them from bit `at`."""
    if width == 0:
        return 0
    piece = int.from_bytes(data[at // 8 : (at + width + 7) // 8], "little")
    return piece >> at % 8 & (1 << width) - 1


def elias_fano(data, at, n, universe):
    ratio = universe // n
    low = ratio.bit_length() - 1 if ratio > 1 else 0
    high_at = at + (n * low + 7) // 8
    high_bits = n + ((universe - 1) >> low)
    end = high_at + (high_bits + 7) // 8
    high = int.from_bytes(data[high_at:end], "little")
    numbers = []
    for position in range(high_bits):
        if high >> position & 1:
            i = len(numbers)
            numbers.append((position - i) << low | bits(data, at * 8 + i * low, low))
    assert len(numbers) == n
    return numbers, end


def frequencies(data, at, n):
    width, exceptional = data[at] & 15, data[at] & 16
    at, count, exceptions = at + 1, 0, {}
    if exceptional:
        count = struct.unpack_from("<H", data, at)[0]
        at += 2
    fields = [bits(data, at * 8 + i * width, width) for i in range(n)]
    at += (n * width + 7) // 8
    for _ in range(count):
        index, tf = struct.unpack_from("<HH", data, at)
        exceptions[index] = tf
        at += 4
    full = (1 << width) - 1
    tfs = []
    for i, field in enumerate(fields):
        if field == full and exceptional:
            tfs.append(exceptions.get(i, 1))
        else:
            tfs.append(field + 1)
    return tfs, at


def posting_list(data, at, docs):
    head, at = varint(data, at)
    df, once = head >> 1, head & 1
    windows = (docs + WINDOW - 1) // WINDOW
    if df < 64 * windows:
        numbers, at = elias_fano(data, at, df, docs)
        tfs = [1] * df
        if not once:
            tfs, at = frequencies(data, at, df)
        return list(zip(numbers, tfs)), at
    directory = [struct.unpack_from("<HHB", data, at + 5 * w) for w in range(windows)]
    at += 5 * windows
    postings = []
    for window, (n, size, _) in enumerate(directory):
        inside = at
        if n >= 400 or (once and size == WINDOW // 8):
            numbers = [d for d in range(WINDOW) if data[inside + d // 8] >> d % 8 & 1]
            inside += WINDOW // 8
        elif n:
            numbers, inside = elias_fano(data, inside, n, WINDOW)
        else:
            numbers = []
        assert len(numbers) == n
        tfs = [1] * n
        if n and not once:
            tfs, inside = frequencies(data, inside, n)
        assert inside == at + size
        postings += [(window * WINDOW + d, tf) for d, tf in zip(numbers, tfs)]
        at += size
    assert len(postings) == df
    return postings, at


def lz4_block(data):
    """https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md"""
    out, at = bytearray(), 0

    def length(nibble):
        nonlocal at
        total = nibble
        while nibble == 15:
            more = data[at]
            total, at = total + more, at + 1
            if more < 255:
                break
        return total

    while at < len(data):
        token, at = data[at], at + 1
        literals = length(token >> 4)
        out += data[at : at + literals]
        at += literals
        if at < len(data):
            back = struct.unpack_from("<H", data, at)[0]
            at += 2
            for _ in range(length(token & 15) + 4):
                out.append(out[-back])
    return bytes(out)


def sums_bytes(size):
    sums = 4 * ((size + 1023) // 1024)
    return sums if sums <= 1024 else sums + sums_bytes(sums)


class Segment:
    def __init__(self, records, number, docs, deleted):
        key = b"s%08x." % number
        head = records[key + b"head"]
        magic, self.docs, _ = struct.unpack_from("<4sIQ", head)
        assert magic == b"dxs1" and self.docs == docs
        folded, exacts = struct.unpack_from("<II", head, 16)
        parts, at, self.parts = struct.unpack_from("<I", head, 24)[0], 28, []
        for part in range(parts):
            chunks = struct.unpack_from("<I", head, at)[0]
            sizes = [size for _, size, _ in struct.iter_unpack("<IIQ", head[at + 4 : at + 4 + 16 * chunks])]
            at += 4 + 16 * chunks
            values = [records[key + b"%02d.%04x" % (part, c)] for c in range(chunks)]
            for size, value in zip(sizes, values):  # the data, and sums of its pages
                assert len(value) == size + sums_bytes(size)
            self.parts.append(b"".join(value[:size] for size, value in zip(sizes, values)))
        assert at == len(head) - 8
        dead = records[key + b"dead"] if deleted else b""
        self.dead = {d for d in range(docs) if dead and dead[d // 8] >> d % 8 & 1}
        assert len(self.dead) == deleted
        self.folded, self.exact = [], []  # (string, list, row, first exact), (string, list)
        blocks = list(struct.iter_unpack("<8sII", self.parts[1]))
        ends = [place for _, place, _ in blocks[1:]] + [len(self.parts[0])]
        for (sample, place, first), end in zip(blocks, ends):
            assert first == len(self.exact)
            count = min(64, folded - len(self.folded))
            self.read_block(self.parts[0][place:end], count)
            assert self.folded[-count][0][:8].ljust(8, b"\0") == sample
        assert (len(self.folded), len(self.exact)) == (folded, exacts)
        dates = struct.unpack("<%di" % docs, self.parts[14])
        assert list(self.u32(18)) == sorted(range(docs), key=lambda doc: (-dates[doc], doc))

    def read_block(self, block, count):
        table = list(struct.iter_unpack("<IIII", block[: 16 * (count + 1)]))
        exacts, at = table[-1][3] - table[0][3], 16 * (count + 1)
        exact_table = list(struct.iter_unpack("<II", block[at : at + 8 * (exacts + 1)]))
        assert table[0][0] == at + 8 * (exacts + 1)
        assert table[-1][0] == exact_table[0][0] and exact_table[-1][0] == len(block)
        for (begin, *rest), (end, *_) in zip(table, table[1:]):
            self.folded.append((block[begin:end], *rest))
        for (begin, place), (end, _) in zip(exact_table, exact_table[1:]):
            self.exact.append((block[begin:end], place))

    def u32(self, part):
        return struct.unpack("<%dI" % (len(self.parts[part]) // 4), self.parts[part])

    def live(self, postings):
        return [(d, tf) for d, tf in postings if d not in self.dead]

    def dictionary(self):
        ends = [first for *_, first in self.folded[1:]] + [len(self.exact)]
        for (folded, place, _, first), end in zip(self.folded, ends):
            yield (folded, b""), self.list(place)
            for exact, exact_place in self.exact[first:end]:
                yield (folded, exact), self.list(exact_place)

    def list(self, place):
        return self.live(posting_list(self.parts[2], place, self.docs)[0])

    def row(self, place):
        """The lists of a row, by last term; the skip table must agree."""
        if place == 0:
            return {}
        data, lists, last = self.parts[3], {}, 0
        count, at = varint(data, place - 1)
        groups = at
        if count > 32:
            at += 8 * ((count + 31) // 32)
        pairs = at
        for i in range(count):
            if i % 32 == 0:
                last, begin = 0, at
            step, at = varint(data, at)
            last += step
            if count > 32 and i % 32 == 0:
                assert struct.unpack_from("<II", data, groups + i // 32 * 8) == (last, begin - pairs)
            lists[last], at = posting_list(data, at, self.docs)
        return lists

    def pair(self, a, b):
        return self.row(self.folded[a][2]).get(b, [])

    def triple(self, a, b, c):
        entries = struct.iter_unpack("<III", self.parts[4])
        rows = {(first, second): place for first, second, place in entries}
        if (a, b) not in rows or (b, c) not in rows:
            return []
        return self.row(rows[a, b]).get(c, [])

    def code(self):
        """(first form, width) of each byte value, and the runs' kinds are right."""
        terms, values, form, width = self.u32(5)[1::2], {}, 0, 0
        for run in self.u32(8):
            count, kind = run & 0xFFFFFF, run >> 29
            value = len(values)
            if run >> 24 & 31 != width:
                width = run >> 24 & 31
                value = (value + 7) // 8 * 8
            values.update(dict.fromkeys(range(len(values), value)))
            for i in range(0, count, 1 << width):
                values[len(values)] = (form + i, width)
            for term in terms[form : form + count]:
                assert kind == (1 if term == 0xFFFFFFFF else 2 if term >= 1 << 31 else 0)
            assert kind or sorted(terms[form : form + count]) == list(terms[form : form + count])
            form += count
        assert form == len(terms) - 1 and len(values) <= 256
        return values

    def text(self, doc):
        table, code, data = self.u32(5), self.code(), self.parts[9]
        terms, places = table[1::2], table[::2]
        forms = [self.parts[6][a:b] for a, b in zip(places, places[1:])]
        at, counts, fields = self.u32(10)[doc] + 16, [], []
        for _ in range(3):
            count, at = varint(data, at)
            counts.append(count)
        more = (at + sum(counts)) * 8
        for count in counts:
            field, after_word = b"", False
            for value in data[at : at + count]:
                first, width = code[value]
                form = first + bits(data, more, width)
                more += width
                if terms[form] == 0xFFFFFFFF:
                    field, after_word = field + forms[form], False
                else:
                    field, after_word = field + b" " * after_word + forms[form], True
            at += count
            fields.append(field)
        ends = self.u32(10)[doc + 1 :] + (len(data),)
        assert (more + 7) // 8 == ends[0]
        return fields

    def fields(self, doc):
        size, at = varint(self.parts[11], self.u32(12)[doc // 32])
        end = at + size
        content, at = varint(self.parts[11], at)
        block = lz4_block(self.parts[11][at:end])
        assert len(block) == content
        at = 0
        for _ in range(doc % 32 + 1):
            fields = {}
            present, at = varint(block, at)
            for number in range(64):
                if present >> number & 1:
                    size, at = varint(block, at)
                    fields[STORED[number]] = block[at : at + size]
                    at += size
        return fields


def open_index(path):
    records = Lmdb(path + "/index.mdb").records
    manifest = records[b"manifest"]
    magic, version = struct.unpack_from("<4sI", manifest)
    assert magic == b"dxm1" and version == 6
    count = struct.unpack_from("<I", manifest, 28)[0]
    at = 32 + 20 * count
    entries, features, at = manifest[32:at], manifest[at], at + 1
    for _ in range(features):
        length = manifest[at]
        assert manifest[at + 1 : at + 1 + length] in (b"hidden",)
        at += 1 + length
    assert at == len(manifest) - 8
    return {
        number: Segment(records, number, docs, deleted)
        for number, docs, deleted, _ in struct.iter_unpack("<IIIQ", entries)
    }


def files(path):
    """path, name, [(number, records, bytes)] of each input file, and keys that blocks borrow"""
    found, borrowed = [], {}
    for key, value in Lmdb(path + "/index.mdb").records.items():
        if key[:1] == b"f":
            size, _, _, _, flags, _, count, path_bytes, name_bytes = struct.unpack_from("<QqqQ5I", value)
            at = 56 + path_bytes
            whole = value[56:at]
            name = value[at : at + name_bytes] if flags & 4 else whole[path_bytes - name_bytes :]
            at += name_bytes * (flags >> 2 & 1)
            if flags & 16:
                host, _, _, told = struct.unpack_from("<3QI", value, at)
                assert host and told < 256 and count == 1
                at += 28
            blocks = list(struct.iter_unpack("<IIQQQ", value[at:-8]))
            assert len(blocks) == count and flags < 32
            assert not flags & 1 or size in (2**64 - 1, sum(b[2] for b in blocks))
            found.append((whole, name, [(b[0], b[1] & 0x7FFFFFFF, b[2]) for b in blocks]))
        elif key[:1] == b"b":
            borrowed[int(key[1:], 16)] = [k for k, in struct.iter_unpack("<Q", value[:-8])]
    return found, borrowed


def takedowns(path):
    """id, address, reason, blocks, flags of each article that was taken down"""
    for key, value in sorted(Lmdb(path + "/index.mdb").records.items()):
        if key[:1] == b"t":
            flags, _, _, _, _, *sizes = struct.unpack_from("<IqQQQ4I", value)
            texts, at = [], 52
            for size in sizes[1:]:
                texts.append(value[at : at + size])
                at += size
            blocks = [n for n, in struct.iter_unpack("<I", value[at : at + 4 * sizes[0]])]
            assert at + 4 * sizes[0] + 8 == len(value) and len(key) == 33 and flags < 16
            yield texts, blocks, flags


def field(data):
    prefix = b""
    if data[:1] == b"\2":
        prefix, data = ATTRIBUTES[data[1] - 0x40] + b":", data[2:]
    text = data.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\n", b"\\n")
    for mark, shown in ((b"\1", b"title:"), (b"\3", b"-body:"), (b"\4", b"-body:=")):
        text = text.replace(mark, shown)
    return (prefix + text).decode()


def main():
    segments, command, rest = open_index(sys.argv[1]), sys.argv[2], sys.argv[3:]
    if command == "dictionary":
        terms = {}
        for segment in segments.values():
            for term, postings in segment.dictionary():
                terms[term] = terms.get(term, 0) + len(postings)
        for (folded, exact), df in sorted(terms.items()):
            if df:
                print("exact" if exact else "folded", field(exact or folded), df, sep="\t")
    elif command == "text":
        for name, text in zip(("title", "lead", "body"), segments[int(rest[0], 16)].text(int(rest[1]))):
            print(name, field(text), sep="\t")
    elif command == "files":
        live = [number for s in segments.values() for doc, number in enumerate(s.u32(15)) if doc not in s.dead]
        found, borrowed = files(sys.argv[1])
        for path, name, blocks in sorted(found):
            numbers = {number for number, _, _ in blocks}
            print(path.decode(), name.decode(), sum(b[2] for b in blocks), sum(b[1] for b in blocks),
                  sum(number in numbers for number in live),
                  sum(len(keys) for number, keys in borrowed.items() if number in numbers), sep="\t")
    elif command == "takedowns":
        for texts, blocks, flags in takedowns(sys.argv[1]):
            print(*(t.decode() for t in texts), len(blocks), flags, sep="\t")
    elif command == "fields":
        for name, text in sorted(segments[int(rest[0], 16)].fields(int(rest[1])).items()):
            print(name.decode(), field(text), sep="\t")
    else:
        for number, segment in segments.items():
            numbers = {term: f for f, (term, *_) in enumerate(segment.folded)}
            ids = [numbers.get(word.encode()) for word in rest]
            postings = getattr(segment, command)(*ids) if None not in ids else []
            for doc, tf in segment.live(postings):
                print("%08x" % number, doc, tf, sep="\t")


main()
