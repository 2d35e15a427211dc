/* stamp.h -- when a file's stamp can be trusted. */
#ifndef DX_INDEXER_RUN_FILES_STAMP_H
#define DX_INDEXER_RUN_FILES_STAMP_H

#include <stdbool.h>

#include "indexer/run/files/found_file.h"

/** Waits, a few milliseconds at most, until the clock has passed the time of the
 *  file's last change: if it is changed from then on, this will show. False: it does
 *  not pass, or the file system's times are coarse; then the stamp says nothing. */
bool dx_stamp_outlast(const dx_file_stamp *stamp);

#endif
