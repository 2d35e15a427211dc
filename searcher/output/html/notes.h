/* notes.h -- above the results: what was understood, and how much was found. */
#ifndef DX_SEARCHER_OUTPUT_HTML_NOTES_H
#define DX_SEARCHER_OUTPUT_HTML_NOTES_H

#include "searcher/output/format.h"

/** Warnings and notes, a line each. */
void dx_notes_put(const dx_output *o, dx_buf *out);

/** How many articles have everything, to the letter and otherwise, and how many most of it;
 *  the number of the page. */
void dx_notes_put_summary(const dx_output *o, dx_buf *out);

/** List items with queries that are near to one that found nothing. */
void dx_notes_put_tries(const dx_output *o, dx_buf *out);

#endif
