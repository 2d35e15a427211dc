#!/usr/bin/env python3
"""Checks that a page's style sheets are those that its Content-Security-Policy allows, and
that it allows no others.

usage: dxsearch.cgi '' | style_hash.py            exits with 1 when they are not
"""
import base64
import hashlib
import re
import sys

page = sys.stdin.read()
styles = re.findall(r"<style>(.*?)</style>", page, re.S)
wanted = ["'sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() + "'" for style in styles]
allowed = re.search(r"style-src ([^;]*)", page).group(1).split()
if not styles or wanted != allowed:
    sys.exit(f"the policy allows {allowed}, the style sheets are {wanted}")
