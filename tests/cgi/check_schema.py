#!/usr/bin/env python3
"""Each line of standard input against docs/schema/search-1.json.

usage: check_schema.py SCHEMA [KIND]   KIND: page or failure, if each has to be that

Exits with 77 where Debian's python3-jsonschema is missing. The schema leaves room for
members of newer versions; here what it does not name is a fault, so that nothing is
added to the output without being described."""
import json
import sys

try:
    import jsonschema
except ImportError:
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
for described in schema["$defs"].values():
    if described.get("type") == "object":
        described.setdefault("additionalProperties", False)
if len(sys.argv) > 2:
    schema["oneOf"] = [{"$ref": "#/$defs/" + sys.argv[2]}]
validator = jsonschema.Draft202012Validator(schema)
faults = lines = 0
for line in sys.stdin.buffer:
    lines += 1
    for fault in validator.iter_errors(json.loads(line.decode())):
        faults += 1
        where = fault.context[0] if fault.context else fault
        print(f"line {lines}: {'/'.join(map(str, where.absolute_path))}: {where.message[:300]}")
if not lines:
    print("no line")
sys.exit(bool(faults or not lines))
