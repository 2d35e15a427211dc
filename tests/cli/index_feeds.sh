#!/usr/bin/env bash
# Feeds on their way into an index: by any name, compressed, changed, damaged.
. "$(dirname "$0")/index.bash"

item() { # NUMBER TEXT
    printf '<item><title>Tin %s</title><link>https://phum.example/tin/%s</link><pubDate>Mon, 03 Mar 2025 08:00:00 +0700</pubDate><description><![CDATA[<img src="a.jpg">%s]]></description></item>\n' "$1" "$1" "$2"
}

feed() { echo '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'; cat; echo '</channel></rss>'; }

mkdir tin
(item 1 'Phum sóc vào mùa cốm dẹp'; item 2 'Chùa mở lớp chữ Khmer') | feed >tin/trang-chu.xml
item 3 'Đua ghe ngo dời sang tuần sau' | feed | gzip -c >'tin/feed?cat=3'
echo '<urlset><url><loc>https://phum.example/tin/1</loc></url></urlset>' >tin/sitemap.xml
echo '<project><target/></project>' >tin/build.xml
expect 0 "$(counts 3 0 0 0 0)" "$dx" --index i --verbose --report r tin
has '"path":"tin/sitemap.xml","extractor":"feed","encoding":"UTF-8","reason":"metadata"' r
has 'ignored tin/build.xml' err
out=$("$DX_BIN/dxsearch" --index i --json 'ghe ngo')
[[ $out == *'"url":"https://phum.example/tin/3"'* && $out == *'"date":"2025-03-03"'* ]] ||
    { echo "FAILED: $out"; failed=1; }

# a feed that goes on: what is new comes, what has left it goes
(item 2 'Chùa mở lớp chữ Khmer'; item 4 'Nước về đồng sớm') | feed >tin/trang-chu.xml
expect 0 "$(counts 1 0 2 1 0)" "$dx" --index i tin
# an entry that says something else
(item 2 'Chùa mở thêm lớp chữ Khmer'; item 4 'Nước về đồng sớm') | feed >tin/trang-chu.xml
expect 0 "$(counts 0 1 2 0 0)" "$dx" --index i tin

# cut off: what is there counts, and what was there stays
head -c 400 tin/trang-chu.xml >cut && mv cut tin/trang-chu.xml
expect 1 "$(counts 0 0 3 0 1)" "$dx" --index i tin
has 'skipped tin/trang-chu.xml: the XML is damaged in line' err
has 'i: 3 articles' out
exit $failed
