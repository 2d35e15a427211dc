#!/usr/bin/env python3
"""Checks the colours of the pages' style sheet: text on what it stands on has a contrast of
4.5 or more (WCAG 2.1, 1.4.3), in the light and in the dark; edges of fields 3 (1.4.11).

usage: check_contrast.py STYLE.CSS      prints what is too weak and exits with 1
"""
import re
import sys

PAIRS = {"text": "back raised mark note", "soft": "back raised", "link": "back raised mark note",
         "seen": "back raised mark note", "url": "back", "on-link": "link", "edge": "back"}


def luminance(color):
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


css = open(sys.argv[1], encoding="utf-8").read()
roots = re.findall(r":root\{(.*?)\}", css, re.S)
weak = [] if len(roots) == 2 else [f"{len(roots)} sets of colours"]
for scheme, root in zip(("light", "dark"), roots):
    colors = {name: "#" + "".join(c * (2 if len(value) == 4 else 1) for c in value[1:])
              for name, value in re.findall(r"--([\w-]+):(#[0-9a-f]+)", root)}
    for text, backs in PAIRS.items():
        for back in backs.split():
            got = contrast(colors[text], colors[back])
            if got < (3 if text == "edge" else 4.5):
                weak.append(f"{scheme}: {text} on {back} {got:.2f}")
print("\n".join(weak))
sys.exit(bool(weak))
