"""libdxsearch by ctypes: its functions as dx/search.h declares them."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_bool, c_char, c_char_p, c_double, c_int, c_size_t, c_uint32, c_uint64, c_void_p
from pathlib import Path


class ErrorStruct(ctypes.Structure):
    _fields_ = [("status", c_int), ("msg", c_char * 256)]


class Request(ctypes.Structure):
    """dx_request. Its size tells the library which of the fields are known here."""

    _fields_ = [
        ("size", c_size_t),
        ("offset", c_uint32),
        ("limit", c_uint32),
        ("match", c_int),
        ("exact_accents", c_bool),
        ("literal", c_bool),
        ("collapse", c_bool),
        ("timeout_ms", c_uint32),
        ("order", c_int),
        ("facets", c_uint32),
        ("freshness", c_double),
        ("scope", c_int),
    ]


class SnippetOptions(ctypes.Structure):
    """dx_snippet_options."""

    _fields_ = [
        ("size", c_size_t),
        ("max_bytes", c_uint32),
        ("mark_open", c_char_p),
        ("mark_close", c_char_p),
        ("escape_html", c_bool),
    ]


_ERR = POINTER(ErrorStruct)
_OUT = POINTER(c_void_p)
# name: (returns, arguments)
_FUNCTIONS = {
    "dx_version": (c_char_p, []),
    "dx_index_open_many": (c_int, [POINTER(c_char_p), c_uint32, _OUT, _ERR]),
    "dx_index_refresh": (c_int, [c_void_p, _ERR]),
    "dx_index_add_synonyms": (c_int, [c_void_p, c_char_p, _ERR]),
    "dx_index_close": (None, [c_void_p]),
    "dx_index_articles": (c_uint64, [c_void_p]),
    "dx_search": (c_int, [c_void_p, c_char_p, POINTER(Request), _OUT, _ERR]),
    "dx_like": (c_int, [c_void_p, c_char_p, POINTER(Request), _OUT, _ERR]),
    "dx_explain": (c_int, [c_void_p, c_char_p, c_char_p, POINTER(Request), _OUT, _ERR]),
    "dx_fetch": (c_int, [c_void_p, c_char_p, c_char_p, POINTER(Request), _OUT, _ERR]),
    "dx_hit_text": (c_char_p, [c_void_p, POINTER(SnippetOptions)]),
    "dx_text_free": (None, [c_void_p]),
    "dx_results_free": (None, [c_void_p]),
    "dx_results_json": (c_int, [c_void_p, _OUT, _ERR]),
    "dx_results_check": (c_int, [c_void_p, _ERR]),
    "dx_results_hit": (c_void_p, [c_void_p, c_uint32]),
    "dx_hit_field": (c_char_p, [c_void_p, c_char_p]),
    "dx_hit_snippet": (c_char_p, [c_void_p, POINTER(SnippetOptions)]),
    "dx_suggest": (c_int, [c_void_p, c_char_p, c_uint32, _OUT, _ERR]),
    "dx_suggestions_count": (c_uint32, [c_void_p]),
    "dx_suggestions_text": (c_char_p, [c_void_p, c_uint32]),
    "dx_suggestions_free": (None, [c_void_p]),
}


def load() -> ctypes.CDLL:
    """The library: $DXSEARCH_LIBRARY, else the one within this package, else the system's."""
    bundled = Path(__file__).with_name("libdxsearch.so.0")
    name = os.environ.get("DXSEARCH_LIBRARY") or (str(bundled) if bundled.exists() else "libdxsearch.so.0")
    library = ctypes.CDLL(name)
    for function, (returns, arguments) in _FUNCTIONS.items():
        getattr(library, function).restype = returns
        getattr(library, function).argtypes = arguments
    return library
