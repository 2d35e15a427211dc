#!/usr/bin/env bash
# Mirrors as wget and httrack leave them: a file is what it holds, not what it is
# called; what has not changed is not opened; what is no article is told.
. "$(dirname "$0")/index.bash"

page() { # NUMBER
    cat <<PAGE
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Mở đăng ký tiêm phòng đợt $1</title></head>
<body><h1>Mở đăng ký tiêm phòng đợt $1</h1>
<p>Trạm thú y xã cho biết các hộ nuôi trâu bò có thể đăng ký tiêm phòng đợt $1 tại nhà
văn hóa thôn, mang theo sổ theo dõi đàn và chờ cán bộ xếp lịch trong tuần.</p></body></html>
PAGE
}

mkdir -p web/anh web/hts-cache
page 1 >'web/view.aspx?id=1'
page 2 >web/tin-2.php
page 3 >web/bai-3
page 4 | gzip -c >'web/index.html?p=4'
page 5 | iconv -f UTF-8 -t UTF-16 >web/bai-5.asp
page 6 >web/bai-6.txt
page 7 >web/hts-cache/bai-7.html
echo '{"id":"api","title":"Tin qua giao diện","body":"Một tin lấy qua giao diện lập trình."}' >'web/posts?page=1'
printf '\xFF\xD8\xFF\xE0 JFIF' >web/anh/bia.html
printf '\x89PNG\r\n\x1A\n' >'web/anh/thumb.ashx?w=90'
echo 'body { color: red }' >'web/style.css?v=3'
echo 'User-agent: *' >web/robots.txt
echo '<?php phpinfo();' >web/ma-nguon.php
echo 'chữ không ai hỏi' >web/LICENSE
expect 0 "$(counts 7 0 0 0 0)" "$dx" --index web.ix --verbose --report tin.jsonl web
has "web/anh/bia.html: an image, a film or a program, not a text" err
has '{"event":"left-out","path":"web/anh/bia.html","reason":"media"}' tin.jsonl
for ignored in 'anh/thumb.ashx?w=90' 'style.css?v=3' robots.txt ma-nguon.php LICENSE; do
    has "ignored web/$ignored" err
done
sleep 1.1 # stamps outlast
expect 0 "$(counts 0 0 7 0 0)" "$dx" --index web.ix web

# unchanged pages are not opened: these could not be
if [ "$(id -u)" != 0 ]; then
    chmod 000 web/bai-3 web/tin-2.php
    expect 0 "$(counts 0 0 7 0 0)" "$dx" --index web.ix web
    chmod 644 web/bai-3 web/tin-2.php
fi

# what was a page and is an image now has no article any more, once told
printf '\xFF\xD8\xFF\xE0 JFIF' >web/bai-3
expect 0 "$(counts 0 0 6 1 0)" "$dx" --index web.ix web
expect 0 "$(counts 0 0 6 0 0)" "$dx" --index web.ix web
page 3 >web/bai-3
expect 0 "$(counts 1 0 6 0 0)" "$dx" --index web.ix web

# a sitemap says of pages at hand what they do not, whatever is read first, and again
# when only the sitemap has changed
with_url() { # NUMBER [META]
    page "$1" | sed "s|<head>|<head><link rel=\"canonical\" href=\"https://soctrang.example/tin/$1\">${2:-}|"
}
map() { # DAY
    cat <<MAP
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="n">
<url><loc>https://soctrang.example/tin/1</loc><news:news><news:publication><news:name>Sóc Trăng
</news:name></news:publication><news:publication_date>$1T08:00:00+07:00</news:publication_date>
<news:keywords>thú y, tiêm phòng</news:keywords></news:news></url>
<url><loc>http://soctrang.example/tin/2</loc><lastmod>$1</lastmod></url></urlset>
MAP
}
days() { "$DX_BIN/dxsearch" --index s.ix --json --sort oldest '*' | grep -o '"date":"[^"]*"' | tr '\n' ' '; }
mkdir -p guong/soctrang.example
with_url 1 >guong/soctrang.example/a.html
with_url 2 '<meta property="article:published_time" content="2020-02-02">' >guong/soctrang.example/z.html
map 2024-05-06 | gzip -c >guong/soctrang.example/sitemap-news.xml.gz
expect 0 "$(counts 2 0 0 0 0)" "$dx" --index s.ix guong
[ "$(days)" = '"date":"2020-02-02" "date":"2024-05-06" ' ] || { echo "FAILED: $(days)"; failed=1; }
[[ $("$DX_BIN/dxsearch" --index s.ix --json 'source:"Sóc Trăng"') == *'"tags":"thú y, tiêm phòng"'* ]] ||
    { echo "FAILED: what Google News is told"; failed=1; }
sleep 1.1
expect 0 "$(counts 0 0 2 0 0)" "$dx" --index s.ix guong
map 2024-07-08 | gzip -c >guong/soctrang.example/sitemap-news.xml.gz
expect 0 "$(counts 0 1 1 0 0)" "$dx" --index s.ix guong
[ "$(days)" = '"date":"2020-02-02" "date":"2024-07-08" ' ] || { echo "FAILED: $(days)"; failed=1; }
rm guong/soctrang.example/sitemap-news.xml.gz
expect 0 "$(counts 0 1 1 0 0)" "$dx" --index s.ix guong

# a file that the user names is read whatever it is called
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index mot.ix web/LICENSE
exit $failed
