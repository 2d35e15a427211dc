#!/usr/bin/env bash
# The recipes of docs/howto/index-a-database.md, run against MariaDB with tables as
# WordPress and NukeViet have them. Skipped where there is no mariadbd.
set -euo pipefail

dx=$DX_BIN/dxindex
search=$DX_BIN/dxsearch
server=$(command -v mariadbd || command -v /usr/sbin/mariadbd || true)
[ -n "$server" ] && command -v mariadb mariadb-install-db >/dev/null ||
    { echo "no mariadbd here"; exit 77; }
work=$(mktemp -d)
pid=
stop() {
    [ -z "$pid" ] || { kill "$pid" && wait "$pid" || true; }
    rm -rf "$work"
}
trap stop EXIT
cd "$work"
failed=0

user=()
[ "$(id -u)" != 0 ] || user=(--user=root)
options=(--no-defaults --datadir="$work/data" --socket="$work/socket" --skip-networking
    --pid-file="$work/pid" --innodb-buffer-pool-size=16M "${user[@]}")
mariadb-install-db --no-defaults --datadir="$work/data" --auth-root-authentication-method=normal \
    --skip-test-db "${user[@]}" >install.log 2>&1 || { tail -5 install.log; exit 77; }
"$server" "${options[@]}" >server.log 2>&1 &
pid=$!
sql() { mariadb --no-defaults --socket="$work/socket" --user=root --default-character-set=utf8mb4 "$@"; }
for _ in $(seq 150); do
    sql -e 'SELECT 1' >/dev/null 2>&1 && break
    kill -0 "$pid" 2>/dev/null || { tail -5 server.log; exit 1; }
    sleep 0.2
done

counted() { # WANTED: the first words of the last run's summary
    grep -qF -- "$1" out || { echo "FAILED: no “$1”:"; cat out err; failed=1; }
}

finds() { # INDEX QUERY KEY VALUE: of the first hit
    "$search" --index "$1" --json "$2" >hit || true
    python3 - "$3" "$4" <<'PY' || { echo "FAILED: $2 in $1:"; cat hit; failed=1; }
import json, sys
hits = json.load(open("hit"))["hits"]
sys.exit(not hits or hits[0].get(sys.argv[1]) != sys.argv[2])
PY
}

sql <<'SQL'
CREATE DATABASE cong CHARACTER SET utf8mb4;
USE cong;
CREATE TABLE nv4_vi_news_cat (catid INT PRIMARY KEY, title VARCHAR(250), alias VARCHAR(250));
CREATE TABLE nv4_vi_news_rows (id INT PRIMARY KEY, catid INT, title VARCHAR(250),
    alias VARCHAR(250), hometext TEXT, author VARCHAR(250), publtime INT, edittime INT,
    status TINYINT);
CREATE TABLE nv4_vi_news_detail (id INT PRIMARY KEY, bodyhtml LONGTEXT);
INSERT INTO nv4_vi_news_cat VALUES (3, 'Nông nghiệp', 'nong-nghiep');
INSERT INTO nv4_vi_news_rows VALUES
    (1, 3, 'Vải thiều vào vụ', 'vai-thieu-vao-vu', 'Bà con phấn khởi.', 'Thu Hà',
        1717200000, 1717200000, 1),
    (2, 3, '"Vua" na dai ở Lục Nam', 'vua-na-dai', '', '', 1717300000, 1717300000, 1),
    (3, 3, 'Bản nháp', 'ban-nhap', '', '', 1717400000, 1717400000, 0);
INSERT INTO nv4_vi_news_detail VALUES
    (1, '<p>Những đồi vải\tchín đỏ.</p>\n<p>Giá đầu vụ cao, đường lên vườn đông vui.</p>'),
    (2, '<div>Ông trồng na \\ cam trên đất đồi.</div>'), (3, '<p>Chưa xong</p>');
CREATE TABLE wp_posts (ID INT PRIMARY KEY, post_date DATETIME, post_modified DATETIME,
    post_content LONGTEXT, post_title TEXT, post_excerpt TEXT, post_status VARCHAR(20),
    post_type VARCHAR(20));
INSERT INTO wp_posts VALUES
    (10, '2024-05-02 08:00:00', '2024-05-02 08:00:00',
        '<!-- wp:paragraph --><p>Thư viện huyện nhận thêm sách.</p><!-- /wp:paragraph -->',
        'Thư viện có sách mới', '', 'publish', 'post'),
    (11, '2024-05-03 08:00:00', '2024-05-03 08:00:00', 'Trang giới thiệu', 'Giới thiệu', '',
        'publish', 'page');
SQL

nukeviet() { # SINCE: what was changed from then on; drafts and withdrawn ones as hidden
    sql --batch --quick cong -e "
        SELECT r.id, r.title, r.hometext, d.bodyhtml, r.author, c.title AS chuyen_muc,
            r.publtime, IF(r.status = 1, NULL, 1) AS hidden,
            CONCAT('https://cong.example/news/', c.alias, '/', r.alias, '-', r.id, '.html') AS url
        FROM nv4_vi_news_rows r JOIN nv4_vi_news_detail d USING (id)
            LEFT JOIN nv4_vi_news_cat c USING (catid)
        WHERE r.edittime >= $1 ORDER BY r.id" |
        "$dx" --index nv --format tsv --map lead=hometext --map body=bodyhtml \
            --map date=publtime - >out 2>err
}
nukeviet 0
counted "3 added"
finds nv '"đồi vải chín đỏ"' title 'Vải thiều vào vụ'
finds nv '"đồi vải chín đỏ"' date 2024-06-01
finds nv '"đồi vải chín đỏ"' category 'Nông nghiệp'
finds nv '"đồi vải chín đỏ"' url 'https://cong.example/news/nong-nghiep/vai-thieu-vao-vu-1.html'
finds nv 'na dai' title '"Vua" na dai ở Lục Nam'
"$search" --index nv "chưa xong" >hit 2>&1 && { echo "FAILED: a draft is found"; failed=1; }
nukeviet 0
counted "3 unchanged"
sql cong -e "UPDATE nv4_vi_news_rows SET title = 'Na dai được giá', edittime = 1717500000 WHERE id = 2;
    UPDATE nv4_vi_news_rows SET status = 1, edittime = 1717500000 WHERE id = 3"
nukeviet 1717400001
counted "0 added, 2 updated, 0 unchanged"
finds nv 'na dai' title 'Na dai được giá'
finds nv '"chưa xong"' title 'Bản nháp'

wordpress() { # LAST: posts with greater ids
    sql --batch --quick cong -e "
        SELECT ID, post_title, post_excerpt, post_content, post_date, post_modified,
            CONCAT('https://bao.example/?p=', ID) AS url
        FROM wp_posts
        WHERE post_type = 'post' AND post_status = 'publish' AND ID > $1 ORDER BY ID" |
        "$dx" --index wp --format tsv - >out 2>err
}
wordpress 0
counted "1 added"
finds wp '"nhận thêm sách"' title 'Thư viện có sách mới'
finds wp '"nhận thêm sách"' date 2024-05-02
sql cong -e "INSERT INTO wp_posts VALUES (12, '2024-05-04', '2024-05-04',
    'Đội bóng xã thắng trận mở màn.', 'Đội bóng thắng trận', '', 'publish', 'post')"
wordpress 10
counted "1 added, 0 updated"
wordpress 12
counted "0 added, 0 updated"
finds wp 'bóng' title 'Đội bóng thắng trận'

# the whole table as a file: what is no longer in it goes
table() {
    sql --batch --quick cong -e "SELECT ID, post_title, post_content, post_date FROM wp_posts
        WHERE post_type = 'post' ORDER BY ID" >bai.tsv.moi && mv bai.tsv.moi bai.tsv
    "$dx" --index tep bai.tsv >out 2>err
}
table
counted "2 added"
sql cong -e "DELETE FROM wp_posts WHERE ID = 10"
table
counted "0 added, 0 updated, 1 unchanged, 1 removed"

exit $failed
