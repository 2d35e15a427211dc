/* progress.h -- one live line on standard error, when that is a terminal; never
 * wider than the terminal, or it would wrap and could not be wiped.
 *
 *     if (dx_progress_begin(&p, false)) {
 *         dx_progress_add(&p, "12 articles");
 *         dx_progress_add(&p, "40 %");    left out when there is no room
 *         dx_progress_show(&p);           12 articles, 40 %
 *     } */
#ifndef DX_INDEXER_CLI_PROGRESS_H
#define DX_INDEXER_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct dx_progress {
    bool is_wanted; /* and standard error is a terminal */
    bool is_shown;  /* and has to be wiped before other output */
    double shown_s; /* when it last was */
    size_t columns, width; /* of the line so far; at most */
    size_t bytes;
    char line[512];
} dx_progress;

void dx_progress_init(dx_progress *p, bool is_wanted);

/** Starts a new line. False when none is wanted, or the last one was shown a
 *  moment ago and this one need not be seen `at_once`. */
bool dx_progress_begin(dx_progress *p, bool at_once);

/** Appends a piece, after ", ", if there is room. */
void dx_progress_add(dx_progress *p, const char *piece);
void dx_progress_show(dx_progress *p);

/** Removes the line, if there is one. */
void dx_progress_wipe(dx_progress *p);

/** Seconds by a clock that nobody sets. */
double dx_progress_now_s(void);

#endif
