#!/usr/bin/env bash
# Includes go one way only, from the tools down to the base, by paths from the
# root; and each library's header is included by its one adapter. Proved by
# breaking each rule in a copy of the tree.
set -euo pipefail

# FILE HEADER: nobody else may include it.
adapters='
common/index/store_internal.h lmdb.h
common/text/utf8.c utf8proc.h
common/text/stem.c libstemmer.h
common/index/compress_internal.h lz4.h
common/base/hash.c xxhash.h
indexer/input/dom_gumbo.c gumbo.h
indexer/input/json_tree.c yajl/yajl_parse.h
indexer/input/reader.c archive.h'

# The layers a file may include from, as patterns of included paths.
allowed_for() {
    local base='common/base/* common/include/dx/*' text names index
    text="$base common/text/*"
    names="$text common/names/*"
    index="$text common/index/*"
    case $1 in
    common/include/dx/*) echo '' ;;
    common/base/*) echo "$base" ;;
    common/text/*) echo "$text" ;;
    common/names/*) echo "$names" ;;
    common/index/*) echo "$index" ;;
    indexer/main.c | indexer/cli/*) echo "$index $names indexer/*" ;;
    indexer/*) echo "$index $names indexer/* !indexer/cli/*" ;;
    searcher/include/dx/*) echo '' ;;
    searcher/main.c | searcher/cli/* | searcher/cgi/*) echo "$index $names searcher/*" ;;
    searcher/*) echo "$index $names searcher/* !searcher/cli/* !searcher/cgi/*" ;;
    *) echo '!*' ;;
    esac
}

is_allowed() { # INCLUDED PATTERNS
    local pattern ok=no
    for pattern in $2; do
        case $pattern in
        !*) [[ $1 == ${pattern#!} ]] && ok=no ;;
        *) [[ $1 == $pattern ]] && ok=yes ;;
        esac
    done
    [ $ok = yes ]
}

# check TREE: prints what is wrong in it.
check() {
    local file included patterns adapter header
    cd "$1"
    set -f
    while IFS=: read -r file included; do
        patterns=$(allowed_for "$file")
        if [ ! -f "$included" ]; then
            echo "$file: \"$included\" is no path from the root"
        elif ! is_allowed "$included" "$patterns"; then
            echo "$file: may not include \"$included\""
        fi
    done < <(grep -rE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' --include='*.[ch]' common indexer searcher |
        sed -E 's/:[^"]*"([^"]*)".*/:\1/')
    while read -r adapter header; do
        [ -n "$adapter" ] || continue
        grep -qF "<$header>" "$adapter" ||
            echo "$adapter: should be the adapter that includes <$header>"
        grep -rlE "#[[:space:]]*include[[:space:]]*[<\"]$header[>\"]" --include='*.[ch]' common indexer searcher |
            grep -vxF "$adapter" | sed "s|\$|: only $adapter may include <$header>|" || true
    done <<<"$adapters"
    # A header of dx in angle brackets is one that users install, nothing else.
    grep -rnE '#[[:space:]]*include[[:space:]]*<(common|indexer|searcher)/' --include='*.[ch]' common indexer searcher || true
}

source_dir=${DX_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
wrong=$(check "$source_dir")
if [ -n "$wrong" ]; then
    echo "$wrong"
    exit 1
fi

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$source_dir" && cp -r common indexer searcher "$copy")

# must_fail FILE LINE: the check notices this line at the end of this file.
must_fail() {
    echo "$2" >>"$copy/$1"
    if ! (check "$copy") | grep -q "^$1:"; then
        echo "the check does not notice '$2' in $1"
        exit 1
    fi
    cp "$source_dir/$1" "$copy/$1"
}
must_fail common/base/mem.c '#include "common/text/analyzer.h"'
must_fail common/text/tone.c '#include "common/index/store.h"'
must_fail common/index/store.h '#include "indexer/article.h"'
must_fail common/index/list.c '#include "common/names/places.h"'
must_fail common/names/places.c '#include "common/index/attribute.h"'
must_fail indexer/build.c '#include "searcher/query.h"'
must_fail searcher/query.h '#include "indexer/article.h"'
must_fail searcher/search.c '#include "searcher/cli/page.h"'
must_fail indexer/walk.c '#include "indexer/cli/options.h"'
must_fail searcher/main.c '#include "query.h"'
must_fail indexer/cli/analyze.c '#  include <utf8proc.h>'
must_fail searcher/search.c '#include <lmdb.h>'
must_fail common/index/parts.c '#include <xxhash.h>'
echo "layers are kept"
