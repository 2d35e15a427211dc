#!/usr/bin/env bash
# Every row of the table of fields (common/index/field/field.h) from end to end: what
# JSON gives comes back in results and dumps, filters find it, facets count it; and
# docs/fields.md tells it.
. "$(dirname "$0")/search.bash"

export DX_INDEX=$tmp/ix
cat >"$tmp/fields.py" <<'END'
import json, os, re, subprocess, sys

folder, source = sys.argv[1:]
bin = os.environ["DX_BIN"]
table = open(f"{source}/common/index/field/field.h", encoding="utf-8").read()
table = re.search(r"#define DX_FIELD_MAP\(X\)(.*?)\n/\* clang", table, re.S).group(1)
table = re.sub(r"\s+", " ", table.replace("\\\n", " "))
ROW = r'X\((\w+), (\w+), (\d+), (\w+), (\w+), ([^(]*?), \(([^)]*)\), \(([^)]*)\), "([^"]*)", "([^"]*)"\)'
names = lambda text: re.findall(r'"([^"]*)"', text)
rows = [(*row[1:6], names(row[6]), names(row[7])) for row in re.findall(ROW, table)]
assert len(rows) == table.count(" X(") and len(rows) > 30, "rows are not as this test reads them"

# What is documented: a line a field, with all its names.
page = open(f"{source}/docs/fields.md", encoding="utf-8").read()
told = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.split("\n") if line.startswith("| `")]
marks = lambda cell: [mark.strip(":") for mark in re.findall(r"`([^`]*)`", cell)]
told = {marks(cells[0])[0]: cells[1:] for cells in told}
assert sorted(told) == sorted(row[0] for row in rows), "docs/fields.md has other fields"
for name, number, kind, find, show, inputs, queries in rows:
    cells = told[name]
    attribute = find in ("VALUE", "PROVINCE", "HOST", "DOCNO", "DAYS", "SELF")
    uses = [use for use, has in (("attribute", attribute), ("facet", "FACET" in show), ("page", "ON_PAGE" in show)) if has]
    assert cells[0] == number and cells[1] == kind.lower(), (name, cells)
    assert cells[2] == ", ".join(uses), (name, cells)
    assert marks(cells[3]) == inputs, (name, cells)
    asked = {mark.replace("_", "") for mark in marks(cells[4])}
    assert asked <= set(queries) and (not queries or queries[0] in asked), (name, cells)

# An article for each name in JSON.
def value(kind, i):
    return {"DATE": f"{i % 28 + 1}/2/2024", "DAY": "2024-02-03", "NUMBER": i, "FLAG": True,
            "LIST": [f"{i}/QĐ-X", f"Giá trị {i}"], "VALUES": [f"Lĩnh vực {i}, việc khác", f"Giá trị {i}"], "TEXT": f"Đoạn {i}"}.get(kind, f"Giá trị {i}")

def shown(kind, given):
    if kind == "DATE":
        day, month, year = given.split("/")
        return f"{year}-{int(month):02}-{int(day):02}"
    return {"LIST": lambda: ", ".join(given), "VALUES": lambda: "; ".join(given), "FLAG": lambda: "1", "NUMBER": lambda: str(given)}.get(kind, lambda: given)()

articles, number = {}, 100
for row in rows:
    for key in row[5] if row[0] != "deleted" else ():  # tests/cli/remove.sh
        number += 1
        articles[f"a{number}"] = (row, key, value(row[2], number))
with open(f"{folder}/all.jsonl", "w", encoding="utf-8") as file:
    for id, (row, key, given) in articles.items():
        article = {"id": id, "title": f"Bài {id}", "body": "Nội dung chung."}
        article.pop(row[0], None)
        article[key] = given
        print(json.dumps(article, ensure_ascii=False), file=file)

def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode in (0, 1), (words, done.stderr)  # 1: nothing is found
    return done.stdout

run(f"{bin}/dxindex", "-q", f"{folder}/all.jsonl")
search = lambda *words: json.loads(run(f"{bin}/dxsearch", "--json", "--limit", "500", *words))

everything = search("--facets", "500", "*")
hits = {hit["id"]: hit for hit in everything["hits"]}
dumped = lambda id: dict(line.split("\t", 1) for line in run(f"{bin}/dxindex", "dump", "--doc", id).split("\n") if "\t" in line and not line.startswith("token"))
for id, (row, key, given) in articles.items():
    name, _, kind, find, show, inputs, queries = row
    wanted = shown(kind, given)
    if name == "id":
        id = wanted
    assert dumped(id)[name] == wanted, (name, dumped(id))
    if name == "hidden":
        assert id not in hits, "a hidden article is found"
        continue
    assert id in hits, (id, name)
    if name not in ("lead", "body"):
        assert hits[id][name] == wanted, (name, hits[id])
    assert hits[id]["extra"] == {}, (name, hits[id])
    for query in queries:
        if find in ("WORDS", "DAY"):
            continue
        for asked in given if kind == "VALUES" else given[:1] if kind == "LIST" else [wanted]:
            got = {hit["id"] for hit in search(f'{query}:"{asked}"', "dup:yes")["hits"]}
            assert got == {id}, (query, asked, got)
    if "FACET" in show:
        counts = {f["value"]: f["count"] for f in everything["facets"][queries[0]]}
        for one in given if kind in ("LIST", "VALUES") else [wanted]:
            assert counts[one] == 1, (name, counts)
for name, _, kind, find, show, inputs, queries in rows:
    if kind == "DATE":
        days = {id for id, (row, _, _) in articles.items() if row[0] == name}
        for asked in ("2024", "2024-02", ">=2024-02-01", "2023..2024"):
            got = {hit["id"] for hit in search(f"{queries[0]}:{asked}", "dup:yes")["hits"]}
            assert got == days, (name, asked, got)
        assert search(f"{queries[0]}:2023")["total"] == 0
END
python3 "$tmp/fields.py" "$tmp" "$DX_SRC" || fail "a field does not go all the way"
"$DX_BIN/dxindex" check -q >/dev/null || fail "the index is not sound"


# Hidden articles are there, but nothing shows them; what an index needs of its
# readers is what it has now.
export DX_INDEX=$tmp/hidden
mkdir "$tmp/h"
echo '{"id":"shown","title":"Lũ lên nhanh ở xã Đông","content":"Nước sông dâng."}' >"$tmp/h/a.jsonl"
echo '{"id":"secret","title":"Lũ lên nhanh ở xã Tây","content":"Nước sông dâng cao.","hidden":true}' >"$tmp/h/b.jsonl"
"$DX_BIN/dxindex" -q "$tmp/h"
stats() { "$DX_BIN/dxindex" stats --json | python3 -c 'import json, sys; s = json.load(sys.stdin); print(s["articles"], s["hidden"], *s["features"])'; }
ids() { "$DX_BIN/dxsearch" --json "$@" | python3 -c 'import json, sys; r = json.load(sys.stdin); print(r["total"], *(h["id"] for h in r["hits"]))'; }
expect_hidden() {
    [ "$(stats)" = "2 1 hidden" ] || fail "$1: stats $(stats)"
    for query in 'nước sông' '"lũ lên"' '*' 'xã -đông' 'lang:vi OR tây'; do
        case $query in xã*) wanted=0 ;; *) wanted="1 shown" ;; esac
        [ "$(ids "$query")" = "$wanted" ] || fail "$1: $query: $(ids "$query")"
    done
    "$DX_BIN/dxindex" dump nuoc | grep -q secret || fail "$1: it is not in the index"
    expect_status 1 "$DX_BIN/dxsearch" --like secret
    ! "$DX_BIN/dxsearch" --suggest "lũ lên nhanh ở xã" | grep -q Tây || fail "$1: it is suggested"
    "$DX_BIN/dxindex" check -q >/dev/null || fail "$1: the index is not sound"
}
expect_hidden "at first"
echo '{"id":"other","title":"Một tin khác"}' >"$tmp/h/c.jsonl"
"$DX_BIN/dxindex" -q "$tmp/h"
[ "$(stats)" = "3 1 hidden" ] || fail "after another run: $(stats)"
rm "$tmp/h/c.jsonl"
"$DX_BIN/dxindex" -q --optimize "$tmp/h"
expect_hidden "in one segment"
rm "$tmp/h/b.jsonl"
"$DX_BIN/dxindex" -q "$tmp/h"
"$DX_BIN/dxindex" -q --optimize "$tmp/h"
[ "$(stats)" = "1 0" ] || fail "an index without hidden articles needs $(stats)"

# A document's own number comes before documents that mention it, be they newer or
# have more of the other words; but not when another order is asked for.
export DX_INDEX=$tmp/numbers
for i in 1 2 3 4 5 6 7; do
    echo '{"id":"text'$i'","title":"Thực hiện Quyết định 749/QĐ-TTg","content":"Chuyển đổi số, chuyển đổi số. '"$(seq -f "n$i%g" 20 | tr '\n' ' ')"'","date":"2024-01-0'$i'"}'
done >"$tmp/numbers.jsonl"
cat >>"$tmp/numbers.jsonl" <<'END'
{"id":"cites","title":"Một văn bản khác","content":"Không nêu số trong lời văn.","cites":["749/QĐ-TTg","13/2023/NĐ-CP"],"date":"2024-02-01"}
{"id":"own","title":"Chương trình chuyển đổi số quốc gia","content":"Toàn văn.","so_ky_hieu":["749/QĐ-TTg"],"date":"2020-06-03"}
{"id":"own too","title":"Bản sao","content":"Toàn văn chuyển đổi số.","docno":"0749 / QĐ - TTg, 750/QĐ-TTg","date":"2020-06-04"}
END
"$DX_BIN/dxindex" -q "$tmp/numbers.jsonl"
expect_ids() { # WANTED ARGUMENT…
    local wanted=$1
    shift
    [ "$(ids "$@")" = "$wanted" ] || fail "$*: $(ids "$@")"
}
expect_ids "10 own too own cites text7 text6 text5 text4 text3 text2 text1" docno:749/QĐ-TTg
expect_ids "10 own too own cites text7" --limit 4 'số_hiệu:"749 / qđ - ttg"'
expect_ids "10 own cites text7" --limit 3 --offset 1 docno:749/QĐ-TTg
expect_ids "10 text5 text4" --limit 2 --offset 5 docno:749/QĐ-TTg
expect_ids "10 cites text7" --limit 2 --sort newest docno:749/QĐ-TTg
expect_ids "9 own own too text1" --limit 3 docno:749/QĐ-TTg chuyển đổi số
expect_ids "2 own too own" 'docno:749/QĐ-TTg -docno:13/2023/NĐ-CP -"Thực hiện"'
# A document has its own number in its text, as on paper.
# what has the number itself does not cite it
expect_ids "8 cites text7 text6 text5 text4 text3 text2 text1" cites:749/QĐ-TTg
expect_ids "1 own too" docno:750/QĐ-TTg
expect_ids "10 own too own cites" --limit 3 'docno:(750/QĐ-TTg OR 749/QĐ-TTg)'
"$DX_BIN/dxsearch" --json --facets 9 docno:749/QĐ-TTg | python3 -c '
import json, sys
years = {f["value"]: f["count"] for f in json.load(sys.stdin)["facets"]["year"]}
sys.exit(years != {"2024": 8, "2020": 2})' || fail "facets of a number"

finish
