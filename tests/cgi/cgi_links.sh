#!/usr/bin/env bash
# Every link that the page and the JSON offer finds what it promises, over articles
# whose sources, categories, tags and ids are as awkward as they can be.
. "$(dirname "$0")/../cli/search.bash"

here=$(cd "$(dirname "$0")" && pwd)
export DX_INDEX=$tmp/ix

python3 - >"$tmp/lines" <<'EOF'
import json

values = ['Báo "Lao Động"', 'Tin “nóng” & nguội', 'Màn 5" TV', 'Báo "Tuổi trẻ', '"', 'a\\"b\\', 'C:\\Tin\\',
          'R&D <b>', 'Một (hai) ba)', '((', 'nguồn:khác', 'source:"VTV"', '100% thật', 'a+b=c', 'x OR y', 'NOT',
          'dòng\nmới', 'tab\tgiữa', "l'été «bleu» „zwölf“", 'Báo ' + 'rất dài ' * 60, '#thẻ', 'a|b', 'Đài TNVN -',
          '2024', '*', 'BÁO "LAO ĐỘNG"', 'bao lao dong', ' hai  khoảng   trống ', '😀 vui', '\\', 'VTV?', '~', 'a^2']
words = ['mưa', 'nắng', 'gió', 'bão', 'lũ', 'hạn', 'rét']
for i in range(4 * len(values)):
    value = values[i % len(values)]
    other = values[(i * 7 + 3) % len(values)]
    body = f"Tin chung về {words[i % 7]} ở xã số {i}, thôn {words[i % 5]} {words[i % 3]} và chuyển đổi số."
    if i % 2 == 0:
        body += " Doanh thu quý 4." if i % 3 else " Doanh thu quý IV."
    if i % 9 == 0:
        body += " Gọi Covid-19 hoặc quý IV. " + " ".join(f"câu{k} {words[k % 7]} đồng{k} ruộng{k}" for k in range(60))
    print(json.dumps({"id": f"{i}:{value}" if i % 2 else str(i), "title": f"Bài chung {i}", "body": body,
                      "source": value, "category": other, "tags": [other, "thẻ chung"], "author": value,
                      "date": f"20{10 + i % 15}-0{1 + i % 9}-11", "url": f"https://{'the-thao.' if i % 5 else ''}bao{i % 6}.example/{i}"}))
same = ("Cầu mới qua sông Cả được khánh thành sáng nay sau ba năm thi công, người dân hai bờ không còn phải đi "
        "đò. Công trình dài bốn trăm mét, có làn riêng cho xe đạp, và hai tháp đèn soi xuống mặt nước. ") * 4
for i, id in enumerate(['cầu "một"', 'cầu “hai”', "cầu\\ba"]):
    print(json.dumps({"id": id, "title": "Khánh thành cầu mới qua sông Cả", "body": same, "source": values[i]}))
EOF
index_lines "$DX_INDEX" <"$tmp/lines"

encode() { python3 -c 'import sys, urllib.parse; print(urllib.parse.quote_plus(sys.argv[1]))' "$1"; }
queries=()
for query in chung 'bài chung' 'tin chung về mưa' 'chung OR' 'OR chung' '"bài chung' '“bài chung' '(chung OR mưa' \
    'chung -(mưa' 'chung AND' 'title:(chung' 'chung @title' 'date:[2012 TO 2020] chung' 'chung NOT' '| chung' \
    'chung source:"Báo "Lao Động""' 'chuyeenr ddooir soos' 'covid19' 'quý 4' 'khanh thanh cau' 'cầu mới' \
    'chung & mưa' 'chung \' '*' 'category:"Tin “nóng” & nguội"' 'bài chun'; do
    queries+=("q=$(encode "$query")")
done
"$here/follow_links.py" "$DX_BIN/dxsearch.cgi" "${queries[@]}" 'q=chung&page=2' 'q=chung&sort=newest' \
    'q=chung&sort=oldest&page=3' 'q=chung&literal=1' 'q=tin+chung+ve+mua&scope=exact' 'q=chung+after%3A2012-05&limit=20' \
    'q=chung+date%3A2013..2015+-source%3AVTV' 'q=mưa&source=VTV' 'q=%22b%C3%A0i+chung&from=2012-01-01' 'q=chung&from=2012-01-01&to=2014-12-31' || fail "a link"
finish
