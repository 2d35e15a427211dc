#!/usr/bin/env bash
# The installed package: what docs/embed.md promises compiles against it and
# runs, the library exports what its header declares, and the manuals are there.
. "$(dirname "$0")/../cli/search.bash"

prefix=$tmp/prefix
embed=$DX_SRC/docs/embed.md
cmake --install "$DX_BIN" --prefix "$prefix" >"$tmp/install.log" || { cat "$tmp/install.log" >&2; exit 1; }

find_one() { # NAME: where it was installed
    find "$prefix" -name "$1" | head -1
}
for file in dxindex dxsearch dxsearch.cgi libdxsearch.so search.h base.h dxsearch.pc dx.7 dxquery.7 dxsearch.1 dxsearch.cgi.8 \
    query.md json.md embed.md web.md search-1.json LICENSE; do
    [ -n "$(find_one "$file")" ] || fail "$file is not installed"
done
lib=$(dirname "$(find_one libdxsearch.so)")
PATH=$prefix/bin:$(dirname "$(find_one dxsearch.cgi)"):$PATH

# block LANGUAGE: the longest block of that language in the document
block() {
    awk -v start="\`\`\`$1" '$0 == start { inside = 1; text = ""; next }
        $0 == "```" { if (inside && length(text) > length(best)) best = text; inside = 0 }
        inside { text = text $0 "\n" }
        END { printf "%s", best }' "$embed"
}

index_corpus "$tmp/ix"

# ---- what is installed where the loader does not look is told, and how to use it
expect_text "$tmp/install.log" "-Wl,-rpath,$lib" "the end of the installation"

# ---- the C example, with what pkg-config says and nothing else
block c >"$tmp/find.c"
[ -s "$tmp/find.c" ] || fail "no C example"
sanitize=
if nm -D "$lib/libdxsearch.so" | grep __asan_init >/dev/null; then sanitize=-fsanitize=address,undefined; fi
unset LD_LIBRARY_PATH
export PKG_CONFIG_PATH=$lib/pkgconfig

build_example() { # as the document says, which finds the library without ldconfig
    cc -std=c11 -Wall -Wextra -Wpedantic -Werror $sanitize -o "$tmp/find" "$tmp/find.c" \
        $(pkg-config --cflags --libs dxsearch) || fail "the C example does not compile"
}
build_example
expect_status 0 "$tmp/find" "$tmp/ix" "chuyen doi so"
expect_text "$tmp/out" "chuyển đổi số" "the C example"

# ---- the same after the installed tree was moved
mv "$prefix" "$tmp/moved"
export PKG_CONFIG_PATH=$tmp/moved${lib#"$prefix"}/pkgconfig
expect_status 127 "$tmp/find" "$tmp/ix" "chuyen doi so"
build_example
expect_status 0 "$tmp/find" "$tmp/ix" "chuyen doi so"
mv "$tmp/moved" "$prefix"
export PKG_CONFIG_PATH=$lib/pkgconfig
build_example
expect_status 0 "$tmp/find" "$tmp/ix" "chuyen doi so"
[ "$(head -1 "$tmp/out")" = "$(dxsearch -i "$tmp/ix" --json chuyen doi so |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["total"], "found")')" ] ||
    fail "the C example counts otherwise than dxsearch"
expect_status 1 "$tmp/find" "$tmp/none" "chuyen doi so"
expect_text "$tmp/err" "dxindex --index" "the C example without an index"

# ---- the library exports what the headers declare, and nothing else
declared() { python3 "$DX_SRC/tests/scripts/declarations.py" "$prefix"/include/dx/*.h | cut -f2 | sort; }
exported() { nm -D --defined-only "$lib/libdxsearch.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | grep -v '^_' | sort; }
[ "$(declared | wc -l)" -ge 15 ] || fail "only $(declared | wc -l) functions are declared"
diff <(declared) <(exported) >&2 || fail "declared (<) and exported (>) functions differ"

# ---- the Python example, unless the library wants a sanitizer's in the process
export LD_LIBRARY_PATH=$lib
if [ -z "$sanitize" ]; then
    block python | sed "s|/srv/dx/news.dx|$tmp/ix|" >"$tmp/find.py"
    expect_status 0 python3 "$tmp/find.py" chuyen doi so
    expect_text "$tmp/out" "chuyển đổi số" "the Python example"
    sed "s|$tmp/ix|$tmp/none|" "$tmp/find.py" >"$tmp/find_none.py"
    expect_status 1 python3 "$tmp/find_none.py" chuyen doi so
    expect_text "$tmp/err" "dxindex --index" "the Python example without an index"
fi

# ---- the headers are C++ too
if command -v c++ >/dev/null; then
    printf '#include <dx/search.h>\nint main() { dx_request r = DX_REQUEST_INIT; return (int)r.offset; }\n' >"$tmp/x.cc"
    c++ -Wall -Wextra -Werror -fsyntax-only -I"$prefix/include" "$tmp/x.cc" || fail "the header in C++"
fi

# ---- the shell CGI of the document
block bash | sed "s|/srv/dx/news.dx|$tmp/ix|" >"$tmp/search.cgi"
[ "$(wc -l <"$tmp/search.cgi")" -le 11 ] || fail "the shell CGI has grown"
chmod +x "$tmp/search.cgi"
shell_cgi() { # QUERY_STRING WANTED: the query that dxsearch gets
    QUERY_STRING=$1 "$tmp/search.cgi" >"$tmp/out" 2>"$tmp/err" || fail "shell CGI: status $? for $1"
    sed '1,/^$/d' "$tmp/out" | python3 -c 'import json, sys
got = json.load(sys.stdin)["query"]
assert got == sys.argv[1], (got, sys.argv[1])' "$2" || fail "shell CGI: $1"
}
cd "$tmp"
shell_cgi 'q=chuyen+doi+so' 'chuyen doi so'
expect_text "$tmp/out" '"rank":20' "shell CGI"
shell_cgi 'a=1&q=chuy%E1%BB%83n%20%c4%91%E1%BB%95i&b=2' 'chuyển đổi'
shell_cgi 'q=%24(touch+x)%60touch+x%60;touch+x' '$(touch x)`touch x`;touch x'
shell_cgi 'q=--index+/etc+%22a%22' '--index /etc "a"'
shell_cgi 'q=%5Cn%5Cx41%5C%5C+\c%zz%' '\n\x41\\ \c%zz%'
shell_cgi 'q=*' '*'
shell_cgi 'q=a%00b' 'ab'
shell_cgi '' ''
[ ! -e "$tmp/x" ] || fail "the shell CGI ran a query"

# ---- from any depth: Debian's libraries are in lib/x86_64-linux-gnu
configure() { # LIBDIR: the pkg-config file of such an installation, in $tmp/deep
    cmake -S "$DX_SRC" -B "$tmp/build" -DDX_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr \
        -DCMAKE_INSTALL_LIBDIR="$1" >"$tmp/configure.log" 2>&1 ||
        { cat "$tmp/configure.log" >&2; fail "cannot configure"; }
    mkdir -p "$tmp/deep/$1/pkgconfig"
    cp "$tmp/build/dxsearch.pc" "$tmp/deep/$1/pkgconfig"
}
for libdir in lib lib/x86_64-linux-gnu; do
    configure $libdir
    got=$(PKG_CONFIG_PATH=$tmp/deep/$libdir/pkgconfig pkg-config --variable=includedir dxsearch)
    [ "$(realpath -m "$got")" = "$tmp/deep/include" ] || fail "with $libdir the headers are said to be in $got"
    got=$(PKG_CONFIG_PATH=$tmp/deep/$libdir/pkgconfig pkg-config --variable=libdir dxsearch)
    [ "$(realpath -m "$got")" = "$tmp/deep/$libdir" ] || fail "with $libdir the library is said to be in $got"
done
grep -qF rpath "$tmp/build/dxsearch.pc" && fail "a distribution's pkg-config file tells an rpath"
configure /opt/dx/lib
[ "$(sed -n s/^libdir=//p "$tmp/build/dxsearch.pc")" = /opt/dx/lib ] || fail "an absolute folder of libraries"

# ---- a package is staged elsewhere than it will be: no word of the loader, and
# the manuals name the place to be
DESTDIR=$tmp/stage cmake --install "$DX_BIN" --prefix /usr >"$tmp/stage.log"
expect_no_text "$tmp/stage.log" "oader" "staging"

# ---- manuals name the documents that are installed
for page in "$prefix"/share/man/man*/*; do
    documents=$(grep -oE '[^ ]*/doc/dx(/[a-z]+\.md)?' "$page")
    [ -n "$documents" ] || fail "$page names no document"
    for document in $documents; do
        [ -e "$document" ] || fail "$page names $document"
        staged=$tmp/stage/usr/share/man/${page#"$prefix/share/man/"}
        expect_text "$staged" "/usr/share/doc/dx${document#"$prefix/share/doc/dx"}" "a staged manual"
    done
    diff <(sed "s|$prefix/share/doc/dx|/usr/local/share/doc/dx|g" "$page") \
        "$DX_SRC/docs/man/$(basename "$page")" >&2 || fail "$page differs otherwise"
done

# ---- manuals that man can format
if command -v man >/dev/null; then
    for page in "$prefix"/share/man/man*/*; do
        LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -l "$page" 2>&1 >/dev/null | grep . >&2 && fail "$page"
    done
fi

finish
