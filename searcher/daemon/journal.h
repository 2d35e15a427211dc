/* journal.h -- what a long-lived server has to say, a line at a time, on standard error,
 * which systemd keeps. The same line over and over is written once and then counted. */
#ifndef DX_SEARCHER_DAEMON_JOURNAL_H
#define DX_SEARCHER_DAEMON_JOURNAL_H

#include "common/base/buf.h"
#include "searcher/daemon/messages.h"

/** From now on lines are in `language`. Before any other call. */
void dx_journal_open(dx_language language);

/** Writes a line: the text of `message` with its arguments, all strings. Thread-safe. */
void dx_journal_tell(dx_daemon_message message, ...);

/** Writes each line of `lines`; one that was the last one too, less than a minute ago, is
 *  counted only. Thread-safe. */
void dx_journal_put(const dx_buf *lines);

#endif
