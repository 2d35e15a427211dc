#!/usr/bin/env bash
# Includes go one way only and in no circle, functions are where their header says, and folders stay
# small: tests/scripts/structure.py. Proved by breaking each rule in a copy of the tree.
set -euo pipefail

source_dir=${DX_SRC:-$(cd "$(dirname "$0")/../.." && pwd)}
check() { python3 "$source_dir/tests/scripts/structure.py" "$@"; }

failed=0
for rule in layers circles homes folders; do
    wrong=$(check $rule "$source_dir")
    [ -z "$wrong" ] || { echo "$wrong"; failed=1; }
done
[ $failed = 0 ] || exit 1

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
(cd "$source_dir" && cp -r common indexer searcher "$copy")

# must_fail RULE FILE LINE: the check notices this line at the end of this file.
must_fail() {
    mkdir -p "$(dirname "$copy/$2")"
    echo "$3" >>"$copy/$2"
    if ! grep -q "^$2:" <<<"$(check "$1" "$copy")"; then
        echo "the check of $1 does not notice '$3' in $2"
        exit 1
    fi
    if [ -f "$source_dir/$2" ]; then cp "$source_dir/$2" "$copy/$2"; else rm "$copy/$2"; fi
}
must_fail layers common/base/mem.c '#include "common/text/analyzer.h"'
must_fail layers common/text/tone.c '#include "common/index/store/store.h"'
must_fail layers common/cli/options.c '#include "common/text/analyzer.h"'
must_fail layers searcher/query/query.h '#include "common/cli/language.h"'
must_fail layers common/index/store/store.h '#include "indexer/input/article.h"'
must_fail layers common/index/codec/list.c '#include "common/names/provinces.h"'
must_fail layers common/names/provinces.c '#include "common/index/field/attribute.h"'
must_fail layers indexer/gather/tokenize.c '#include "searcher/query/query.h"'
must_fail layers indexer/input/text/text.c '#include "indexer/gather/tokenize.h"'
must_fail layers indexer/run/walk.c '#include "indexer/cli/options.h"'
must_fail layers searcher/query/query.h '#include "indexer/input/article.h"'
must_fail layers searcher/query/parse.c '#include "searcher/match/lookup/plan.h"'
must_fail layers searcher/answer/search.c '#include "searcher/output/text.h"'
must_fail layers searcher/output/text.c '#include "searcher/answer/show/snippet.h"'
must_fail layers searcher/main.c '#include "query.h"'
must_fail layers indexer/cli/analyze.c '#include "common/index/segment/segment_internal.h"'
must_fail layers indexer/cli/analyze.c '#  include <utf8proc.h>'
must_fail layers searcher/answer/search.c '#include <lmdb.h>'
must_fail layers common/index/segment/layout/parts.c '#include <xxhash.h>'
must_fail layers searcher/stray.c 'int dx_stray;'
must_fail circles common/base/buf.c '#include "common/base/escape.h"'
must_fail homes common/base/arena.h 'dx_status dx_json_put(dx_buf *out, dx_str text);'
must_fail homes indexer/run/job.c 'void dx_arena_free(dx_arena *a) { (void)a; }'
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13; do touch "$copy/common/names/more_$i.c"; done
grep -q '^common/names:' <<<"$(check folders "$copy")" || { echo "a full folder goes unnoticed"; exit 1; }
echo "the structure is kept"
