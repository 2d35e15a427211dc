#!/usr/bin/env bash
# The same answer, byte for byte and header for header, by CGI, FastCGI and HTTP.
. "$(dirname "$0")/serve.bash"

DX_INDEX=$index python3 "$here/same.py" || fail "answers differ"
finish
