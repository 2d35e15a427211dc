"""Full-text search for Vietnamese news and state documents, in an index of dxindex.

    import dxsearch

    with dxsearch.Index("news.dx") as index:
        results = index.search("chuyen doi so", facets=5)
        print(results.total, results.notes)
        for hit in results:
            print(hit.title, hit.date, hit["docno"])

Everything that can go wrong with an index is a dxsearch.Error; no query is one. An Index
serves any number of threads. After os.fork() open anew.
"""

from __future__ import annotations

import contextlib
import copy
import ctypes
import json
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Union

from . import _library

if TYPE_CHECKING:
    import pandas

__all__ = [
    "DamagedIndex", "Error", "Facet", "Hit", "Index", "InvalidArgument", "NoIndex", "Note",
    "OtherVersion", "Results", "Warning", "library_version",
]

_lib = _library.load()
_RANK_MAX = 10000
_PAGE = 100
_MATCHES = ("auto", "all", "any")
_SORTS = ("relevance", "newest", "oldest")
_SCOPES = ("all", "exact", "others")

PathLike = Union[str, "os.PathLike[str]"]


# ---- errors ----


class Error(Exception):
    """What the library says is wrong; `status` is its dx_status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class InvalidArgument(Error, ValueError):
    """An option is out of range, a synonym file has a mistake, or an id is unknown."""


class NoIndex(Error):
    """There is no index at that place."""


class OtherVersion(Error):
    """The index was written by another version of dxindex, or by another kind of machine."""


class DamagedIndex(Error):
    """The index is damaged; the message says what to do."""


_ERRORS: Mapping[int, type[Error]] = {2: InvalidArgument, 4: NoIndex, 5: OtherVersion, 6: DamagedIndex}


def _call(function: Any, *arguments: Any) -> None:
    """Calls what ends in a dx_error and returns a dx_status; raises what went wrong."""
    err = _library.ErrorStruct()
    status = function(*arguments, ctypes.byref(err))
    if status == 1:
        raise MemoryError(err.msg.decode("utf-8", "replace"))
    if status != 0:
        raise _ERRORS.get(status, Error)(status, err.msg.decode("utf-8", "replace"))


def _bytes(text: str) -> bytes:
    # A zero byte would end the text in C: it counts as a blank, as other punctuation does.
    return text.replace("\0", " ").encode("utf-8", "surrogateescape")


def _marks(max_bytes: int, mark_open: str, mark_close: str, escape_html: bool) -> _library.SnippetOptions:
    return _library.SnippetOptions(ctypes.sizeof(_library.SnippetOptions), max_bytes,
                                   _bytes(mark_open), _bytes(mark_close), escape_html)


def library_version() -> str:
    """The version of libdxsearch, such as "0.2.0"."""
    return str(_lib.dx_version().decode())


# ---- what results are made of ----


@dataclass(frozen=True)
class Note:
    """What was understood beside the words as typed (docs/json.md)."""

    kind: str
    text: str
    detail: str
    query: str


@dataclass(frozen=True)
class Warning:
    """What of the query was set aside: bytes [start, end) of it."""

    vi: str
    en: str
    start: int
    end: int


@dataclass(frozen=True)
class Facet:
    """A value of a field, and how many articles have it."""

    value: str
    count: int


class Hit:
    """An article that was found. hit["docno"] and the like reach every stored field by the
    names of docs/fields.md: "" when the article has none."""

    def __init__(self, results: Results, number: int, answer: Mapping[str, Any]) -> None:
        self._results, self._number, self._answer = results, number, answer
        self.rank: int = answer["rank"]
        """From 1."""
        self.id: str = answer["id"]
        self.title: str = answer["title"]
        self.title_html: str = answer["title_html"]
        """Escaped, with the words that were found within <b>…</b>."""
        self.snippet: str = answer["snippet"]
        self.snippet_html: str = answer["snippet_html"]
        self.date: str = answer["date"]
        """YYYY-MM-DD, or ""."""
        self.source: str = answer["source"]
        self.url: str = answer["url"]
        self.score: float = answer["score"]
        self.is_partial: bool = answer["partial"]
        """Not all words are in it."""
        self.similar_ids: list[str] = answer["similar_ids"]
        """With collapse: articles that say the same and are left out for this one."""

    def __getitem__(self, name: str) -> str:
        return self._results._of_hit(self._number, lambda hit: _lib.dx_hit_field(hit, _bytes(name)))

    def passage(self, max_bytes: int = 280, mark_open: str = "", mark_close: str = "",
                escape_html: bool = False) -> str:
        """The best passage again, as long and as marked as you like."""
        options = _marks(max_bytes, mark_open, mark_close, escape_html)
        return self._results._of_hit(
            self._number, lambda hit: _lib.dx_hit_snippet(hit, ctypes.byref(options)))

    def text(self, mark_open: str = "", mark_close: str = "", escape_html: bool = False) -> str:
        """The whole stored text, lead and body: a line for each paragraph."""
        options = _marks((1 << 32) - 1, mark_open, mark_close, escape_html)
        return self._results._of_hit(
            self._number, lambda hit: _lib.dx_hit_text(hit, ctypes.byref(options)))

    def to_dict(self) -> dict[str, Any]:
        """As docs/json.md describes it."""
        return dict(self._answer)

    def __repr__(self) -> str:
        return f"<Hit {self.rank}: {self.title}>"


class Results:
    """What a search found: a sequence of hits, the best first. Any thread may read it; it
    stays with what the index was when it was asked, also after the index was closed."""

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        self._pointer, self._lock = pointer, threading.Lock()
        text = ctypes.c_void_p()
        _call(_lib.dx_results_json, pointer, ctypes.byref(text))
        try:
            self._answer: dict[str, Any] = json.loads(ctypes.string_at(text.value or 0))
        finally:
            _lib.dx_text_free(text)
        _call(_lib.dx_results_check, pointer)
        self.query: str = self._answer["query"]
        self.total: int = self._answer["total"]
        """Articles that match, with all the words."""
        self.exact: int = self._answer["exact"]
        """Of these, those that have the words to the letter."""
        self.partial_total: int = self._answer["partial_total"]
        """Articles with only some of the words that are hits beside these."""
        self.timed_out: bool = self._answer["timed_out"]
        self.time_ms: float = self._answer["time_ms"]
        self.notes = [Note(n["kind"], n["text"], n["detail"], n["query"]) for n in self._answer["notes"]]
        self.warnings = [Warning(w["vi"], w["en"], w["start"], w["end"]) for w in self._answer["warnings"]]
        self.facets: dict[str, list[Facet]] = {
            field: [Facet(f["value"], f["count"]) for f in values]
            for field, values in self._answer.get("facets", {}).items()}
        """By field, when the search asked for them."""
        self.hits = [Hit(self, i, hit) for i, hit in enumerate(self._answer["hits"])]

    def _of_hit(self, number: int, read: Any) -> str:
        with self._lock:
            text = read(_lib.dx_results_hit(self._pointer, number))
            _call(_lib.dx_results_check, self._pointer)
        return str(text.decode("utf-8"))

    def __del__(self) -> None:
        _lib.dx_results_free(self._pointer)

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __getitem__(self, number: int) -> Hit:
        return self.hits[number]

    def to_dict(self) -> dict[str, Any]:
        """All of it, as docs/json.md describes it."""
        return copy.deepcopy(self._answer)

    def to_pandas(self) -> pandas.DataFrame:
        """A row for each hit, with a column for each key of docs/json.md. Needs pandas."""
        import pandas

        frame = pandas.DataFrame([hit.to_dict() for hit in self.hits])
        if len(frame):
            frame["date"] = pandas.to_datetime(frame["date"], errors="coerce")
        return frame

    def __repr__(self) -> str:
        return f"<Results of {self.query!r}: {len(self.hits)} of {self.total}>"


# ---- an index ----


class Index:
    """One index, or several that are searched as one; to be closed, or used by `with`."""

    def __init__(self, *paths: PathLike, synonyms: PathLike | None = None) -> None:
        """Opens what dxindex published last; read permission is enough. `synonyms` is a
        file of lines like "cđs = chuyển đổi số"."""
        if not paths:
            raise TypeError("Index() needs the folder of an index")
        self._pid, self._users, self._changed = os.getpid(), 0, threading.Condition()
        self._pointer = ctypes.c_void_p()
        names = (ctypes.c_char_p * len(paths))(*(os.fsencode(path) for path in paths))
        _call(_lib.dx_index_open_many, names, len(paths), ctypes.byref(self._pointer))
        if synonyms is not None:
            try:
                _call(_lib.dx_index_add_synonyms, self._pointer, os.fsencode(synonyms))
            except BaseException:
                self.close()
                raise

    @contextlib.contextmanager
    def _open(self) -> Iterator[ctypes.c_void_p]:
        """While it is used it is not closed."""
        with self._changed:
            if not self._pointer:
                raise ValueError("the index is closed")
            if self._pid != os.getpid():
                raise ValueError("the index was opened before fork(): open it again in this process")
            self._users += 1
        try:
            yield self._pointer
        finally:
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    def close(self) -> None:
        """Once the calls of other threads have returned. Results stay. May be called again."""
        with self._changed:
            self._changed.wait_for(lambda: self._users == 0)
            if self._pid == os.getpid():
                _lib.dx_index_close(self._pointer)
            self._pointer = ctypes.c_void_p()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_pointer", None):
            self.close()

    def __len__(self) -> int:
        """Articles that can be found."""
        with self._open() as pointer:
            return int(_lib.dx_index_articles(pointer))

    def __bool__(self) -> bool:
        return True

    def refresh(self) -> None:
        """Moves to what was published since; next to nothing when there is nothing new."""
        with self._open() as pointer:
            _call(_lib.dx_index_refresh, pointer)

    def search(self, query: str, *, limit: int = 10, offset: int = 0, match: str = "auto",
               sort: str = "relevance", scope: str = "all", facets: int = 0, literal: bool = False,
               exact_accents: bool = False, collapse: bool = False, freshness: float = 0.0,
               timeout_ms: int = 2000) -> Results:
        """Articles for a query of docs/query.md. match: auto, all or any; sort: relevance,
        newest or oldest; scope: all, exact or others; facets: values of each field to count;
        the others are as in dx/search.h."""
        request = _request(limit, offset, match, sort, scope, facets, literal, exact_accents,
                           collapse, freshness, timeout_ms)
        return self._results(_lib.dx_search, query, request)

    def search_all(self, query: str, **options: Any) -> Iterator[Hit]:
        """Every hit of search(), page after page, up to 10,000."""
        offset = 0
        while offset < _RANK_MAX:
            results = self.search(query, limit=_PAGE, offset=offset, **options)
            yield from results
            if len(results) < _PAGE:
                return
            offset += _PAGE

    def like(self, id: str, *, limit: int = 10, offset: int = 0, collapse: bool = False,
             facets: int = 0, timeout_ms: int = 2000) -> Results:
        """Articles about the same as the article with this id, which is not among them."""
        request = _request(limit, offset, "auto", "relevance", "all", facets, False, False,
                           collapse, 0.0, timeout_ms)
        return self._results(_lib.dx_like, id, request)

    def _results(self, function: Any, text: str, request: _library.Request) -> Results:
        out = ctypes.c_void_p()
        with self._open() as pointer:
            _call(function, pointer, _bytes(text), ctypes.byref(request), ctypes.byref(out))
        return Results(out)

    def article(self, id: str, query: str = "") -> Hit:
        """The article with this id; title, passage and text are marked as a search for
        `query` marks them."""
        out = ctypes.c_void_p()
        with self._open() as pointer:
            _call(_lib.dx_fetch, pointer, _bytes(id), _bytes(query), None, ctypes.byref(out))
        return Results(out).hits[0]

    def suggest(self, typed: str, limit: int = 10) -> list[str]:
        """How what is being typed may go on, best first."""
        out = ctypes.c_void_p()
        with self._open() as pointer:
            _call(_lib.dx_suggest, pointer, _bytes(typed), limit, ctypes.byref(out))
        try:
            return [_lib.dx_suggestions_text(out, i).decode("utf-8")
                    for i in range(_lib.dx_suggestions_count(out))]
        finally:
            _lib.dx_suggestions_free(out)

    def explain(self, query: str, id: str) -> str:
        """Why the article with this id has its score for the query, as text."""
        out = ctypes.c_void_p()
        with self._open() as pointer:
            _call(_lib.dx_explain, pointer, _bytes(query), _bytes(id), None, ctypes.byref(out))
        try:
            return ctypes.string_at(out.value or 0).decode("utf-8")
        finally:
            _lib.dx_text_free(out)


def _choose(what: str, value: str, choices: Iterable[str]) -> int:
    choices = tuple(choices)
    if value not in choices:
        raise InvalidArgument(2, f"{what} is one of {', '.join(choices)}, not {value!r}")
    return choices.index(value)


def _request(limit: int, offset: int, match: str, sort: str, scope: str, facets: int,
             literal: bool, exact_accents: bool, collapse: bool, freshness: float,
             timeout_ms: int) -> _library.Request:
    for what, number in (("limit", limit), ("offset", offset), ("facets", facets), ("timeout_ms", timeout_ms)):
        if not 0 <= number < 1 << 32:
            raise InvalidArgument(2, f"{what} is {number}")
    return _library.Request(
        size=ctypes.sizeof(_library.Request), offset=offset, limit=limit,
        match=_choose("match", match, _MATCHES), exact_accents=exact_accents, literal=literal,
        collapse=collapse, timeout_ms=timeout_ms, order=_choose("sort", sort, _SORTS),
        facets=facets, freshness=freshness, scope=_choose("scope", scope, _SCOPES))
