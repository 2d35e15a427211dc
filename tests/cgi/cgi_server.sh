#!/usr/bin/env bash
# dxsearch.cgi under lighttpd: as a user who may only read the index, and while
# an indexer publishes.
. "$(dirname "$0")/../cli/search.bash"

lighttpd=$(PATH=$PATH:/usr/sbin command -v lighttpd) || { echo "lighttpd is not installed" >&2; exit 77; }

# Where another user may read and run them, whatever the checkout's permissions.
chmod 755 "$tmp"
mkdir "$tmp/www" "$tmp/news"
cp "$DX_BIN/dxsearch.cgi" "$tmp/www/search"
chmod 755 "$tmp/www/search"
export DX_INDEX=$tmp/ix
printf '{"id":"0","title":"Mốc khởi đầu","url":"https://x.example/0"}\n' >"$tmp/news/0.jsonl"
"$DX_BIN/dxindex" --quiet --index "$DX_INDEX" "$tmp/news"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# The lines that docs/deploy gives for lighttpd are the ones that are tested.
cat >"$tmp/lighttpd.conf" <<CONF
server.bind = "127.0.0.1"
server.port = $port
server.document-root = "$tmp/www"
CONF
awk '/^# ---- 3/ { inside = 1 } inside' "$DX_SRC/docs/deploy/lighttpd.conf" |
    sed -e "s|/usr/local/lib/cgi-bin/dxsearch.cgi|$tmp/www/search|" -e "s|/etc/dx/site.conf|$tmp/site.conf|" \
        -e "s|/var/log/lighttpd/|$tmp/log/|" -e "s|/tim-kiem-cgi|/tim-kiem|" >>"$tmp/lighttpd.conf"
echo "index = $DX_INDEX" >"$tmp/site.conf"
mkdir "$tmp/log"
as_reader=
if [ "$(id -u)" -eq 0 ]; then
    as_reader="setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs"
    chown 65534:65534 "$tmp/log"
    $as_reader test ! -w "$DX_INDEX" || fail "the reader could write the index"
fi
# Its own process group: a server that outlived its test would keep the port.
setsid $as_reader "$lighttpd" -D -f "$tmp/lighttpd.conf" >"$tmp/log/out" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$tmp"' EXIT

cat >"$tmp/client.py" <<'PY'
import http.client, json, sys, time, urllib.parse

port = int(sys.argv[1])


def get(target, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, target)
    response = connection.getresponse()
    return response.status, response.headers, response.read().decode()


def wait_for_server():
    for _ in range(100):
        try:
            return get("/tim-kiem")
        except OSError:
            time.sleep(0.1)
    sys.exit("the server does not answer")


def total(word):
    status, _, body = get("/tim-kiem?format=json&q=" + urllib.parse.quote(word))
    assert status == 200, (status, body)
    return json.loads(body)["total"]


if sys.argv[2] == "once":
    status, headers, body = wait_for_server()
    assert status == 200 and "Tìm trong 1 bài viết" in body, (status, body)
    assert headers["Content-Type"] == "text/html; charset=utf-8", headers
    assert "default-src 'none'" in headers["Content-Security-Policy"], headers
    status, _, body = get("/tim-kiem?q=khoi+dau")
    assert status == 200 and '<a href="https://x.example/0">Mốc <mark>khởi đầu</mark></a>' in body, body
    status, headers, body = get("/tim-kiem?q=khoi+dau", "HEAD")
    assert status == 200 and body == "" and int(headers["Content-Length"]) > 1000, (status, headers)
    status, headers, body = get("/tim-kiem?q=khoi+dau", "POST")
    assert status in (405, 411), status
else:  # until as many articles are there, each answer is that of a whole generation
    wanted, before = int(sys.argv[3]), 0
    for _ in range(2000):
        now = total("khoi dau")
        assert now >= before and (now - 1) % 10 == 0, (before, now)
        before = now
        if now == wanted:
            sys.exit(0)
        time.sleep(0.01)
    sys.exit(f"only {before} of {wanted} articles")
PY
python3 "$tmp/client.py" "$port" once || { fail "requests"; cat "$tmp/log"/* >&2; }

# ---- while an indexer adds ten articles at a time
python3 "$tmp/client.py" "$port" until 81 &
client=$!
for round in {1..8}; do
    for i in {0..9}; do
        printf '{"id":"%s-%s","title":"Mốc khởi đầu %s"}\n' $round $i $round
    done >"$tmp/$round.jsonl"
    mv "$tmp/$round.jsonl" "$tmp/news/"
    "$DX_BIN/dxindex" --quiet --index "$DX_INDEX" "$tmp/news" || fail "indexing round $round"
done
wait $client || { fail "requests while an indexer publishes"; cat "$tmp/log"/* >&2; }

# ---- without an index: a page that says so, and later the index again
mv "$DX_INDEX" "$tmp/away"
python3 - "$port" <<'PY' || fail "no index"
import sys, urllib.error, urllib.request
try:
    urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/tim-kiem?q=a")
    sys.exit("no error")
except urllib.error.HTTPError as error:
    body = error.read().decode()
    assert error.code == 503 and "Chưa tìm kiếm được" in body and "/ix" not in body, (error.code, body)
PY
mv "$tmp/away" "$DX_INDEX"
python3 "$tmp/client.py" "$port" until 81 || fail "the index is back"

finish
