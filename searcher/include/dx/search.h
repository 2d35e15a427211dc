/* dx/search.h -- read and rank a dx index from any C program.
 *
 *     dx_index *ix = NULL;  dx_results *rs = NULL;
 *     dx_error err = {0};   const dx_hit *hit;
 *
 *     if (dx_index_open("/srv/news.dx", &ix, &err) == DX_OK &&
 *         dx_search(ix, "chính phủ số", NULL, &rs, &err) == DX_OK)
 *         while ((hit = dx_results_next(rs)) != NULL)
 *             printf("%s %s\n", dx_hit_field(hit, "title"),
 *                 dx_hit_snippet(hit, NULL));
 *     else
 *         fprintf(stderr, "dx: %s\n", err.msg);
 *     dx_results_free(rs);
 *     dx_index_close(ix);
 *
 * Ownership  What you open, you close. Everything reached through a dx_results
 *            (hits, notes, facets, warnings and all their strings) lives until
 *            dx_results_free(). Nothing else is yours to free.
 * Errors     What can fail returns dx_status, stores NULL in *out on failure
 *            and writes a message to `err`, which may be NULL. An argument that
 *            is NULL without leave, or out of range, is DX_ERR_INVALID. What
 *            cannot fail takes NULL too and gives "", 0, false or NULL. We
 *            never print, exit or abort. No query is an error: what cannot be
 *            understood is searched as plain words.
 * Threads    One dx_index serves any number of threads; a dx_results, with what
 *            is reached through it, belongs to one at a time. After fork(),
 *            open again.
 * Text       UTF-8 in and out; ill-formed query bytes count as punctuation.
 * Stability  Within a major version we only add. Each call says since which
 *            version it is there. See CHANGELOG.md.
 */
#ifndef DX_SEARCH_H
#define DX_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <dx/base.h> /* dx_status, dx_error, DX_API, DX_NODISCARD */

/* Of this header: 10,000 times the major, 100 times the minor version, and the
 * patch. dx_version() tells the library's. Since 0.2. */
#define DX_VERSION_NUMBER 200

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dx_index dx_index;
typedef struct dx_results dx_results;

typedef enum dx_match {
    DX_MATCH_AUTO, /* all words count, partial matches with half of the query
                      (dx_results_partial()) stand among the full ones by their
                      score, marked as such; but phrases
                      (unless among six words or more, as in a headline) and
                      title: words must hold, and then full ones come first */
    DX_MATCH_ALL,  /* every word */
    DX_MATCH_ANY   /* at least one word */
} dx_match;

typedef enum dx_order {
    DX_ORDER_SCORE,
    DX_ORDER_NEWEST, /* articles without a date come last */
    DX_ORDER_OLDEST
} dx_order;

/* Which of the articles with everything: plain words are found in any spelling and
 * wherever they stand, and some have them to the letter, as they were typed with
 * accents or are read, and side by side where they belong together. */
typedef enum dx_scope {
    DX_SCOPE_ALL,   /* by date those to the letter come first */
    DX_SCOPE_EXACT, /* to the letter only */
    DX_SCOPE_OTHERS /* all but these */
} dx_scope;

/* Start every options struct from its _INIT macro. The size it records lets
 * a newer library accept a program compiled against an older header: what that
 * did not know is as by default. A size of 0, of a struct that was only zeroed, is
 * DX_ERR_INVALID. */
typedef struct dx_request {
    size_t size;
    uint32_t offset;    /* first rank wanted, counting from 0 */
    uint32_t limit;     /* hits wanted; offset + limit <= DX_RANK_MAX, else
                           DX_ERR_INVALID */
    dx_match match;
    bool exact_accents; /* an accented word matches that spelling only; an
                           unaccented one matches unaccented text only */
    bool literal;       /* the words mean what they say: nothing is read into
                           them, and there are no notes; so too unless `match`
                           is AUTO */
    bool collapse;      /* articles that say the same as a better hit are not
                           shown but counted: dx_hit_similar() */
    uint32_t timeout_ms; /* after that the best of what was looked at so far:
                            dx_results_timed_out(); 0: none */
    dx_order order;     /* by date only articles with everything are hits */
    uint32_t facets;    /* values of each field to count: dx_results_facet();
                           0: none */
    double freshness;   /* up to so much more of its score for the newest
                           articles, half of that for those half a year older;
                           0: age does not count; at most DX_FRESHNESS_MAX */
    dx_scope scope;      /* of queries of plain words and filters, unless `match`,
                           `literal` or `exact_accents` say how to take them */
    const char *const *pinned; /* ids of articles that are the first hits of dx_search(),
                           in this order and whatever they have of the query; ids that
                           are unknown count as not given. Read during the call only */
    uint32_t pinned_count; /* at most DX_PINNED_MAX */
} dx_request;
#define DX_PINNED_MAX 50
#define DX_RANK_MAX 10000
#define DX_QUERY_MAX_BYTES 2048 /* what is longer is cut, with a warning */
#define DX_QUERY_MAX_TERMS 64   /* words after that are ignored, likewise */
#define DX_FRESHNESS_MAX 10.0
#define DX_REQUEST_INIT                                                        \
    {                                                                          \
        sizeof(dx_request), 0, 10, DX_MATCH_AUTO, false, false, false, 2000,   \
            DX_ORDER_SCORE, 0, 0.0, DX_SCOPE_ALL, NULL, 0                      \
    }

/* What was understood beside the words as typed. */
typedef enum dx_note_kind {
    DX_NOTE_READING,      /* typed without accents: probably means `text`,
                             which weighs in; "Hiểu là: …" */
    DX_NOTE_KEYS,         /* typed in Telex or VNI keys: the results are those
                             of `text` */
    DX_NOTE_CORRECTED,    /* misspelt: the results are those of `text`, in
                             which the word as typed counts as well */
    DX_NOTE_SPELLING,     /* perhaps `text` was meant; "Có phải bạn tìm: …?" */
    DX_NOTE_ABBREVIATION, /* `text`, what is short for it or another way of writing
                             it, counts as well, at a lower weight */
    DX_NOTE_RENAMED,      /* `text` is what a name became or was before */
    DX_NOTE_LIKE,         /* of dx_like(): `text` is that article's title */
    DX_NOTE_PARTLY_READ   /* as READING, but some words may as well mean others:
                             these stand in `text` as typed. There is no query */
} dx_note_kind;

typedef struct dx_note dx_note;
#define DX_NOTES_MAX 8

/* What of a query was set aside, or that the results are not all. */
typedef struct dx_warning dx_warning;
#define DX_WARNINGS_MAX 8

/* An article that was found. */
typedef struct dx_hit dx_hit;

/* How many matching articles have a value. */
typedef struct dx_facet dx_facet;

typedef struct dx_snippet_options {
    size_t size;
    uint32_t max_bytes;                 /* of article text, marks excluded */
    const char *mark_open, *mark_close; /* emitted verbatim */
    bool escape_html;                   /* escapes the text between marks */
} dx_snippet_options;
#define DX_SNIPPET_INIT                                                        \
    {                                                                          \
        sizeof(dx_snippet_options), 280, "<b>", "</b>", true                   \
    }

/* ---- an index ---- */

/** Opens the newest generation of the index in directory `path`, read-only:
 *  read permission is enough. Verifies version, analyzer and file size, not
 *  every byte: what is read is verified when it is first read, everything by `dxindex
 *  check`. Later calls on the same dx_index see
 *  the generation that was current here; see dx_index_refresh(). Fails with
 *  NOINDEX, VERSION, CORRUPT, IO or NOMEM; err->msg names the index. Since 0.1. */
DX_API DX_NODISCARD dx_status dx_index_open(const char *path, dx_index **out,
    dx_error *err);

/** Opens several indexes as one: hits are ranked as if all articles were in one
 *  index, in the order of `paths` (1 or more, which are copied). An id that several
 *  of them have is found in each. dx_hit_field(hit, "index") says where a hit is
 *  from. Fails when one of them cannot be opened. Since 0.2. */
DX_API DX_NODISCARD dx_status dx_index_open_many(const char *const *paths,
    uint32_t count, dx_index **out, dx_error *err);

/** In a long-lived process: moves to what was published last. Cheap when there is
 *  nothing new, so it may be called before every search. Thread-safe, also while
 *  others search and refresh: a search, and its results for as long as they live,
 *  stay with what was current when it began; results that are kept for long keep
 *  its pages from being used again. When it fails, the index stays where it was.
 *  Since 0.1; while others search, since 0.2. */
DX_API DX_NODISCARD dx_status dx_index_refresh(dx_index *ix, dx_error *err);

/** Adds what may stand for what in queries, from a file of lines in UTF-8:
 *  "cđs = chuyển đổi số", or "xe hơi => ô tô" for one direction; '#' starts a
 *  comment. Not while another thread searches `ix`. Fails with IO, or with
 *  INVALID when a line is wrong: err->msg begins with file and line. Since 0.1. */
DX_API DX_NODISCARD dx_status dx_index_add_synonyms(dx_index *ix,
    const char *path, dx_error *err);

/** Articles have the address `to` where they had `from`, with the rest of it: of those that
 *  have one, what it begins with; of others that are the whole of a file, its path. `from`
 *  is in either at the end of a folder's name ("/srv/www" is not in "/srv/www2"), and `to` is
 *  on the web (http, https). The first that fits counts. Queries find articles by what is
 *  stored. Not while another thread searches `ix`. Fails with INVALID or NOMEM. Since 0.2. */
DX_API DX_NODISCARD dx_status dx_index_add_map(dx_index *ix, const char *from,
    const char *to, dx_error *err);

/** Results and suggestions may outlive it; calls on `ix` must have returned. NULL
 *  is a no-op. Since 0.1. */
DX_API void dx_index_close(dx_index *ix);

/** Articles that can be found (deleted ones are not counted). Since 0.1. */
DX_API uint64_t dx_index_articles(dx_index *ix);

/** A number that stands for what `ix` holds now: another one after whatever was published,
 *  the same in every process that opens the same files. An answer to the same request is
 *  the same as long as this is (but for time: see dx_results_timed_out() and
 *  dx_request.freshness), so caches may go by it. Thread-safe. Since 0.2. */
DX_API uint64_t dx_index_generation(dx_index *ix);
/** When the files of `ix` had last been written as it was opened or refreshed, in seconds
 *  since 1970: what it holds was published then or before. Thread-safe. Since 0.2. */
DX_API int64_t dx_index_written(dx_index *ix);

/* ---- searching ---- */

/** Ranks by BM25 over syllables and adjacent syllable pairs; ties by article
 *  order: equal input, equal output. No match is DX_OK with zero hits. `req`
 *  NULL means DX_REQUEST_INIT. Fails with INVALID (`req` is out of range), NOMEM or
 *  CORRUPT. Since 0.1. */
DX_API DX_NODISCARD dx_status dx_search(dx_index *ix, const char *query,
    const dx_request *req, dx_results **out, dx_error *err);

/** Articles about the same as article `id`, best first: ranked by the words that
 *  tell most about it. It is not among them, nor is what has nearly the same
 *  text. Of `req` match, literal and exact_accents do not count. An unknown id
 *  is DX_ERR_INVALID; of several indexes that have it, the last one's article is
 *  taken. Since 0.1. */
DX_API DX_NODISCARD dx_status dx_like(dx_index *ix, const char *id,
    const dx_request *req, dx_results **out, dx_error *err);

/** The article `id` as results of one hit, whatever it has of `query`, which may be "": in
 *  its title, passages and text those words are marked that a search for it marks, which
 *  costs as much as that search. Of req match, exact_accents, literal and timeout_ms
 *  count. An id that is unknown, hidden or taken down is DX_ERR_INVALID; of several
 *  indexes that have it, the last one's article is taken. Since 0.2. */
DX_API DX_NODISCARD dx_status dx_fetch(dx_index *ix, const char *id,
    const char *query, const dx_request *req, dx_results **out, dx_error *err);

/** How the article `id` gets its score for `query`: one line per term with
 *  document frequency, weighted term frequency, idf and contribution, as text
 *  owned by the caller, to be freed with dx_text_free(). Otherwise like
 *  dx_like(). Since 0.1. */
DX_API DX_NODISCARD dx_status dx_explain(dx_index *ix, const char *query,
    const char *id, const dx_request *req, char **text, dx_error *err);
/** NULL is a no-op. Since 0.1. */
DX_API void dx_text_free(char *text);

/* ---- results ---- */

/** NULL is a no-op. Since 0.1. */
DX_API void dx_results_free(dx_results *rs);
/** Whether all that was read so far of these results is as it was written. dx_search()
 *  and dx_like() see to that for what they found; but the hits are read from the index
 *  when they are asked for, and in a damaged one a field or a snippet may be wrong or
 *  "". So who shows hits asks this after reading them, and shows none of them if it
 *  fails: with CORRUPT, and err->msg names the index and what to do. Since 0.2. */
DX_API DX_NODISCARD dx_status dx_results_check(const dx_results *rs,
    dx_error *err);

/** All of it as one JSON object, as `dxsearch --json` prints it (docs/json.md),
 *  without a line end; owned by the caller, to be freed with dx_text_free(). Paths
 *  on this machine are in it. Fails with NOMEM or LIMIT (1 GiB). Since 0.2. */
DX_API DX_NODISCARD dx_status dx_results_json(const dx_results *rs,
    char **json, dx_error *err);

/** What was asked: the query as it was given to dx_search(), "" by dx_like(); the
 *  id that was given to that, else ""; and dx_request.offset. Since 0.2. */
DX_API const char *dx_results_query(const dx_results *rs);
DX_API const char *dx_results_like(const dx_results *rs);
DX_API uint32_t dx_results_offset(const dx_results *rs);
/** How many indexes were searched as one. Since 0.2. */
DX_API uint32_t dx_results_indexes(const dx_results *rs);
/** Articles that match: with all words (AUTO, ALL) or any word (ANY, dx_like());
 *  exact. Since 0.1. */
DX_API uint64_t dx_results_total(const dx_results *rs);
/** How many of these have everything to the letter (dx_scope); the others, if there
 *  are any, are found by DX_SCOPE_OTHERS. The first call counts them, so who does not
 *  ask does not wait; the total when memory is short. Since 0.2. */
DX_API uint64_t dx_results_exact(const dx_results *rs);
/** Articles that are hits beside those of dx_results_total(), for having at least half
 *  of the query by the rarity of its words (docs/query.md): with these the hits end.
 *  None by date, ALL and ANY. The first call counts them; 0 when memory is short.
 *  Since 0.2. */
DX_API uint64_t dx_results_partial(const dx_results *rs);
/** Hits on this page. Since 0.1. */
DX_API uint32_t dx_results_count(const dx_results *rs);
/** Milliseconds that the search took. Since 0.1. */
DX_API double dx_results_time_ms(const dx_results *rs);
/** Whether the request's time was over before everything had been looked at:
 *  total and hits are then of a part of the index, the most promising. Since 0.1. */
DX_API bool dx_results_timed_out(const dx_results *rs);

/** Warning number `i` about the query, from 0; NULL after the last. Since 0.1. */
DX_API const dx_warning *dx_results_warning(const dx_results *rs, uint32_t i);
/** One line to be shown, in Vietnamese if `language` is "vi", else in English.
 *  Since 0.2. */
DX_API const char *dx_warning_text(const dx_warning *w, const char *language);
/** Bytes of the query that it is about: [start, end). Since 0.2. */
DX_API uint32_t dx_warning_start(const dx_warning *w);
DX_API uint32_t dx_warning_end(const dx_warning *w);

/** Note number `i` about the query, from 0; NULL after the last. Since 0.1. */
DX_API const dx_note *dx_results_note(const dx_results *rs, uint32_t i);
/** READING of NULL. Since 0.2. */
DX_API dx_note_kind dx_note_kind_of(const dx_note *note);
/** What was understood, to be shown. Since 0.2. */
DX_API const char *dx_note_text(const dx_note *note);
/** Of DX_NOTE_RENAMED: since when, YYYY-MM-DD; else "". Since 0.2. */
DX_API const char *dx_note_detail(const dx_note *note);
/** What to search for to have just that, or "". Since 0.2. */
DX_API const char *dx_note_query(const dx_note *note);

/** Facet number `i`, from 0; NULL after the last. Those of one field stand
 *  together, the most frequent first; years and months, newest first. Counted
 *  over the articles of dx_results_total(), when dx_request.facets asks for
 *  them. Since 0.2. */
DX_API const dx_facet *dx_results_facet(const dx_results *rs, uint32_t i);
/** The name of the field as in the query (docs/fields.md); and "year" and "month",
 *  which are for date: there. Since 0.2. */
DX_API const char *dx_facet_field(const dx_facet *f);
/** The value, and how many articles have it. Since 0.2. */
DX_API const char *dx_facet_value(const dx_facet *f);
DX_API uint64_t dx_facet_count(const dx_facet *f);

/* ---- hits ---- */

/** The next hit, the best first; NULL at the end. Since 0.2. */
DX_API const dx_hit *dx_results_next(dx_results *rs);
/** Hit number `i` of this page, from 0; NULL after the last. Does not move
 *  dx_results_next(). Since 0.2. */
DX_API const dx_hit *dx_results_hit(const dx_results *rs, uint32_t i);

/** The article has everything, but not to the letter, and follows those that do: see
 *  DX_SCOPE_ALL. Only by date. Since 0.2. */
DX_API bool dx_hit_is_loose(const dx_hit *hit);
/** The article is first because dx_request.pinned has it: it may lack words of the query,
 *  and is then none of dx_results_total(). Since 0.2. */
DX_API bool dx_hit_is_pinned(const dx_hit *hit);
/** 0 when the results are in order of date. Since 0.2. */
DX_API double dx_hit_score(const dx_hit *hit);
/** From 0: dx_request.offset + position on the page. Since 0.2. */
DX_API uint32_t dx_hit_rank(const dx_hit *hit);
/** Not all words: see DX_MATCH_AUTO. Since 0.2. */
DX_API bool dx_hit_is_partial(const dx_hit *hit);
/** Articles that say the same and are left out for this one: see
 *  dx_request.collapse. Since 0.2. */
DX_API uint32_t dx_hit_similar(const dx_hit *hit);
/** Number `i` of these, from 0, in the order in which they would have stood; NULL
 *  after the last. A query `dup:"ID"`, with the id of any of them, finds all.
 *  Lives as long as `hit`. Since 0.2. */
DX_API const dx_hit *dx_hit_similar_hit(const dx_hit *hit, uint32_t i);
/** What is stored of the article under `name`: id, title, date (YYYY-MM-DD), url
 *  and the others of docs/fields.md; "extra", a JSON object of what dx does not
 *  know; "index", the path of the index that has it, as it was given; and "key", by
 *  which it is found as by its id, but which tells no path. "" when
 *  the article has none, when there is no such field, and when a damaged index does
 *  not let it be read. Since 0.2. */
DX_API const char *dx_hit_field(const dx_hit *hit, const char *name);

/** Best passage of the hit, with the matched words of the original text marked;
 *  cut at word boundaries, never inside a character with its marks. `opt` NULL
 *  means DX_SNIPPET_INIT, a mark that is NULL none. Never NULL: "" when memory is
 *  short, because a missing snippet must not cost the reader the result, and when
 *  opt->size is 0. Since 0.2. */
DX_API const char *dx_hit_snippet(const dx_hit *hit,
    const dx_snippet_options *opt);

/** The page, from 1, of a document of pages (PDF) that the passage of
 *  dx_hit_snippet() begins on; 0 when that is not known. Since 0.2. */
DX_API uint32_t dx_hit_page(const dx_hit *hit);

/** The text of the hit, lead and body, as it is stored: a line for each paragraph, with an
 *  end of line between two; marked like a snippet, marks ending with the line. The first
 *  opt->max_bytes of it, with "…" behind them where that is not all; `opt` NULL: all, as
 *  HTML. Since 0.2. */
DX_API const char *dx_hit_text(const dx_hit *hit, const dx_snippet_options *opt);

/** Title of the hit, marked like a snippet. Since 0.2. */
DX_API const char *dx_hit_title(const dx_hit *hit,
    const dx_snippet_options *opt);

/* ---- suggestions ---- */

typedef struct dx_suggestions dx_suggestions;
#define DX_SUGGESTIONS_MAX 20

/** How what is being typed may go on: frequent phrases of the index and titles,
 *  as they are written there, best first; the last word counts as unfinished
 *  unless a blank follows it. At most `limit`, which is up to DX_SUGGESTIONS_MAX.
 *  Under a millisecond, so it may be asked at every key. Of several indexes, and of
 *  the parts of one that were not merged yet, the largest part is asked. Fails with
 *  INVALID, NOMEM or CORRUPT. Since 0.1. */
DX_API DX_NODISCARD dx_status dx_suggest(dx_index *ix, const char *typed,
    uint32_t limit, dx_suggestions **out, dx_error *err);
/** Since 0.1. */
DX_API uint32_t dx_suggestions_count(const dx_suggestions *s);
/** Lives until dx_suggestions_free(); "" when `i` is no suggestion's number.
 *  Since 0.1. */
DX_API const char *dx_suggestions_text(const dx_suggestions *s, uint32_t i);
/** NULL is a no-op. Since 0.1. */
DX_API void dx_suggestions_free(dx_suggestions *s);

/* ---- the library ---- */

/** The version of the library, "0.2.0"; static. Since 0.1. */
DX_API const char *dx_version(void);

#ifdef __cplusplus
}
#endif
#endif
