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

# An entry that has the beginning of what its page has whole gives way to the page, and
# comes back when the page goes; a text that only shares the address stays.
page() {
    printf '<title>Tin 7</title><link rel=canonical href="https://phum.example/tin/7"><article><h1>Tin 7</h1>'
    printf '<p>%s</p>' "$@"
    echo '</article>'
}
summary='Ghe ngo của phum về nhất ở giải đua mừng lễ hội cúng trăng năm nay'
mkdir bao && page "$summary trước ba mươi đội của các huyện." \
    'Đội tập từ sáng sớm trên con rạch sau chùa, mỗi ngày hai buổi.' \
    'Sư cả nói ghe sẽ được đưa về chùa cất giữ đến mùa sau.' >bao/7.html
item 7 "$summary […]" | feed >bao/tin.xml
expect 0 "$(counts 1 0 0 0 0)" "$dx" --index b --verbose bao
has 'left out bao/tin.xml: the same article is there with more text' err
has '1 left out: the same article is there with more text' out
expect 0 "$(counts 0 0 1 0 0)" "$dx" --index b bao
mv bao/7.html .
expect 0 "$(counts 1 0 0 1 0)" "$dx" --index b bao
mv 7.html bao
expect 0 "$(counts 0 1 0 0 0)" "$dx" --index b bao # it takes the entry's place
(item 7 "$summary […]"; item 8 'Nước về đồng sớm') | feed >bao/tin.xml
expect 0 "$(counts 1 0 1 0 0)" "$dx" --index b bao
item 7 'Chùa mở lớp chữ Khmer cho trẻ trong phum vào mỗi chiều thứ bảy' | feed >bao/tin.xml
expect 0 "$(counts 1 0 1 1 0) (2 share an id or address, all kept)" "$dx" --index b bao
exit $failed
