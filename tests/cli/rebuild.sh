#!/usr/bin/env bash
# dxindex rebuild: the index that it makes of stored texts is the one that indexing
# the files again would make.
. "$(dirname "$0")/search.bash"
PATH=$DX_BIN:$PATH # commands are kept as one text, and the folder may have blanks
dxindex=dxindex

# Articles with all that there is, of several runs: some deleted, one hidden.
mkdir "$tmp/c"
cp -r "$DX_SRC/corpus" "$tmp/c/samples"
cat >"$tmp/c/a.jsonl" <<'END'
{"id":"d1","title":"Quyết định về chuyển đổi số","lead":"Tóm tắt.","content":"Căn cứ Nghị định 13/2023/NĐ-CP.\n\nĐiều 1.  Hai  dấu cách.","so_ky_hieu":"749/QĐ-TTg","co_quan_ban_hanh":"Thủ tướng Chính phủ","ngay_ban_hanh":"3/6/2020","tags":["a","b"],"views":7}
{"id":"d2","title":"Bài ẩn","content":"Không ai thấy.","hidden":true}
{"id":"d3","title":"Bài sẽ bị xóa","content":"Nay còn mai mất."}
END
"$dxindex" -q -i "$tmp/old" "$tmp/c"
sed -i /d3/d "$tmp/c/a.jsonl"
echo '{"id":"d4","title":"Tin đến sau","content":"Thêm một bài."}' >"$tmp/c/b.jsonl"
"$dxindex" -q -i "$tmp/old" "$tmp/c"
cp -r "$tmp/old" "$tmp/kept"

expect_status 0 "$dxindex" rebuild --from "$tmp/old" "$tmp/new"
articles=$("$dxindex" stats --json -i "$tmp/old" | grep -o '"articles":[0-9]*' | head -n 1 | tr -dc 0-9)
expect_text "$tmp/out" "$tmp/new: $articles articles" "rebuild"
cmp "$tmp/old/index.mdb" "$tmp/kept/index.mdb" || fail "the old index has changed"
"$dxindex" check -q -i "$tmp/new" >/dev/null || fail "the new index is not sound"

# The same dictionary, documents and fields; and results as of one segment.
same() {
    local index
    for index in old new; do
        "$dxindex" dump --exact -i "$tmp/$index" >"$tmp/$index.dictionary"
        "$dxindex" dump -i "$tmp/$index" --exact --prefix type: >>"$tmp/$index.dictionary"
        for id in d1 d2 d4 "$tmp/c/samples/txt/bac-giang-portal/hoi-nghi-chuyen-doi-so.txt"; do
            "$dxindex" dump -i "$tmp/$index" --doc "$id" | grep -vP '^(segment|doc)\t'
        done >"$tmp/$index.docs"
    done
    cmp "$tmp/old.dictionary" "$tmp/new.dictionary" || fail "$1: the dictionary differs"
    cmp "$tmp/old.docs" "$tmp/new.docs" || fail "$1: documents differ: $(diff "$tmp/old.docs" "$tmp/new.docs" | head -n 4)"
    grep -q 'QĐ-TTg' "$tmp/new.docs" || fail "$1: no fields were compared"
}
same "rebuilt"
"$dxindex" -q --optimize -i "$tmp/old" "$tmp/c"
for query in "chuyen doi so" '"Bắc Giang"' "docno:749/QĐ-TTg" "issued:2020" "bài"; do
    for index in old new; do
        "$DX_BIN/dxsearch" --json --facets 5 -i "$tmp/$index" "$query" |
            sed -E 's/"time_ms":[0-9.]+//' >"$tmp/$index.results"
    done
    cmp "$tmp/old.results" "$tmp/new.results" || fail "$query: results differ"
done
[ "$("$dxindex" stats --json -i "$tmp/new" | grep -o '"features":[^]]*')" = '"features":["hidden"' ] ||
    fail "the new index does not need what it has"

# The next run takes the files for unchanged, and what is gone is removed.
expect_status 0 "$dxindex" -i "$tmp/new" "$tmp/c"
expect_text "$tmp/out" "0 added, 0 updated, $articles unchanged, 0 removed, 0 skipped" "the next run"
touch "$tmp/c/a.jsonl"
expect_status 0 "$dxindex" -i "$tmp/new" "$tmp/c"
expect_text "$tmp/out" "0 added, 0 updated, $articles unchanged, 0 removed" "files that were touched"
rm "$tmp/c/b.jsonl"
expect_status 0 "$dxindex" -i "$tmp/new" "$tmp/c"
expect_text "$tmp/out" "1 removed" "a file that is gone"

# An index of other text rules is refused, with this as the remedy; one of another
# format cannot be read at all. Their manifests are made here.
forge() { # FORGED OFFSET VALUE: a copy of the index with a number of its manifest changed
    cp -r "$tmp/kept" "$1"
    python3 - "$@" <<'END'
import ctypes, struct, sys
path, offset, value = sys.argv[1] + "/index.mdb", int(sys.argv[2]), int(sys.argv[3])
hash64 = ctypes.CDLL("libxxhash.so.0").XXH3_64bits
hash64.restype, hash64.argtypes = ctypes.c_uint64, (ctypes.c_char_p, ctypes.c_size_t)
data, at, forged = bytearray(open(path, "rb").read()), 0, 0
while (at := data.find(b"dxm1", at)) >= 0:
    end = at + 32 + 20 * struct.unpack_from("<I", data, at + 28)[0]
    for _ in range(data[end]):
        end += 1 + data[end + 1]
    end += 1
    if struct.unpack_from("<Q", data, end)[0] == hash64(bytes(data[at:end]), end - at):
        struct.pack_into("<I", data, at + offset, value)
        struct.pack_into("<Q", data, end, hash64(bytes(data[at:end]), end - at))
        forged += 1
    at += 4
assert forged
open(path, "wb").write(data)
END
}
forge "$tmp/rules" 8 77
for command in "dxsearch -i $tmp/rules bài" "$dxindex -i $tmp/rules $tmp/c" "$dxindex stats -i $tmp/rules"; do
    expect_status 3 $command
    expect_text "$tmp/err" "text rules 77" "$command"
    expect_text "$tmp/err" "dxindex rebuild --from OLD NEW" "$command"
done
expect_status 0 "$dxindex" rebuild -q --from "$tmp/rules" "$tmp/ours"
[ -s "$tmp/out" ] && fail "--quiet says something"
rm -r "$tmp/new" "$tmp/old"
mv "$tmp/ours" "$tmp/new"
cp -r "$tmp/kept" "$tmp/old"
same "of other text rules"
for format in 4 5; do
    forge "$tmp/format-$format" 4 $format
    for command in "dxsearch -i $tmp/format-$format bài" "$dxindex -i $tmp/format-$format $tmp/c" \
        "$dxindex check -i $tmp/format-$format" "$dxindex rebuild --from $tmp/format-$format $tmp/none-such"; do
        expect_status 3 $command
        expect_text "$tmp/err" "format $format" "$command"
        expect_text "$tmp/err" "index again with this version of dxindex" "$command"
    done
done

# What cannot be done.
expect_status 3 "$dxindex" rebuild --from "$tmp/kept" "$tmp/new"
expect_text "$tmp/err" "there is an index already" "onto an index"
expect_status 3 "$dxindex" rebuild --from "$tmp/none" "$tmp/other"
expect_text "$tmp/err" "$tmp/none" "of no index"
expect_status 2 "$dxindex" rebuild --from "$tmp/kept"
expect_text "$tmp/err" "give the new directory" "nowhere"
expect_status 2 "$dxindex" rebuild --memory 3M --from "$tmp/kept" "$tmp/other"
expect_status 0 env DX_INDEX="$tmp/kept" "$dxindex" rebuild "$tmp/other"

# An index without articles.
mkdir "$tmp/nothing"
"$dxindex" -q -i "$tmp/empty" "$tmp/nothing"
expect_status 0 "$dxindex" rebuild --from "$tmp/empty" "$tmp/as-empty"
expect_text "$tmp/out" "0 articles" "of an empty index"
expect_status 0 "$dxindex" check -i "$tmp/as-empty"

finish
