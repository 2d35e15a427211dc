#!/usr/bin/env bash
# Other processors, by cross compilers and qemu in a clean system: the same articles give the
# same dumps, byte by byte, and an index of the other byte order is told, here and there.
. "$(dirname "$0")/root.bash"

cmake --preset release >/dev/null
cmake --build --preset release --target dxindex >/dev/null
dxindex=$src/build/release/dxindex
"$dxindex" --quiet --index "$work/here.dx" corpus
# Runs where it stands: a dump of all terms, and of articles and texts.
dump='dump_all() { "$@" dump --index $index --exact --limit 100000; "$@" dump --index $index chuyển đổi số "bac giang" title:hội; }'
(eval "$dump"; index=$work/here.dx; dump_all "$dxindex") >"$work/here.dump"
[ "$(wc -l <"$work/here.dump")" -gt 1000 ] || fail "the dump here is short"

libraries="libc6-dev liblmdb-dev libutf8proc-dev libstemmer-dev liblz4-dev libxxhash-dev libgumbo-dev
    libyajl-dev libarchive-dev libexpat1-dev zlib1g-dev nettle-dev"
for machine in ${DX_MACHINES:-arm64:aarch64 s390x:s390x}; do
    arch=${machine%:*} cpu=${machine#*:}
    root=$work/$arch
    make_root bookworm "$root"
    cp -r "$work/here.dx" "$root/root/dx/here.dx"
    in_root "$root" "dpkg --add-architecture $arch
        apt-get -qq update
        apt-get -qq -y install --no-install-recommends cmake ninja-build pkg-config qemu-user \
            gcc-${cpu/_/-}-linux-gnu $(printf "%s:$arch " $libraries) >/dev/null
        export PKG_CONFIG_LIBDIR=/usr/lib/$cpu-linux-gnu/pkgconfig
        cmake -S . -B build/cross -G Ninja -DDX_TESTS=OFF -DDX_STATIC=OFF -DCMAKE_BUILD_TYPE=Release \
            -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=$cpu -DCMAKE_C_COMPILER=$cpu-linux-gnu-gcc \
            -DCMAKE_LIBRARY_ARCHITECTURE=$cpu-linux-gnu -DCMAKE_CROSSCOMPILING_EMULATOR=/usr/bin/qemu-$cpu >/dev/null
        cmake --build build/cross --target dxindex dxsearch | tail -20
        $dump
        index=there.dx
        qemu-$cpu build/cross/dxindex --quiet --index there.dx corpus
        dump_all qemu-$cpu build/cross/dxindex >there.dump
        qemu-$cpu build/cross/dxsearch --index here.dx chuyen doi so >here.txt 2>&1 || true" >"$work/log" 2>&1 ||
        { tail -20 "$work/log" >&2; fail "$arch"; continue; }
    cmp "$work/here.dump" "$root/root/dx/there.dump" || fail "$arch: the dumps differ"
    if [ "$arch" = s390x ]; then
        grep -q 'of the other byte order; index again' "$root/root/dx/here.txt" || fail "$arch: $(head -3 "$root/root/dx/here.txt")"
        said=$("$dxindex" stats --index "$root/root/dx/there.dx" 2>&1 || true)
        grep -q 'of the other byte order; index again' <<<"$said" || fail "an index of $arch here: $said"
    else
        grep -q 'chuyển đổi số' "$root/root/dx/here.txt" || fail "$arch: $(head -3 "$root/root/dx/here.txt")"
    fi
    echo "$arch: $(wc -l <"$work/here.dump") lines of dumps are the same"
    rm -rf --one-file-system "$root"
done

finish
