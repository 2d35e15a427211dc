/* interrupt.h -- signals that end a long command, leaving the index as it was. */
#ifndef DX_INDEXER_CLI_INTERRUPT_H
#define DX_INDEXER_CLI_INTERRUPT_H

#include <stdatomic.h>

/** Watches for SIGINT and SIGTERM from now on, and ignores SIGPIPE. What it returns
 *  is set by the first; one that comes a second or more later ends the process as SIGKILL
 *  does. */
const atomic_bool *dx_interrupt_watch(void);

#endif
