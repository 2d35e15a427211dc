/* compose.h -- the query that the fields of a form make together: those of the advanced form,
 * the form of dates, and the filters that the box leaves to a hidden field. */
#ifndef DX_SEARCHER_SERVE_REQUEST_COMPOSE_H
#define DX_SEARCHER_SERVE_REQUEST_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum dx_form_field {
    DX_FORM_FILTER,   /* as it is: source:"VTV" */
    DX_FORM_ALL,      /* likewise: words */
    DX_FORM_EXACT,    /* a phrase */
    DX_FORM_ANY,      /* words of which one is enough */
    DX_FORM_NONE,     /* words that must not be there */
    DX_FORM_SOURCE,   /* a value */
    DX_FORM_CATEGORY, /* likewise */
    DX_FORM_FIELDS
} dx_form_field;

/** Appends what `text`, filled into `field`, means in the query language to `query`, a string
 *  with room for max + 1 bytes, a blank before it where there is something. What does not fit
 *  is left out as a whole. */
void dx_form_add(dx_form_field field, const char *text, char *query, size_t max);

/** The same for two days as dx_day_read() takes them, either of which may be "", in any
 *  order: what is no day is left out. */
void dx_form_add_days(const char *from, const char *to, char *query, size_t max);

#endif
