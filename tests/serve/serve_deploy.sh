#!/usr/bin/env bash
# The configurations in docs/deploy as they stand, under the servers that are installed here: by
# FastCGI, by HTTP and as CGI, for a user who may only read the index.
. "$(dirname "$0")/serve.bash"
export PATH=$PATH:/usr/sbin

chmod 755 "$tmp"
mkdir "$tmp/run" "$tmp/log"
chmod 777 "$tmp/run" "$tmp/log"
mkdir "$tmp/bin" "$tmp/www"
cp "$DX_BIN/dxsearch.cgi" "$DX_BIN/dxserve" "$tmp/bin/"
chmod 755 "$tmp"/bin/*
chmod -R a+rX,go-w "$index"
printf 'index = %s\ntitle = Cổng thử nghiệm\nkhong-co = 1\n' "$index" >"$tmp/site.conf"
as_reader=
if [ "$(id -u)" -eq 0 ]; then
    as_reader="setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
    $as_reader test ! -w "$index/index.mdb" || fail "the reader could write the index"
    $as_reader test -x "$tmp/bin/dxserve" || { echo "others may not enter $tmp" >&2; exit 77; }
fi
servers=()
# With their children, which outlive some of them.
end_all() {
    local server
    for server in "${servers[@]}"; do
        kill -- "-$server" 2>/dev/null || true
    done
    wait "${servers[@]}" 2>/dev/null || true
    rm -rf "$tmp"
}
trap end_all EXIT

# background NAME COMMAND…: in a process group of its own
background() {
    local name=$1
    shift
    setsid $as_reader env DX_SITE="$tmp/site.conf" "$@" >"$tmp/log/$name" 2>&1 &
    servers+=($!)
}
background dxserve "$tmp/bin/dxserve" --fastcgi "$tmp/run/dxserve.sock" --path /tim-kiem-http --http "$tmp/run/http.sock"

# configuration SERVER PORT: as docs/deploy has it, for folders and a port of the test
configuration() {
    sed -e "s|/run/dx/|$tmp/run/|; s|/run/dxserve|$tmp/run/dxserve|; s|/run/fcgiwrap|$tmp/run/fcgiwrap|; s|/var/log/[a-z]*/|$tmp/log/|" \
        -e "s|/usr/local/lib/cgi-bin/|$tmp/bin/|; s|/etc/dx/site.conf|$tmp/site.conf|; s|listen 80;|listen 127.0.0.1:$2;|" \
        "$DX_SRC/docs/deploy/$1.conf"
}
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# try_server NAME COMMAND…: starts it, and asks
try_server() {
    local name=$1
    shift
    background "$name" "$@"
    local server=$!
    python3 "$here/deployed.py" "$name" "$port" "$tmp/log" || {
        fail "$name"
        tail -n 20 "$tmp/log/"* >&2
    }
    rm -f "$tmp"/log/*
    kill -- "-$server" 2>/dev/null || true
    wait $server 2>/dev/null || true
}
tried=0

port=$(free_port)
if command -v nginx >/dev/null && command -v fcgiwrap >/dev/null; then
    tried=1
    configuration nginx "$port" >"$tmp/site"
    sed 's/^        root .*//' /etc/nginx/fastcgi_params >"$tmp/fastcgi_params"
    cat >"$tmp/nginx.conf" <<CONF
daemon off;
pid $tmp/run/nginx.pid;
error_log $tmp/log/nginx-start;
events {}
http {
    client_body_temp_path $tmp/run/body;
    proxy_temp_path $tmp/run/proxy;
    fastcgi_temp_path $tmp/run/fastcgi;
    uwsgi_temp_path $tmp/run/uwsgi;
    scgi_temp_path $tmp/run/scgi;
    include $tmp/site;
}
CONF
    background fcgiwrap fcgiwrap -f -c 8 -s "unix:$tmp/run/fcgiwrap.socket"
    try_server nginx nginx -e "$tmp/log/nginx-start" -c "$tmp/nginx.conf"
else
    echo "nginx and fcgiwrap are not installed" >&2
fi

port=$(free_port)
modules=$(ls -d /usr/lib/apache2/modules 2>/dev/null || true)
if command -v apache2 >/dev/null && [ -n "$modules" ]; then
    tried=1
    {
        echo "ServerName localhost"
        echo "Listen 127.0.0.1:$port"
        echo "PidFile $tmp/run/apache.pid"
        echo "DefaultRuntimeDir $tmp/run"
        echo "ScriptSock $tmp/run/cgisock"
        echo "ErrorLog $tmp/log/apache-errors"
        echo "DocumentRoot $tmp/www"
        echo "Mutex posixsem"
    } >"$tmp/head"
    for module in mpm_event authz_core proxy proxy_fcgi proxy_http cgid env alias deflate filter setenvif headers; do
        echo "LoadModule ${module}_module $modules/mod_$module.so"
    done >"$tmp/apache.conf"
    cat "$tmp/head" >>"$tmp/apache.conf"
    configuration apache "$port" >>"$tmp/apache.conf"
    try_server apache apache2 -DFOREGROUND -f "$tmp/apache.conf"
else
    echo "apache2 is not installed" >&2
fi

port=$(free_port)
if command -v lighttpd >/dev/null; then
    tried=1
    {
        printf 'server.bind = "127.0.0.1"\nserver.port = %s\nserver.document-root = "%s"\n' "$port" "$tmp/www"
        configuration lighttpd "$port"
    } >"$tmp/lighttpd.conf"
    try_server lighttpd lighttpd -D -f "$tmp/lighttpd.conf"
else
    echo "lighttpd is not installed" >&2
fi

[ $tried = 1 ] || exit 77
finish
