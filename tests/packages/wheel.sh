#!/usr/bin/env bash
# The wheel of bindings/python, in a clean system that has Python and no library of dx's:
# installed by pip, and searched with.
. "$(dirname "$0")/root.bash"

cmake --preset release >/dev/null
cmake --build --preset release --target dxindex >/dev/null
build/release/dxindex --quiet --index "$work/corpus.dx" corpus
bindings/python/make_wheel.py "$work/wheel" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "make_wheel.py"; finish; }
for suite in $suites; do
    root=$work/$suite
    make_root "$suite" "$root"
    cp -r "$work/corpus.dx" "$work"/wheel/*.whl "$root/root/"
    in_root "$root" "apt-get -qq update
        apt-get -qq -y install --no-install-recommends python3 python3-venv >/dev/null
        [ ! -e /usr/lib/x86_64-linux-gnu/liblmdb.so.0 ]
        python3 -m venv /root/venv
        /root/venv/bin/pip install -q --no-index /root/*.whl
        cd /
        /root/venv/bin/python -c 'import dxsearch; print(dxsearch.Index(\"/root/corpus.dx\").search(\"chuyen doi so\").hits[0].title)'" \
        >"$work/out" 2>"$work/log" || { tail -5 "$work/log" >&2; fail "$suite: the wheel"; }
    grep -qi 'chuyển đổi số' "$work/out" || fail "$suite: $(cat "$work/out")"
    rm -rf --one-file-system "$root"
done

finish
