/* options.h -- the command line of dxserve. */
#ifndef DX_SEARCHER_DAEMON_OPTIONS_H
#define DX_SEARCHER_DAEMON_OPTIONS_H

#include <stdbool.h>

#include "common/cli/language.h"
#include "searcher/daemon/listener.h"

#define DX_DAEMON_THREADS_MAX 256u
#define DX_DAEMON_CONNECTIONS_MAX 800u /* libfcgi counts files up to 1023 */

/* Exit statuses, as in the manual. */
enum { DX_DAEMON_ENDED = 0, DX_DAEMON_USAGE = 2, DX_DAEMON_FAILED = 3 };

typedef struct dx_daemon_options {
    dx_language language;
    char *indexes;    /* owned: one a line, or NULL: as set for the site */
    const char *path; /* of the page, by HTTP */
    bool is_public;
    unsigned threads, connections;
    dx_address addresses[DX_LISTENERS_MAX];
    unsigned address_count;
} dx_daemon_options;

/** Parses argv[1..]; returns -1 to go on, or the exit status after having printed help,
 *  version or what is wrong. Call dx_daemon_options_free() then too. */
int dx_daemon_parse(int argc, char **argv, dx_daemon_options *out);
void dx_daemon_options_free(dx_daemon_options *options);

/** Says that there are more addresses and sockets than DX_LISTENERS_MAX. */
void dx_daemon_tell_too_many(void);

#endif
