#!/usr/bin/env bash
# dxquery(7) is docs/query.md, and that has each operator and each field that the parser
# knows. Every manual has the help texts' options; every program tells --help and --version as
# GNU programs do: on standard output, with status 0.
set -uo pipefail
export LC_ALL=C.UTF-8
cd "${DX_SRC:?}" || exit 1
failed=0
fail() { echo "FAILED: $*" >&2; failed=1; }

diff <(python3 docs/man/make_dxquery.py) docs/man/dxquery.7 >&2 ||
    fail "docs/man/make_dxquery.py >docs/man/dxquery.7 brings it up to date"

operators=$(sed -n 's/^    {"\([^"]*\)", {\.kind = DX_NODE_.*/\1/p' searcher/query/lex.c)
[ "$(wc -w <<<"$operators")" -ge 5 ] || fail "operators of lex.c: $operators"
# Rows of field.h that are no words of articles or values of theirs only: their names in queries.
fields=$(python3 - <<'P'
import re
text = open("common/index/field/field.h").read().split("#define DX_FIELD_MAP(X)")[1].split("\ntypedef")[0]
for row in re.split(r"\bX\(", text)[1:]:
    find = row.split(",")[4].strip()
    names = re.findall(r"\(([^()]*)\)", row)
    if find not in ("NOT", "SELF") and len(names) > 1 and names[1] != "NULL":
        print(re.findall(r'"([^"]*)"', names[1])[0])
P
)
[ "$(wc -w <<<"$fields")" -ge 15 ] || fail "fields of field.h: $fields"
others=$(sed -n 's/^    {"\([a-z]*\)", {DX_IN_.*/\1/p' searcher/query/fields.c)
for operator in $operators NOT; do
    grep -q "^|.*\`[^\`]*$operator[^\`]*\`" docs/query.md || fail "docs/query.md has no operator $operator"
done
for field in $fields $others; do
    grep -q "^|.*\`$field:" docs/query.md || fail "docs/query.md has no field $field:"
done

for program in dxindex dxsearch dxsearch.cgi dxserve; do
    [ -x "${DX_BIN:?}/$program" ] || continue
    for option in --help --version; do
        said=$(env -u REQUEST_METHOD LANG=en "$DX_BIN/$program" $option 2>/dev/null </dev/null) || fail "$program $option fails"
        case $option$said in
        --help*"$program"*--version* | --version"$program "[0-9]*.[0-9]*) ;;
        *) fail "$program $option says: ${said:0:200}" ;;
        esac
    done
    [ -e "docs/man/$program.1" ] || [ -e "docs/man/$program.8" ] || fail "$program has no manual"
done
exit $failed
