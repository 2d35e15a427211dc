#!/usr/bin/env bash
# House rules for every text of the project: no trailing blanks, a line end at the
# end, no tabs in C, files of a size one can read, no loose ends.
set -uo pipefail
export LC_ALL=C.UTF-8

lines_max=600
cd "${DX_SRC:-$(dirname "$0")/../..}" || exit 1
failed=0

complain() { # WHAT OFFENDERS
    [ -n "$2" ] || return 0
    printf '%s:\n%s\n' "$1" "$2"
    failed=1
}

# The sample corpus is data in the state that portals left it in, and so are the
# fuzzers' seeds.
files() { # PATTERN…
    local find_names=() pattern
    for pattern in "$@"; do find_names+=(-o -name "$pattern"); done
    find . -type d \( -name build -o -name .git -o -path ./corpus -o -path ./tests/fuzz/seeds -o -name golden \) -prune \
        -o -type f \( "${find_names[@]:1}" \) -print | sort
}
code=$(files '*.c' '*.h' '*.cc')
texts=$(files '*.c' '*.h' '*.cc' '*.sh' '*.py' '*.md' '*.txt' '*.[1-8]' 'CMakeLists.txt' '*.json' '*.in' '*.css' '*.html')
programs=$(files '*.sh' '*.py')
scripts=$(find scripts .ci -type f | sort)

no_line_end() {
    for file in "$@"; do
        [ -z "$(tail -c 1 "$file")" ] || echo "$file"
    done
}
too_long() {
    wc -l "$@" | awk -v max=$lines_max '$1 > max && $2 != "total" { print $2 ": " $1 " lines" }'
}
not_utf8() {
    for file in "$@"; do
        iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || echo "$file"
    done
}

no_first_line() { # what a .c file is about stands in its first line
    for file in "$@"; do
        head -1 "$file" | grep -q '^/[*]' || echo "$file"
    done
}

complain 'trailing blanks' "$(grep -nE '[[:blank:]]+$' $texts $scripts)"
complain 'no comment in the first line' "$(no_first_line $(find common indexer searcher -name '*.c'))"
complain 'tabs in C' "$(grep -nP '\t' $code)"
complain 'loose ends' "$(grep -nE '\b(TODO|FIXME|XXX|HACK)\b' $texts $scripts |
    grep -v '^./tests/scripts/check_text.sh')"
complain 'no line end at the end of the file' "$(no_line_end $texts $scripts)"
complain "longer than $lines_max lines" "$(too_long $code $scripts $programs)"
complain 'very long lines in C' "$(grep -nE '.{101,}' $code)"
complain 'not UTF-8' "$(not_utf8 $texts)"

[ $failed = 0 ] && echo "texts keep the house rules"
exit $failed
