#!/usr/bin/env bash
# The .deb files: lintian finds nothing; in a clean system they are installed, the page is
# served by lighttpd, by Apache at once, and by nginx through dxserve; then they are removed,
# and nothing is left. DX_PACKAGES=FOLDER tries these files instead of making them.
. "$(dirname "$0")/root.bash"

# find_page PORT: what a reader there gets, tried until the server is up
find_page='find_page() {
    for try in 1 2 3 4 5 6 7 8 9 10; do
        curl -sSf "http://127.0.0.1:$1/tim-kiem?q=chuyen+doi+so" >/tmp/page 2>/tmp/err && break
        sleep 1
    done
    head -n 1 /tmp/page | grep -q "^<!DOCTYPE html>" && grep -q "Báo Mẫu" /tmp/page && grep -q "</html>" /tmp/page || {
        echo "FAILED: no page on port $1: $(head -c 400 /tmp/page /tmp/err)"; exit 1; }
    [ "$(curl -s -o /dev/null -w "%{http_code}" "http://127.0.0.1:$1/tim-kiem/foo")" -ge 400 ] ||
        { echo "FAILED: something answers below /tim-kiem"; exit 1; }
}
settings() {
    printf "index = /var/lib/dx/news\ntitle = Báo Mẫu\n" >>/etc/dx/site.conf
    dxindex --quiet --index /var/lib/dx/news corpus
}'

for suite in $suites; do
    echo "== $suite"
    root=$work/$suite
    packages=${DX_PACKAGES:-$root/root/dx/build/packages}
    make_root "$suite" "$root"
    [ -n "${DX_PACKAGES:-}" ] || in_root "$root" 'scripts/package' >"$work/log" 2>&1 ||
        { tail -20 "$work/log" >&2; fail "$suite: scripts/package"; continue; }
    cp -r "$packages" "$work/packages-$suite"
    [ "$suite" != bookworm ] ||
        lintian --allow-root --fail-on error,warning --tag-display-limit 0 "$work/packages-$suite"/*.changes ||
        fail "lintian"

    rm -rf --one-file-system "$root"
    make_root "$suite" "$root"
    cp "$work/packages-$suite"/*.deb "$root/root/dx/"
    in_root "$root" "apt-get -qq update
        printf \"#!/bin/sh\nexit 101\n\" >/usr/sbin/policy-rc.d # three servers would want one port
        apt-get -qq -y install adduser lighttpd apache2 nginx-light >/dev/null 2>&1
        sed -i 's/^Listen 80\$/Listen 127.0.0.1:8092/' /etc/apache2/ports.conf
        sed -i 's/listen 80 .*/listen 127.0.0.1:8093; include snippets\/dxsearch*.conf;/; /listen ..::/d' \
            /etc/nginx/sites-available/default
        sed -i 's/^server.port .*/server.port = 8091\nserver.bind = \"127.0.0.1\"/' /etc/lighttpd/lighttpd.conf" \
        >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; fail "$suite: web servers"; continue; }
    files_of "$root" >"$work/before"

    in_root "$root" "$find_page
        apt-get -qq -y install --no-install-recommends ./*.deb >/dev/null
        settings
        lighty-enable-mod dxsearch >/dev/null
        sed -i 's/.*use-ipv6.*//' /etc/lighttpd/lighttpd.conf
        lighttpd -tt -f /etc/lighttpd/lighttpd.conf
        lighttpd -f /etc/lighttpd/lighttpd.conf; find_page 8091
        apache2ctl start; find_page 8092
        umask 0 # the socket is as systemd would make it
        runuser -u dx -- dxserve --fastcgi /tmp/dxserve.sock & server=\$!
        umask 022
        ln -s /tmp/dxserve.sock /run/dxserve.sock
        nginx; find_page 8093
        logrotate -d /etc/logrotate.d/dxsearch >/dev/null 2>&1 || ! command -v logrotate >/dev/null
        man -w dxsearch >/dev/null 2>&1 || [ -e /usr/share/man/man1/dxsearch.1.gz ]
        kill \$server; wait \$server || true
        rm /run/dxserve.sock; lighty-disable-mod dxsearch >/dev/null
        rm -r /var/lib/dx/news
        apt-get -qq -y purge dxsearch dxsearch-cgi dxsearch-server libdxsearch0 libdxsearch-dev >/dev/null
        apt-get -qq -y autoremove --purge >/dev/null" >"$work/log" 2>&1 ||
        { tail -20 "$work/log" >&2; fail "$suite: install, serve, remove"; continue; }
    files_of "$root" | comm -13 "$work/before" - |
        grep -vE '^\./(var/log/|run/|var/lib/(dpkg|nginx|lighttpd|systemd)|etc/[^/]*-$|etc/apache2/mods-enabled/cgid|var/lib/apache2|etc/rc|dev/)' >"$work/left" || true
    [ ! -s "$work/left" ] || fail "$suite: left after removing: $(cat "$work/left")"
    ! grep -q '^dx:' "$root/etc/passwd" || fail "$suite: the user dx is left"
    rm -rf --one-file-system "$root"
done

finish
