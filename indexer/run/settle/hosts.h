/* hosts.h -- pages that one page alone does not tell how to read, read by what all of
 * their host say together (indexer/input/html/host.h).
 *
 * A page that asks is not taken when it is met. When the run has met everything, the
 * verdict on each host is drawn from what its pages tell: those just read, and the
 * records of all others. Pages that waited are read with it, and so are those of
 * earlier runs that it would now have read otherwise. */
#ifndef DX_INDEXER_RUN_SETTLE_HOSTS_H
#define DX_INDEXER_RUN_SETTLE_HOSTS_H

#include "common/base/status.h"
#include "indexer/run/files/files.h"
#include "indexer/run/submit.h"

/** To be called when everything has been read and what is gone is known, before lost
 *  articles are; the pipeline is idle. A page that is not there any more stays as it is
 *  until a run finds that out. Fails with INTERRUPTED, NOMEM, IO, or as flush does. */
DX_NODISCARD dx_status dx_hosts_settle(const dx_submitter *s, dx_files *files,
    dx_error *err);

#endif
