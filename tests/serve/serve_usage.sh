#!/usr/bin/env bash
# The command line of dxserve: help, version, addresses that it takes and refuses.
. "$(dirname "$0")/serve.bash"
serve=$DX_BIN/dxserve

for language in en vi; do
    expect_status 0 env LANG=$language "$serve" --help
    for option in index http fastcgi path public threads connections help version; do
        expect_text "$tmp/out" "--$option" "help ($language)"
        grep -q -- "\\\\-\\\\-$option" "$DX_SRC/docs/man/dxserve.8" || fail "--$option is not in the manual"
    done
    [ "$(LC_ALL=C.UTF-8 wc -L <"$tmp/out")" -le 86 ] || fail "help is too wide ($language)"
done
expect_status 0 "$serve" --version
[[ $(cat "$tmp/out") =~ ^dxserve\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "version: $(cat "$tmp/out")"

# ---- what other machines reach is refused, unless wanted
for address in 0.0.0.0:0 192.0.2.1:0 '[::]:0' '[2001:db8::1]:0'; do
    for kind in http fastcgi; do
        expect_status 2 "$serve" --$kind "$address"
        expect_text "$tmp/err" "reachable from other machines" "$address"
        expect_text "$tmp/err" "--public" "$address"
    done
done
for address in '' x 65536 -1 127.0.0.1 127.0.0.1:x tinh.vn:80 127.0.0.1:99999 '[::1]' '[::1:80' ::1:80 \
    "/$(printf 'x%.0s' {1..200})"; do
    expect_status 2 "$serve" --http "$address"
done
expect_status 2 "$serve" --path x
expect_status 2 "$serve" --threads 0
expect_status 2 "$serve" --connections 801
expect_status 2 "$serve" --khong-co
expect_status 2 "$serve" chu
expect_status 2 "$serve" --http 1 --http 2 --http 3 --http 4 --http 5 --http 6 --http 7 --http 8 --http 9
expect_status 2 env LANG=vi "$serve" --http 0.0.0.0:80
expect_text "$tmp/err" "máy khác cũng vào được" "in Vietnamese"

# starts ARGUMENT…: with these it answers until it is told to end
starts() {
    expect_status 0 timeout --preserve-status -s TERM 1 "$serve" --index "$index" "$@"
}
starts --http '[::1]:0' --http localhost:0 --http 127.1.2.3:0 --fastcgi 0 --fastcgi "$tmp/socket"
expect_text "$tmp/err" "HTTP on http://[::1]:" "IPv6"
expect_text "$tmp/err" "HTTP on http://127.1.2.3:" "another address of this machine"
expect_text "$tmp/err" "FastCGI on $tmp/socket" "a socket"
[ ! -e "$tmp/socket" ] || fail "its socket is left behind"
starts --public --http 0.0.0.0:0
expect_status 3 "$serve" --http "$tmp/none/socket"
expect_text "$tmp/err" "$tmp/none/socket: cannot listen: No such file" "no folder"

# ---- a socket that a killed server left is replaced, one that is in use is not
"$serve" --index "$index" --http "$tmp/socket" 2>"$tmp/first" &
first=$!
until [ -S "$tmp/socket" ]; do sleep 0.05; done
expect_status 3 "$serve" --http "$tmp/socket"
expect_text "$tmp/err" "another server answers there" "a socket in use"
kill -KILL $first
wait $first 2>/dev/null || true
[ -S "$tmp/socket" ] || fail "the killed server removed its socket"
starts --http "$tmp/socket"
echo text >"$tmp/file"
expect_status 3 "$serve" --http "$tmp/file"
[ "$(cat "$tmp/file")" = text ] || fail "a file gave way to a socket"

finish
