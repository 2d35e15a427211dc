#!/usr/bin/env python3
"""Measure whether headlines in old encodings come back to the letter.

usage: encodings.py [--count N] [--show N] [CORPUS.jsonl[.zst]]

Takes headlines of eight words or more (without a corpus: tintuc_headlines of
$DX_SHARED/data/corpora), writes each in every encoding, as bytes, as characters of Latin-1
in UTF-8, and as those that windows-1252 shows, and prints the share that eval_repair gives
back: each alone, and in documents of twenty lines, which are headlines in that encoding or,
of characters, one of them among sound ones. "In any case" does not tell capitals from small
letters, which a capital font does not either. The floor is .99. What is sound and has to
stay as it is, sound.py measures.
"""
import argparse
import json
import os
import random
import subprocess
import unicodedata

from eval_repair import CORPORA, lines_of, repaired

CORPUS = os.path.join(CORPORA, "tintuc_headlines.jsonl.zst")

LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3 = dict(zip(LETTERS, map(chr, bytes.fromhex(
    "B5B6B7B8B9A8BBBCBDBEC6A9C7C8C9CACBAECCCECFD0D1AAD2D3D4D5D6D7D8DCDDDEDFE1E2E3E4AB"
    "E5E6E7E8E9ACEAEBECEDEEEFF1F2F3F4ADF5F6F7F8F9FAFBFCFDFE"))))
TCVN3_CAPITALS = dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦"))
VNI = dict(zip(LETTERS, """aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù
    eï eâ eà eå eã eá eä ì æ ó í ò oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû
    uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î""".split()))
TONES = dict(zip("\u0300\u0301\u0309\u0303\u0323", "`'?~."))
SHAPES = dict(zip("\u0302\u0306\u031b", "^(+"))


def taken_apart(letter):
    """Base letter with its shape, and tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in marks if c in TONES)
    return unicodedata.normalize("NFC", "".join(
        c for c in marks if c not in TONES)), tone


def tcvn3(text):
    out = ""
    for c in text:
        small = c.lower()
        if c in TCVN3_CAPITALS:
            out += TCVN3_CAPITALS[c]
        elif small in TCVN3 and c != small:
            base = taken_apart(c)[0]
            out += TCVN3_CAPITALS.get(base, base) + TCVN3[small]
        else:
            out += TCVN3.get(c, c)
    return out


def tcvn3_capital_font(text):
    """As .VnTimeH shows capitals: ASCII by capitals, letters with tones by small ones."""
    return "".join(TCVN3_CAPITALS.get(c) or TCVN3.get(c.lower(), c)
                   for c in text.upper())


def vni(text):
    return "".join(VNI.get(c) or (VNI[c.lower()].upper() if c.lower() in VNI else c)
                   for c in text)


def by_iconv(letters, encoding):
    out = subprocess.run(["iconv", "-f", "UTF-8", "-t", encoding], check=True,
                         input="\n".join(letters).encode(), stdout=subprocess.PIPE)
    return dict(zip(letters, out.stdout.decode("latin-1").split("\n")))


VISCII = by_iconv(LETTERS + LETTERS.upper(), "VISCII")


def viscii(text):
    return "".join(VISCII.get(c, c) for c in text)


def cp1258(text):
    out = ""
    for c in text:
        for form in (c, "".join(taken_apart(c))):
            try:
                out += form.encode("cp1258").decode("latin-1")
                break
            except UnicodeEncodeError:
                pass
        else:
            out += c
    return out


def viqr(text):
    out = ""
    for c in text:
        marks = unicodedata.normalize("NFD", c)
        out += {"đ": "dd", "Đ": "DD"}.get(c) or marks[0] + "".join(
            SHAPES.get(m, "") for m in marks[1:]) + "".join(
            TONES.get(m, "") for m in marks[1:]) if len(marks) > 1 or c in "đĐ" else c
    return out


def twice(text, encoding="cp1252"):
    return "".join(bytes([b]).decode(encoding, "ignore") or chr(b)
                   for b in text.encode())


ENCODERS = {
    "TCVN3": tcvn3, "TCVN3, capital font": tcvn3_capital_font, "VNI": vni,
    "VISCII": viscii, "windows-1258": cp1258, "VIQR": viqr,
    "UTF-8 twice": twice, "UTF-8 twice, Latin-1": lambda t: twice(t, "latin-1"),
    "UTF-8 three times": lambda t: twice(twice(t)),
    "entities": lambda t: "".join(c if ord(c) < 128 else f"&#{ord(c)};" for c in t),
    "entities twice": lambda t: "".join(
        c if ord(c) < 128 else f"&amp;#{ord(c)};" for c in t),
    "\\u": lambda t: "".join(c if ord(c) < 128 else f"\\u{ord(c):04x}" for c in t),
}
AS_BYTES = ("TCVN3", "TCVN3, capital font", "VNI", "VISCII", "windows-1258")


def as_bytes(text):
    return b"".join(bytes([ord(c)]) if ord(c) < 256 else c.encode("cp1252", "replace")
                    for c in text)


def plain(text):
    return " ".join(text.replace("\u00ad", "").split())


def headlines(path, count):
    known = set(LETTERS + LETTERS.upper() + "“”‘’–…")
    lines = lines_of(path)
    random.Random(15).shuffle(lines)
    found = []
    for line in lines:
        title = plain(unicodedata.normalize("NFC", json.loads(line)["title"]))
        if len(title.split()) >= 8 and all(ord(c) < 256 or c in known for c in title):
            found.append(title)
        if len(found) == count:
            break
    return found


def shown(text):
    """As windows-1252 has these bytes: typed in a font, kept by Word."""
    return "".join(bytes([ord(c)]).decode("cp1252", "ignore") or c
                   if 0x80 <= ord(c) < 0xA0 else c for c in text)


FORMS = {"bytes": as_bytes, "characters": str.encode,
         "shown": lambda text: shown(text).encode()}
LINES = 20  # of a document


def alone(coded, options):
    return [text for _, text in repaired(coded, *options)]


def together(coded, options):
    docs = [b"\n".join(coded[i:i + LINES]) for i in range(0, len(coded), LINES)]
    return [line for _, text in repaired(docs, *options) for line in text.split("\n")]


def among_sound(coded, titles):
    docs = []
    for i, one in enumerate(coded):
        lines = [t.encode() for t in titles[i - LINES:i] or titles[-LINES:]]
        docs.append(b"\n".join(lines[:LINES // 2] + [one] + lines[LINES // 2:]))
    return [text.split("\n")[LINES // 2] for _, text in repaired(docs)]


def measure(titles, show):
    for name, encode in ENCODERS.items():
        for form, write in FORMS.items():
            if form != "characters" and name not in AS_BYTES:
                continue
            coded = [write(encode(t)) for t in titles]
            options = ["--bytes"] if form == "bytes" else []
            ways = {"alone": alone(coded, options), "together": together(coded, options)}
            if form != "bytes":
                ways["among sound"] = among_sound(coded, titles)
            for way, got in ways.items():
                got = [plain(text) for text in got]
                exact = sum(a == b for a, b in zip(titles, got))
                wrong = [(a, b) for a, b in zip(titles, got) if a.lower() != b.lower()]
                print(f"{name:22}{form:12}{way:12}{exact / len(titles):8.4f}"
                      f"{1 - len(wrong) / len(titles):8.4f}")
                for a, b in wrong[:show]:
                    print(f"    {a}\n    {b}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--show", type=int, default=0, help="so many that went wrong")
    parser.add_argument("corpus", nargs="?", default=CORPUS)
    args = parser.parse_args()
    path = args.corpus
    if not os.path.exists(path):
        print("encodings.py: no corpus beside the project")
        return
    titles = headlines(path, args.count)
    print(f"{len(titles)} headlines        right: to the letter, in any case")
    measure(titles, args.show)


if __name__ == "__main__":
    main()
