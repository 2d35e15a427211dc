#!/usr/bin/env bash
# Whoever installs, wherever: a strict umask, a source path with a blank in it, another
# installation tree, a machine that is too small. What was installed can be removed again.
. "$(dirname "$0")/../cli/search.bash"

prefix=$tmp/the\ prefix

# configure BUILD OPTION…: of a source path with a blank in it; the log in $tmp/log
ln -s "$DX_SRC" "$tmp/the source"
configure() {
    cmake -S "$tmp/the source" -B "$@" -G Ninja -DDX_TESTS=OFF >"$tmp/log" 2>&1
}

# ---- a umask that keeps others out
cp "$DX_BIN/install_manifest.txt" "$tmp/manifest" 2>/dev/null || true
mkdir "$prefix"
touch "$prefix/of the user"
(umask 077; cmake --install "$DX_BIN" --prefix "$prefix" >"$tmp/log") || { cat "$tmp/log" >&2; exit 1; }
closed=$(find "$prefix" -mindepth 1 \( -type d ! -perm -005 -o ! -type d ! -perm -004 \) ! -name 'of the user')
[ -z "$closed" ] || fail "others cannot read $closed"

# ---- CMake finds it
mkdir "$tmp/user"
awk '$0 == "```c" { inside = 1; next } $0 == "```" { inside = 0 } inside' "$DX_SRC/docs/embed.md" >"$tmp/user/find.c"
{
    echo 'cmake_minimum_required(VERSION 3.21)
project(find LANGUAGES C)'
    awk '$0 == "```cmake" { inside = 1; next } $0 == "```" { inside = 0 } inside' "$DX_SRC/docs/embed.md"
} >"$tmp/user/CMakeLists.txt"
cmake -S "$tmp/user" -B "$tmp/user/build" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
    ${DX_SANITIZED:+-DCMAKE_C_FLAGS=-fsanitize=$DX_SANITIZED} >"$tmp/log" 2>&1 &&
    cmake --build "$tmp/user/build" >>"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; fail "find_package(dxsearch)"; }
index_corpus "$tmp/ix"
expect_status 0 "$tmp/user/build/find" "$tmp/ix" "chuyen doi so"
expect_text "$tmp/out" "chuyển đổi số" "a program that CMake built"

# ---- removed again, but nothing else
cmake -DMANIFEST="$DX_BIN/install_manifest.txt" -DFOLDERS="$DX_BIN/install_folders.txt" \
    -P "$DX_SRC/packaging/uninstall.cmake" >"$tmp/log" 2>&1 || { cat "$tmp/log" >&2; fail "uninstall"; }
[ "$(find "$prefix" -mindepth 1)" = "$prefix/of the user" ] || fail "left: $(find "$prefix" -mindepth 1)"
[ ! -e "$tmp/manifest" ] || mv "$tmp/manifest" "$DX_BIN/install_manifest.txt"

# ---- from there, too
configure "$tmp/the build" -DCMAKE_BUILD_TYPE=Release || { cat "$tmp/log" >&2; fail "a build folder with a blank"; }
grep -qF "set(DX_MADE \"$tmp/the build/install_folders.txt\")" "$tmp/the build/packaging/cmake_install.cmake" ||
    fail "a list of folders below a folder with a blank"

# ---- 32 bits
for flag in -m32 -mx32; do
    [ "$(uname -m)" = x86_64 ] || continue
    configure "$tmp/small$flag" -DCMAKE_C_FLAGS=$flag -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY &&
        fail "a build with $flag"
    tr -s ' \n' ' ' <"$tmp/log" >"$tmp/words"
    expect_text "$tmp/words" "dx needs a 64-bit machine" "a build with $flag"
done

finish
