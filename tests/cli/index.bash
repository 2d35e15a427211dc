# index.bash -- what the tests of dxindex over files share; to be sourced. Needs DX_BIN;
# goes to $work, a folder that is removed at the end. A test ends with: exit $failed
set -euo pipefail

: "${DX_BIN:?the build folder}"
dx=$DX_BIN/dxindex
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

# The exit status and the first line of output, which goes to `out`, errors to `err`.
expect() { # STATUS SUMMARY COMMAND…
    local status=$1 summary=$2 got=0
    shift 2
    "$@" >out 2>err || got=$?
    if [ "$got" != "$status" ] || [ "$(head -n 1 out)" != "$summary" ]; then
        fail "$*"
        echo "  expected $status: $summary"
        echo "  found    $got: $(head -n 1 out)"
        sed 's/^/  | /' err
    fi
}

has() { # TEXT FILE
    grep -qF -- "$1" "$2" || { fail "no “$1” in $2:"; cat "$2"; }
}

counts() { # added updated unchanged removed skipped
    echo "$1 added, $2 updated, $3 unchanged, $4 removed, $5 skipped"
}
