/* format.h -- results as text of some format: the seam between an answer and all
 * who show it.
 *
 *     dx_results ─▶ dx_format_write() ─▶ begin, warning, note, hits, hit, facet, end
 *                                         │ the functions of one row of dx_formats[]
 *                                         ▼
 *                                       dx_buf
 *
 * A new format (CSV, RSS …) is a file that defines a dx_format, and a row in
 * formats.c. What it may be asked for by name follows from the row:
 * `dxsearch --format`, `format=` of the CGI program. Functions that a format has no
 * use for are NULL. No state but the dx_output, so any number of threads may write. */
#ifndef DX_SEARCHER_OUTPUT_FORMAT_H
#define DX_SEARCHER_OUTPUT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dx/search.h>

#include "common/base/buf.h"
#include "common/cli/language.h"
#include "searcher/output/face.h"
#include "searcher/output/failure.h"

/* What was asked, and how the answer is to look. Strings are borrowed. */
typedef struct dx_view {
    const char *query; /* any bytes; "" with `like` */
    const char *like;  /* the id given to dx_like(), or "" */
    const char *id;    /* of the article to be shown instead of results, or "" */
    const char *qid;   /* names the query in a batch, or NULL */
    dx_order order;
    bool literal;      /* nothing was to be read into the words */
    dx_scope scope;
    uint32_t offset;   /* rank of the first hit, from 0 */
    uint32_t hits_max; /* hits to show: one more in the results tells that there
                          is a next page; at least 1 */
    uint64_t articles; /* in the index */
    dx_language language;
    const char *lang;    /* vi, en: as a web request named it; "" or NULL: it did not */
    const dx_face *face; /* of a web page; else NULL */
    const char *base;    /* likewise: the address of the search itself, from its scheme on;
                            "" or NULL where that is not known */
    const char *fields;  /* members of a hit that were asked for, with commas between
                            them: "title,date"; NULL or "": all */
    bool counts;         /* also those that cost as much as the search: JSON's exact and
                            partial_total */
    uint32_t article_chars; /* of an article's stored text that may be seen: article.h */
    bool is_web;       /* the server's disk is nobody's business there, and the same
                          answer is the same bytes, without times */
    unsigned columns;  /* of the terminal */
    bool color;        /* likewise */
} dx_view;

/** The page that `v` is about, from 1. */
static inline uint32_t dx_view_page(const dx_view *v)
{
    return v->offset / v->hits_max + 1;
}

/** How many hits a page was asked to have; 0: as many as the site has anyway. */
static inline uint32_t dx_view_limit(const dx_view *v)
{
    return v->face && v->hits_max != v->face->hits_per_page ? v->hits_max : 0;
}

/* An answer being written. */
typedef struct dx_output {
    dx_buf *out;
    const dx_view *view;
    const dx_results *rs;
    uint32_t shown;    /* hits that will be shown … */
    uint32_t partial;  /* … of which so many are partial matches */
    bool has_more;     /* there is a next page */
    uint32_t number;   /* of the warning, note, hit or facet under way, from 0 */
} dx_output;

typedef enum dx_format_use {
    DX_FORMAT_TERMINAL = 1, /* dxsearch --format */
    DX_FORMAT_WEB = 2       /* format= of a request */
} dx_format_use;

typedef struct dx_format {
    const char *name; /* as users give it */
    const char *mime; /* the value of Content-Type */
    unsigned use;     /* dx_format_use, or-ed */
    const char *file; /* the name under which a browser saves it; NULL: it shows it */
    uint32_t facets;  /* values of each field that it shows; 0: as many as are
                         asked for */
    uint32_t usual;   /* hits that it shows on the web where no number is asked for; 0: as
                         many as the site's pages */
    bool newest;      /* the order on the web where none is asked for */
    void (*begin)(const dx_output *o);
    void (*warning)(const dx_output *o, const dx_warning *w);
    void (*note)(const dx_output *o, const dx_note *note);
    void (*hits)(const dx_output *o); /* before the first hit, also of none */
    void (*hit)(const dx_output *o, const dx_hit *hit);
    /* Before the first hit that follows those to the letter. */
    void (*others)(const dx_output *o);
    void (*facet)(const dx_output *o, const dx_facet *f);
    void (*end)(const dx_output *o);
    /* Instead of all these: what went wrong. NULL: the default format says so. */
    void (*fail)(dx_buf *out, const dx_view *view, const dx_failure *why);
    /* Before anything was asked: a form. NULL: an empty query is one, too. */
    void (*start)(dx_buf *out, const dx_view *view);
    /* One article, the only hit of `rs`, and the hits of `similar` (NULL: none), which are
     * like it. NULL: it has no form for that. */
    void (*article)(dx_buf *out, const dx_view *view, const dx_results *rs,
        const dx_results *similar);
} dx_format;

/** Whether member `name` of a hit was asked for: view->fields. */
bool dx_view_wants(const dx_view *view, const char *name);

/** The id of a hit, and the name of its index, as `view` may show them: on the web the id is
 *  its key where it tells a path of the server's disk, and the name is without its folders. */
const char *dx_view_id(const dx_view *view, const dx_hit *hit);
const char *dx_view_index(const dx_view *view, const dx_hit *hit);

/** Whether some of what was found have everything to the letter, and others not. */
bool dx_output_has_scopes(const dx_output *o);

/** Whether `hit`, number o->number, is the first of those that do not have everything to the
 *  letter. */
bool dx_output_begins_others(const dx_output *o, const dx_hit *hit);

/** How many partial matches there are, where a page has to say so because it shows some
 *  or lies behind them all: to count them takes time. */
uint64_t dx_output_partial(const dx_output *o);

/** Appends `rs` to `out`, at most view->hits_max hits of it. Failures are latched
 *  in `out`. */
void dx_format_write(const dx_format *format, const dx_view *view,
    const dx_results *rs, dx_buf *out);

#endif
