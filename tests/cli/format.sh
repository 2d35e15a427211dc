#!/usr/bin/env bash
# The index is as docs/FORMAT.md says: a decoder written from that page alone
# reads the same dictionary, pairs, triples, texts and stored fields as dxindex does.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
dxindex=$DX_BIN/dxindex
decode() { python3 "$(dirname "$0")/format_decoder.py" "$DX_INDEX" "$@"; }

# Lists of all shapes: over two windows of 4,096 documents, dense and sparse,
# short ones, large frequencies; two segments; deleted articles.
python3 - >"$tmp/many.jsonl" <<'END'
for i in range(5000):
    many = " số" * (3 if i % 5 else 40 if i % 35 == 0 else 1)
    rare = " hiếm" if i % 23 == 0 else ""
    print('{"id":"m%d","title":"Bài %d","content":"Chuyển đổi%s ở xã%s, n%d.","docno":["%d/QĐ-A"],"issued":"2024-02-%02d","so_trang":%d}'
          % (i, i % 9, many, rare, i % 300, i % 50, i % 28 + 1, i % 3))
END
mkdir "$tmp/c"
head -n 4700 "$tmp/many.jsonl" >"$tmp/c/many.jsonl"
tail -n 300 "$tmp/many.jsonl" >"$tmp/c/gone.jsonl"
"$dxindex" -q "$tmp/c"
cp -r "$DX_SRC/corpus" "$tmp/c/samples"
rm "$tmp/c/gone.jsonl"
"$dxindex" -q "$tmp/c"

"$dxindex" dump --exact >"$tmp/wanted"
decode dictionary >"$tmp/got"
cmp "$tmp/wanted" "$tmp/got" || fail "the dictionary differs: $(diff "$tmp/wanted" "$tmp/got" | head -n 5)"

for pair in "chuyen doi" "o xa" "hiem n23" "bac giang" "cong nghe"; do
    "$dxindex" dump "$pair" | tail -n +2 | cut -f 3 >"$tmp/wanted"
    decode pair $pair | cut -f 3 >"$tmp/got"
    cmp "$tmp/wanted" "$tmp/got" || fail "the pair $pair differs"
done
[ -s "$tmp/wanted" ] || fail "a pair was not compared"

# Each article of the first segment has this triple, but for the deleted ones.
[ "$(decode triple chuyen doi so | grep -c ^00000000)" = 4700 ] ||
    fail "the triple chuyen doi so differs"

compared=0
for id in m0 m34 m4699 $("$dxindex" dump "bac giang" | tail -n +2 | cut -f 2 | head -n 8); do
    "$dxindex" dump --doc "$id" >"$tmp/doc"
    grep -P '^(title|lead|body)\t' "$tmp/doc" >"$tmp/wanted"
    decode text "$(sed -n 's/^segment\t//p' "$tmp/doc")" "$(sed -n 's/^doc\t//p' "$tmp/doc")" >"$tmp/got"
    cmp "$tmp/wanted" "$tmp/got" || fail "the text of $id differs"
    grep -vP '^(segment|doc|file|length|content|signature|date|title|lead|body|token)\t' "$tmp/doc" |
        LC_ALL=C sort >"$tmp/wanted"
    decode fields "$(sed -n 's/^segment\t//p' "$tmp/doc")" "$(sed -n 's/^doc\t//p' "$tmp/doc")" >"$tmp/got"
    cmp "$tmp/wanted" "$tmp/got" || fail "the stored fields of $id differ"
    compared=$((compared + 1))
done
[ "$compared" -gt 5 ] || fail "only $compared texts were compared"

# Input files: their blocks, whose articles are live, and what they have in common.
export DX_INDEX=$tmp/files.ix
cd "$tmp"
mkdir f
head -n 4000 many.jsonl >f/a.jsonl
sed -n 3990,4100p many.jsonl >f/b.jsonl
echo "Tin bên cạnh" >f/c.txt
"$dxindex" -q f
seq 3 | sed 's/.*/{"title":"Tin &"}/' >>f/b.jsonl
sed -i '/"m7"/d; /"m3999"/d' f/a.jsonl
"$dxindex" -q f/
decode files >got
cat >wanted <<END
$PWD/f/a.jsonl	f/a.jsonl	$(stat -c %s f/a.jsonl)	3998	3998	0
$PWD/f/b.jsonl	f/b.jsonl	$(stat -c %s f/b.jsonl)	114	104	10
$PWD/f/c.txt	f/c.txt	$(stat -c %s f/c.txt)	0	1	0
END
diff wanted got >&2 || fail "the files differ"

finish
