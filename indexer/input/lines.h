/* lines.h -- the lines of a stream. */
#ifndef DX_INDEXER_INPUT_LINES_H
#define DX_INDEXER_INPUT_LINES_H

#include "indexer/input/byte_stream.h"

/** The next line without its '\n' (and '\r'), valid until the next call; *line
 *  is {NULL,0} at the end. A line over dx_byte_stream_record_max() is passed over
 *  and reported as DX_ERR_LIMIT; reading may go on after it. */
DX_NODISCARD dx_status dx_byte_stream_line(dx_byte_stream *s, dx_str *line,
    dx_error *err);

#endif
