#!/usr/bin/env bash
# dxindex --selectors, --lists and --ignore-robots over a folder of pages: what comes in,
# what is told of the others, and that other selectors have the pages read again.
. "$(dirname "$0")/index.bash"

run() { # STATUS OPTION…
    local status=$1 got=0
    shift
    LC_ALL=C "$dx" --index ix "$@" --verbose web >out 2>err || got=$?
    [ "$got" = "$status" ] || { fail "dxindex $*: $got"; cat out err; }
}

told() { # TEXT
    grep -qF -- "$1" out err || { fail "not told: $1"; cat out err; }
}

titles() { # TITLE…, sorted
    diff <("$DX_BIN/dxsearch" --index ix --json --all '*' | grep -o '"title":"[^"]*"' | sort) \
        <(printf '"title":"%s"\n' "$@" | sort) || fail "other titles"
}

mkdir -p web/mau.example/tin
p='<p>Sáng nay huyện khánh thành cây cầu treo dài 80 mét bắc qua suối lớn ở đầu bản.</p>'
cat >web/mau.example/tin/1.html <<END
<title>Tin tức sự kiện hôm nay</title><div class=t>Cầu treo bản Mẫu</div>$p$p$p
END
cat >web/mau.example/tin/2.html <<END
<title>Trang không tìm thấy</title><p>Trang bạn tìm không tồn tại.</p>
END
cat >web/mau.example/tin/3.html <<END
<meta name=robots content=noindex><title>Bản Mẫu mở hội xuống đồng đầu năm</title>$p$p$p
END

run 0
titles 'Tin tức sự kiện hôm nay'
told 'web/mau.example/tin/2.html: an error page'
told 'web/mau.example/tin/3.html: the page asks not to be indexed (robots)'

printf '[mau.example]\ntitle = .t\n' >chon
run 0 --selectors chon --ignore-robots --lists
titles 'Cầu treo bản Mẫu' 'Trang không tìm thấy' 'Bản Mẫu mở hội xuống đồng đầu năm'

printf '[mau.example]\ntitle = h1\n' >chon
run 0 --selectors chon
titles 'Tin tức sự kiện hôm nay'

printf '[mau.example]\ntitle = .t > b\n' >chon
run 2 --selectors chon
told 'dxindex: chon:2: not of tag'
run 2 --selectors nowhere
told 'dxindex: nowhere: No such file'
exit $failed
