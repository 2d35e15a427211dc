/* slots.h -- what a template may name, and the values of these for one page. */
#ifndef DX_SEARCHER_OUTPUT_HTML_TEMPLATE_SLOTS_H
#define DX_SEARCHER_OUTPUT_HTML_TEMPLATE_SLOTS_H

#include "common/base/buf.h"
#include "common/base/str.h"

/* The parts of pages that are templates, one file each: parts/page.html … */
#define DX_TEMPLATE_MAP(X)                                                     \
    X(page) X(form) X(start) X(results) X(hit) X(nothing) X(advanced) X(failure) X(article)

typedef enum dx_template_id {
#define DX_TEMPLATE_ENUM(name) DX_TEMPLATE_##name,
    DX_TEMPLATE_MAP(DX_TEMPLATE_ENUM)
#undef DX_TEMPLATE_ENUM
    DX_TEMPLATES
} dx_template_id;

/* Names of HTML that the program made, or the owner wrote: put as it is. Each with where it
 * may stand: the part it is for, or `any`. */
#define DX_HTML_SLOT_MAP(X)                                                    \
    X(styles, page)      /* <style> elements */                                \
    X(links, page)       /* <link> elements: feeds, OpenSearch */              \
    X(header_html, page) /* the owner's */                                     \
    X(footer_html, page) /* the owner's */                                     \
    X(form, page)                                                              \
    X(main, page)        /* one of the parts below, but a hit */               \
    X(search_in, form)                                                         \
    X(hidden, any)       /* <input type=hidden> that keep what is asked for */ \
    X(heading, any)                                                            \
    X(notes, any)                                                              \
    X(chips, any)        /* filters of the query, each with a way out */       \
    X(summary, results)                                                        \
    X(orders, results)                                                         \
    X(timeline, results)                                                       \
    X(filters, results)                                                        \
    X(dates, results)                                                          \
    X(hits, results)                                                           \
    X(pages, results)                                                          \
    X(follow, results)   /* the feed, the results as a table */                \
    X(title, hit)        /* of the article, with marks */                      \
    X(crumbs, hit)       /* of its address */                                  \
    X(snippet, hit)                                                            \
    X(page_number, hit)                                                        \
    X(near_same, hit)                                                          \
    X(numbers, hit)      /* of a document, each a search */                    \
    X(tries, nothing)    /* list items: what is nearly there */                \
    X(kept, advanced)    /* hidden fields: what this form has no field for */        \
    X(article_title, article)                                                  \
    X(article_facts, article)   /* date, source */                             \
    X(article_marks, article)   /* how many, a link to the first */            \
    X(article_fields, article)  /* <div><dt>…</dt><dd>…</dd></div> */          \
    X(article_text, article)    /* paragraphs */                               \
    X(article_similar, article) /* list items */

/* Names of text: escaped for where they stand. */
#define DX_TEXT_SLOT_MAP(X)                                                    \
    X(lang, any)         /* vi, en */                                          \
    X(page_title, page)                                                        \
    X(site, any)         /* its name, "" */                                    \
    X(home, any)                                                               \
    X(logo, any)                                                               \
    X(script, page)      /* version of the script, "" without */               \
    X(other_lang, any)   /* this page in the other language */                 \
    X(other_code, any)   /* … which is en, vi */                               \
    X(advanced, any)     /* address of the form */                             \
    X(query, any)                                                              \
    X(words, any)        /* the query without what is in chips */              \
    X(suggestions, form) /* "1" when they are wanted */                        \
    X(is_first, form)    /* "1" before anything was asked */                   \
    X(empty, any)        /* "1": there are no articles at all */               \
    X(first, results)    /* the number of the first hit */                     \
    X(narrows, results)  /* "1": there is something to filter by */            \
    X(link, hit)         /* its address, or that of ?id= */                    \
    X(image, hit)                                                              \
    X(date, hit)         /* YYYY-MM-DD */                                      \
    X(shown_date, hit)                                                         \
    X(source, hit)                                                             \
    X(place, hit)        /* an address that is no link */                      \
    X(partial, hit)      /* "1" */                                             \
    X(pinned, hit)       /* "1" */                                             \
    X(similar, hit)      /* address of similar articles */                     \
    X(original, article) /* the article's address on the web */                \
    X(back, article)     /* to the results it was one of */                    \
    X(form_source, advanced) /* values of the form's fields */                 \
    X(form_category, advanced)                                                 \
    X(form_from, advanced)                                                     \
    X(form_to, advanced)                                                       \
    X(what, failure)                                                           \
    X(why, failure)

typedef enum dx_slot {
#define DX_SLOT_ENUM(name, part) DX_SLOT_##name,
    DX_HTML_SLOT_MAP(DX_SLOT_ENUM) DX_HTML_SLOTS,
    DX_SLOT_BEFORE_TEXTS = DX_HTML_SLOTS - 1,
    DX_TEXT_SLOT_MAP(DX_SLOT_ENUM)
#undef DX_SLOT_ENUM
    DX_SLOTS
} dx_slot;

typedef struct dx_values {
    dx_buf html[DX_HTML_SLOTS];            /* owned */
    dx_str text[DX_SLOTS - DX_HTML_SLOTS]; /* borrowed */
} dx_values;

/** All empty. */
void dx_values_init(dx_values *s);
void dx_values_free(dx_values *s);

/** Empties those that are for `part` only, and keeps their memory. */
void dx_values_clear(dx_values *s, dx_template_id part);

/** Sets a text, which is borrowed. */
static inline void dx_values_set(dx_values *s, dx_slot slot, const char *text)
{
    s->text[slot - DX_HTML_SLOTS] = dx_str_from(text);
}

static inline dx_str dx_values_text(const dx_values *s, dx_slot slot)
{
    return s->text[slot - DX_HTML_SLOTS];
}

/** Whether there is anything in it. */
static inline bool dx_values_has(const dx_values *s, dx_slot slot)
{
    return slot < DX_HTML_SLOTS ? s->html[slot].len > 0
                                : dx_values_text(s, slot).len > 0;
}

/** The slot with this name; DX_SLOTS for none. */
dx_slot dx_slot_named(dx_str name);

/** Whether a template of `part` may name it. */
bool dx_slot_is_for(dx_slot slot, dx_template_id part);

/** "page", "hit" …; static. */
const char *dx_template_name(dx_template_id part);

#endif
