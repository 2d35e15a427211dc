#!/usr/bin/env bash
# bindings/php over the library and the server just built: tests/bindings/test_dxsearch.php.
. "$(dirname "$0")/../cli/search.bash"

skip() { echo "skipped: $*"; exit 77; }
[ -z "${DX_SANITIZED:-}" ] || skip "PHP is not built with sanitizers"
command -v php >/dev/null && php -r 'exit((int)!class_exists("FFI"));' || skip "no PHP with FFI (scripts/deps --dev)"
[ -x "$DX_BIN/dxserve" ] || skip "no dxserve"

for file in "$DX_SRC"/bindings/php/*.php "$DX_SRC"/bindings/php/examples/*/*.php; do
    php -l "$file" >"$tmp/out" 2>&1 || { cat "$tmp/out" >&2; fail "$file"; }
done
index_corpus "$tmp/ix"
for i in 1 2 3; do echo "{\"id\": \"post:$i\", \"title\": \"Lũ số $i\", \"body\": \"Nước lên.\"}"; done | index_lines "$tmp/posts"
for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    "$DX_BIN/dxserve" --index "$tmp/ix" --http "$port" 2>"$tmp/log" &
    server=$!
    trap 'kill $server 2>/dev/null || true; rm -rf "$tmp"' EXIT
    for wait in 1 2 3 4 5 6 7 8 9 10; do
        php -r "exit((int)!@file_get_contents('http://127.0.0.1:$port/healthz'));" && break 2
        kill -0 $server 2>/dev/null || break
        sleep .2
    done
done
export LD_LIBRARY_PATH=$DX_BIN
expect_status 0 php "$DX_SRC/tests/bindings/test_dxsearch.php" "$DX_BIN/libdxsearch.so.0" "$tmp/ix" "http://127.0.0.1:$port/" "$tmp/posts"
expect_text "$tmp/out" "all as it should be" "PHP"
finish
