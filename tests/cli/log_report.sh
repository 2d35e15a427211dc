#!/usr/bin/env bash
# The report of query logs: what dxsearch and dxsearch.cgi wrote is counted, as text, as a
# table and as a page that needs nothing else.
. "$(dirname "$0")/search.bash"

search=$DX_BIN/dxsearch cgi=$DX_BIN/dxsearch.cgi log=$tmp/queries.log
export DX_INDEX=$tmp/ix
index_lines "$DX_INDEX" <<'END'
{"id":"a1","title":"Sông Thương","body":"Nước sông Thương dâng cao."}
{"id":"a2","title":"Sông Thương","body":"Thuyền trên sông Thương về bến."}
END

# ---- what the programs write, they read
for query in 'song thuong' 'Sông  Thương' '<script>alert("x")</script>' qwertz =1+1; do
    "$search" --log "$log" "$query" >/dev/null || true
done
DXSEARCH_LOG=$log "$cgi" 'q=s%C3%B4ng+th%C6%B0%C6%A1ng' >/dev/null
DXSEARCH_LOG=$log "$cgi" 'q=song&page=2&format=json' >/dev/null
DXSEARCH_LOG=$log "$cgi" 'like=a1' >/dev/null
expect_status 0 "$search" --log-report "$log" --format csv
python3 - "$tmp/out" "$(date -u +%F)" <<'PY' || fail "the table"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""), strict=True))
part = lambda name: [row for row in rows if row["part"] == name]
(total,) = part("total")
assert (total["searches"], total["nothing_found"]) == ("6", "3"), total
assert [day["time"] for day in part("day")] == [sys.argv[2]] and part("day")[0]["searches"] == "6"
first = part("frequent")[0]
assert first["searches"] == "3" and first["query"] == "Sông  Thương" and first["articles"] == "2", first
assert {row["query"] for row in part("nothing")} == {"'=1+1", "qwertz", '<script>alert("x")</script>'}
slow = [float(row["ms"]) for row in part("slow")]
assert len(slow) == 6 and slow == sorted(slow, reverse=True)
PY
expect_status 0 "$search" --log-report "$log" --format csv --limit 1
[ "$(wc -l <"$tmp/out")" -eq 6 ] || fail "--limit 1: $(cat "$tmp/out")"
"$search" --log-report "$log" "$log" --log-report=- --format csv <"$log" >"$tmp/out" || fail "three logs: status $?"
grep -q '^total,,,18,9,' "$tmp/out" || fail "three logs: $(head -2 "$tmp/out")"

# ---- for people, in both languages
golden log_report.txt <("$search" --log-report - <<'END'
2026-11-25T14:16:03Z	35	0.421	0	-	chuyen doi so
2026-11-25T15:16:03Z	35	1.5	0	-	Chuyển đổi số
2026-11-25T15:16:09Z	35	1.5	10	-	Chuyển đổi số
2026-11-26T08:00:00Z	0	250.25	0	timed-out	dự thảo	nghị định
2026-11-26T08:00:00Z	4	2	0	like	bai-7
not a line
END
)
LANG=vi_VN.UTF-8 "$search" --log-report "$log" >"$tmp/out" || fail "status $?"
expect_text "$tmp/out" 'Hay tìm mà không thấy' "in Vietnamese"
printf '2026-11-25T14:16:03Z\t35\t0.421\t0\t-\ta\x1b[31m\xe2\x80\xaeb\n' | "$search" --log-report - >"$tmp/out"
expect_text "$tmp/out" 'a\x1b[31m\xe2\x80\xaeb' "controls in a log"

# ---- as a page
LANG=vi_VN.UTF-8 "$search" --log-report "$log" --format html >"$tmp/page.html" || fail "the page: $?"
expect_text "$tmp/page.html" '<html lang="vi">' "the page"
expect_text "$tmp/page.html" '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;' "the page"
expect_no_text "$tmp/page.html" '<script' "the page"
grep -qE '(src|href)=|url\(' "$tmp/page.html" && fail "the page needs other files"
python3 -c 'import sys, xml.etree.ElementTree as ElementTree
text = open(sys.argv[1], encoding="utf-8").read()
body = text[text.index("<main>"):text.index("</body>")]
root = ElementTree.fromstring(body)
assert len(root.findall(".//svg")) > 6 and len(root.findall(".//table")) >= 5' "$tmp/page.html" || fail "the page is not well-formed"
if command -v tidy >/dev/null; then
    tidy -quiet -errors -utf8 "$tmp/page.html" >"$tmp/tidy" 2>&1 || true
    grep -v 'details\|aria-hidden\|height' "$tmp/tidy" >&2 && fail tidy || true
fi

# ---- logs that are none, or not there
expect_status 1 "$search" --log-report "$DX_SRC/CHANGELOG.md"
expect_text "$tmp/out" 'There is no search in the log.' "another file"
expect_status 1 "$search" --log-report /dev/null
head -c 100000 /dev/zero | tr '\0' a >"$tmp/long"
cat "$tmp/long" "$log" >"$tmp/both"
echo >>"$tmp/long"
cat "$log" >>"$tmp/long"
expect_status 0 "$search" --log-report "$tmp/long" --format csv
grep -q '^total,,,6,3,' "$tmp/out" || fail "after a line that is too long: $(head -2 "$tmp/out")"
expect_status 3 "$search" --log-report "$tmp/none" "$log"
expect_text "$tmp/err" "$tmp/none" "a log that is not there"
expect_text "$tmp/out" 'Sông  Thương' "the log beside it"
expect_status 3 "$search" --log-report "$tmp"

# ---- memory: more different queries than are kept apart
python3 - >"$tmp/many.log" <<'PY'
for i in range(300000):
    print(f"2026-11-{1 + i % 30:02}T00:00:00Z\t{i % 5}\t1.000\t0\t-\t" + ("hay tìm" if i % 10 == 0 else f"hiếm {i}"))
PY
(
    [ -n "${DX_SANITIZED:-}" ] || ulimit -v 400000
    exec "$search" --log-report "$tmp/many.log" --limit 1
) >"$tmp/out" || fail "many queries: $?"
expect_text "$tmp/out" '30,000  hay tìm' "many queries"
expect_text "$tmp/out" 'too small by up to' "many queries"

# ---- options
expect_status 2 "$search" --format html sông
expect_text "$tmp/err" '--format html is for --log-report only' "html without a report"
for options in '--json' '--format trec' '--parse' '--suggest' '--like x' '--batch x'; do
    expect_status 2 "$search" --log-report "$log" $options
done
expect_status 2 "$search" sông --log-report "$log"
expect_status 2 "$search" --log-report

finish
