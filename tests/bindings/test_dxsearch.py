"""dxsearch of bindings/python, on the sample articles: for pytest, with DX_BIN and DX_SRC."""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

BIN, SRC = Path(os.environ["DX_BIN"]), Path(os.environ["DX_SRC"])
os.environ.setdefault("DXSEARCH_LIBRARY", str(BIN / "libdxsearch.so"))
if os.environ.get("DX_WHEEL") is None:
    sys.path.insert(0, str(SRC / "bindings/python"))

import dxsearch  # noqa: E402
from dxsearch import _library  # noqa: E402


def make_index(path: Path, *articles: str) -> Path:
    if articles:
        lines = "\n".join(json.dumps(article) for article in articles)
        subprocess.run([BIN / "dxindex", "--quiet", "--index", path, "-"], input=lines, text=True, check=True)
    else:
        subprocess.run([BIN / "dxindex", "--quiet", "--index", path, "corpus"], cwd=SRC, check=True)
    return path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    return make_index(tmp_path_factory.mktemp("corpus") / "corpus.dx")


@pytest.fixture
def index(corpus):
    with dxsearch.Index(corpus) as opened:
        yield opened


def test_the_first_title(index):
    assert "chuyển đổi số" in index.search("chuyen doi so").hits[0].title.lower()


def test_results_are_those_of_the_program(index, corpus):
    for query, options, arguments in [
        ("chuyen doi so", {}, []),
        ('"bao hiem" -hội', {"limit": 3, "offset": 2}, ["--limit", "3", "--offset", "2"]),
        ("đất đai", {"sort": "newest", "facets": 4}, ["--sort", "newest", "--facets", "4"]),
        ("Bắc Giang", {"scope": "others", "freshness": 0.5}, ["--scope", "others", "--freshness", "0.5"]),
        ("học phí", {"match": "any", "literal": True}, ["--any", "--literal"]),
        ("", {}, []),
    ]:
        said = subprocess.run([BIN / "dxsearch", "--json", "-i", corpus, *arguments, "--", query],
                              capture_output=True, text=True).stdout
        wanted = json.loads(said)
        got = index.search(query, collapse=True, **options).to_dict()
        wanted.pop("time_ms"), got.pop("time_ms")
        assert got == wanted, query


def test_hits_notes_and_facets(index):
    results = index.search("chuyen doi so", facets=3)
    assert len(results) == len(list(results)) == len(results.hits) == 10
    assert results.total >= results.exact > 0 and not results.timed_out
    assert results.notes[0] == dxsearch.Note("reading", "chuyển đổi số", "", "chuyển đổi số")
    hit = results[0]
    assert hit.rank == 1 and hit.title in results.to_dict()["hits"][0]["title"]
    assert "<b>" in hit.title_html + hit.snippet_html and "<b>" not in hit.title + hit.snippet
    assert hit["id"] == hit.id and hit["title"] == hit.title and hit["no such field"] == ""
    assert "[[" in hit.passage(80, "[[", "]]") and len(hit.passage(80).encode()) < 400
    assert len(results.facets["source"]) <= 3 and results.facets["year"]
    assert isinstance(results.facets["year"][0].count, int)
    assert index.search("chuyen doi so").facets == {}


def test_warnings_name_their_place_in_the_query(index):
    (warning,) = index.search("lũ NEAR/2").warnings
    assert "lũ NEAR/2".encode()[warning.start:warning.end] == b"NEAR/2" and warning.vi and warning.en


def test_every_hit_comes_once(index):
    ids = [hit.id for hit in index.search_all("*")]
    assert len(ids) == len(set(ids)) == index.search("*").total == len(index) > 50


def test_suggestions_like_and_explain(index):
    assert any("chuyển đổi số" in text.lower() for text in index.suggest("chuyen d"))
    hit = index.search("chuyen doi so").hits[0]
    like = index.like(hit.id)
    assert like.hits and hit.id not in [other.id for other in like]
    assert "chuyển" in index.explain("chuyển đổi số", hit.id)


def test_an_article_by_its_id(index):
    hit = index.search("chuyen doi so").hits[0]
    article = index.article(hit.id, "chuyển đổi số")
    assert article.title == hit.title and "[chuyển đổi số]" in article.text("[", "]").lower()
    assert len(article.text()) > len(hit.snippet) and "[" not in index.article(hit.id).text("[", "]")[:40]
    with pytest.raises(dxsearch.InvalidArgument):
        index.article("no such id")


def test_errors_are_exceptions(index, corpus, tmp_path):
    with pytest.raises(dxsearch.NoIndex, match="dxindex --index"):
        dxsearch.Index(tmp_path / "none")
    with pytest.raises(dxsearch.InvalidArgument):
        index.like("no such id")
    for options in ({"limit": -1}, {"limit": 10001}, {"sort": "best"}, {"freshness": 11.0}, {"offset": 1 << 32}):
        with pytest.raises(dxsearch.InvalidArgument):
            index.search("a", **options)
    (tmp_path / "words").write_text("một =\n")
    with pytest.raises(dxsearch.InvalidArgument, match="words:1"):
        dxsearch.Index(corpus, synonyms=tmp_path / "words")


def test_a_damaged_index_gives_no_results(corpus, tmp_path):
    data = bytearray((corpus / "index.mdb").read_bytes())
    for at in range(40_000, len(data), 997):
        data[at] ^= 0xFF
    (tmp_path / "index.mdb").write_bytes(data)
    with pytest.raises(dxsearch.DamagedIndex, match="restore a backup"):
        with dxsearch.Index(tmp_path) as index:
            list(index.search_all("chuyen doi so"))


def test_any_text_is_a_query(index):
    for query in ("\0", "a\0b", "\udcff", "(" * 5000, "😀", "title:", '"'):
        index.search(query)
        index.suggest(query)


def test_several_indexes_and_synonyms(corpus, tmp_path):
    other = make_index(tmp_path / "other", {"id": "x", "title": "Cá kho làng Vũ Đại", "body": "Món ăn ngày Tết."})
    (tmp_path / "words").write_text("món lạ = cá kho\n")
    with dxsearch.Index(corpus, other, synonyms=tmp_path / "words") as both:
        (hit,) = both.search('"cá kho làng Vũ Đại"').hits
        assert hit["index"] == str(other)
        assert "x" in [found.id for found in both.search("món lạ")]


def test_closing(corpus):
    index = dxsearch.Index(corpus)
    results = index.search("chuyen doi so")
    index.close()
    index.close()
    assert results[0]["id"] == results[0].id  # results outlive the index
    with pytest.raises(ValueError, match="closed"):
        index.search("a")


def test_refresh_shows_what_was_published_since(tmp_path):
    path = make_index(tmp_path / "news", {"id": "1", "title": "Lũ về", "body": "Nước lên."})
    with dxsearch.Index(path) as index:
        subprocess.run([BIN / "dxindex", "--quiet", "--no-delete", "--index", path, "-"], text=True, check=True,
                       input='{"id": "2", "title": "Lũ rút", "body": "Nước xuống."}\n')
        assert index.search("lũ").total == 1
        index.refresh()
        assert index.search("lũ").total == 2


def test_threads_share_an_index(index):
    wanted = [hit.id for hit in index.search("chuyen doi so")]
    results = index.search("chuyen doi so")
    wrong = []

    def work():
        for _ in range(50):
            if [hit.id for hit in index.search("chuyen doi so")] != wanted or results[3]["id"] != wanted[3]:
                wrong.append(1)
            index.refresh()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_child_process_has_to_open_anew(index):
    pid = os.fork()
    if pid == 0:
        try:
            index.search("a")
        except ValueError:
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert index.search("chuyen doi so").total > 0


def test_a_data_frame(index):
    pandas = pytest.importorskip("pandas")
    frame = index.search("chuyen doi so").to_pandas()
    assert list(frame["rank"]) == list(range(1, 11)) and frame["date"].dtype.kind == "M"
    assert isinstance(frame, pandas.DataFrame) and len(index.search("xyzzyx").to_pandas()) == 0


@pytest.mark.parametrize("name,struct", [("dx_request", _library.Request), ("dx_snippet_options", _library.SnippetOptions)])
def test_structs_begin_as_in_the_header(name, struct):
    """The header may have more at the end: the size tells the library what is known here."""
    source = (SRC / "searcher/include/dx/search.h").read_text()
    body = re.sub(r"/\*.*?\*/", "", re.search(r"typedef struct %s \{(.*?)\n\}" % name, source, re.S).group(1), flags=re.S)
    fields = [field.strip(" *") for line in body.split(";") if line.strip()
              for field in re.sub(r"^\s*(const )?\w+ ", "", line.strip()).split(",")]
    known = [field for field, _ in struct._fields_]
    assert fields[:len(known)] == known


def test_an_older_program_may_know_less_of_a_request(index):
    import ctypes

    request = _library.Request(size=_library.Request.facets.offset, limit=3, timeout_ms=1000, facets=7)
    out = ctypes.c_void_p()
    dxsearch._call(dxsearch._lib.dx_search, index._pointer, b"chuyen", ctypes.byref(request), ctypes.byref(out))
    results = dxsearch.Results(out)
    assert len(results) == 3 and results.facets == {}
