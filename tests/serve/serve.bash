# serve.bash -- what the tests of dxserve share; to be sourced. Gives $index, an index of the
# sample articles, and what ../cli/search.bash gives.
. "$(dirname "$0")/../cli/search.bash"

[ -x "$DX_BIN/dxserve" ] || { echo "dxserve is not built here: scripts/deps" >&2; exit 77; }
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
index=$tmp/ix
index_corpus "$index"
