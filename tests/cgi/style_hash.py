#!/usr/bin/env python3
"""Checks that a page's style sheet is the one its Content-Security-Policy allows.

usage: dxsearch.cgi '' | style_hash.py            exits with 1 when it is not
       dxsearch.cgi '' | style_hash.py STYLE.H    writes the hash into that header
"""
import base64
import hashlib
import re
import sys

page = sys.stdin.read()
style = re.search(r"<style>(.*?)</style>", page, re.S).group(1)
digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
if len(sys.argv) == 2:
    text = open(sys.argv[1], encoding="utf-8").read()
    text = re.sub(r"'sha256-[^']*'", f"'sha256-{digest}'", text)
    open(sys.argv[1], "w", encoding="utf-8").write(text)
elif f"style-src 'sha256-{digest}'" not in page:
    sys.exit(f"the policy does not allow the style sheet, whose hash is {digest}")
