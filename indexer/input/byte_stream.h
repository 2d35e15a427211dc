/* byte_stream.h -- a file's bytes in order, decompressed on the way.
 *
 * One thread at a time uses a stream. Errors name the file and the cause. */
#ifndef DX_INDEXER_INPUT_BYTE_STREAM_H
#define DX_INDEXER_INPUT_BYTE_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/base/str.h"

#define DX_INPUT_FILE_MAX_BYTES (256u << 20) /* of a file read as a whole */
#define DX_INPUT_LINE_MAX_BYTES (64u << 20)  /* of one line, or another record */

typedef struct dx_byte_stream dx_byte_stream;

/** Opens `path` ("-" is standard input). What is gzip or zstd by its first
 *  bytes, whatever its name, comes out decompressed. Close *out, which is NULL
 *  on failure, with dx_byte_stream_close(). */
DX_NODISCARD dx_status dx_byte_stream_open(const char *path,
    dx_byte_stream **out, dx_error *err);

/** Opens the bytes from `from` to before `to`, or what there is of them, as they
 *  come out. `is_plain`: the file is known not to be compressed, so what is before
 *  is not read. */
DX_NODISCARD dx_status dx_byte_stream_open_part(const char *path, bool is_plain,
    uint64_t from, uint64_t to, dx_byte_stream **out, dx_error *err);

/** Reads at most `room` > 0 bytes, *got of them; 0 at the end. */
typedef dx_status (*dx_byte_read)(void *ctx, void *to, size_t room, size_t *got,
    dx_error *err);

/** Opens what `read` gives as a member, called `name`, of the file that `outer` gives,
 *  which stays open meanwhile; decompressed likewise. */
DX_NODISCARD dx_status dx_byte_stream_open_member(dx_byte_stream *outer,
    dx_str name, dx_byte_read read, void *ctx, dx_byte_stream **out,
    dx_error *err);

/** The same of a member that is in memory, and stays there; `outer` may be NULL. */
DX_NODISCARD dx_status dx_byte_stream_open_bytes(dx_byte_stream *outer,
    dx_str name, dx_str bytes, dx_byte_stream **out, dx_error *err);

/** How many files this one is within: 0 of a file in a folder. */
unsigned dx_byte_stream_depth(const dx_byte_stream *s);

/** Notes that so many bytes were unpacked of a file that `s` gives, or gives a part of.
 *  LIMIT when all that was unpacked is far more than what was read of it: such files
 *  are made to fill disks and memories. */
DX_NODISCARD dx_status dx_byte_stream_count_unpacked(dx_byte_stream *s,
    size_t bytes, dx_error *err);

/** From now on, what is UTF-16 by how it begins comes out as UTF-8. To be called
 *  before anything is read; dx_byte_stream_open_part() does so itself unless the
 *  file is plain. */
DX_NODISCARD dx_status dx_byte_stream_decode(dx_byte_stream *s, dx_error *err);

/** Whether what comes out is as it stands in the file. */
bool dx_byte_stream_is_plain(const dx_byte_stream *s);

/** "UTF-16LE" or "UTF-16BE" of what dx_byte_stream_decode() has made UTF-8; else
 *  NULL. */
const char *dx_byte_stream_encoding(const dx_byte_stream *s);

/** How the file begins, without consuming it: DX_BYTE_STREAM_PEEK_BYTES at least,
 *  unless it is shorter. Valid until the next call. */
#define DX_BYTE_STREAM_PEEK_BYTES (64u << 10)
DX_NODISCARD dx_status dx_byte_stream_peek(dx_byte_stream *s, dx_str *bytes,
    dx_error *err);

/** The next `n` bytes, and whatever is at hand behind them, or what there is left,
 *  without consuming them. Valid until the next call but of dx_byte_stream_pass(). */
DX_NODISCARD dx_status dx_byte_stream_ahead(dx_byte_stream *s, size_t n,
    dx_str *bytes, dx_error *err);

/** Consumes `n` bytes, or what there is left. */
DX_NODISCARD dx_status dx_byte_stream_pass(dx_byte_stream *s, uint64_t n,
    dx_error *err);

/** What records of the file share (dx_record.head), as whoever has read its beginning
 *  knows: for a stream that begins later. Borrowed. Empty: nobody has said. */
void dx_byte_stream_set_head(dx_byte_stream *s, dx_str head);
dx_str dx_byte_stream_head(const dx_byte_stream *s);

/** Whether all there are left are at hand. */
bool dx_byte_stream_is_at_end(const dx_byte_stream *s);

/** Takes `n` of the bytes at hand; has_ended: a line ends with them. */
void dx_byte_stream_take(dx_byte_stream *s, size_t n, bool has_ended);

/** Whether the last line that was read ended with a line end. */
bool dx_byte_stream_line_has_ended(const dx_byte_stream *s);

/** After FORMAT, of a file compressed by gzip: goes on at its next member that begins with
 *  `mark` once it is unpacked (packed/gunzip.h). *found is false where there is none; the
 *  stream is then at its end. Fails with NOMEM or IO. */
DX_NODISCARD dx_status dx_byte_stream_skip_to(dx_byte_stream *s, dx_str mark,
    bool *found, dx_error *err);

/** No more than `bytes`, at most DX_INPUT_FILE_MAX_BYTES, are loaded from now on, of
 *  the stream or of members that are opened in it. */
void dx_byte_stream_set_load_max(dx_byte_stream *s, size_t bytes);

/** From now on nothing is unpacked that needs a window of more than `bytes` (packed/window.h):
 *  reading it, or a member, is FORMAT. 0, as when it is opened: whatever it needs. */
void dx_byte_stream_set_window_max(dx_byte_stream *s, size_t bytes);

/** Whether what begins with `first`, and comes next, needs no more than that. Fails with
 *  FORMAT. */
DX_NODISCARD dx_status dx_byte_stream_check_window(const dx_byte_stream *s, dx_str first,
    dx_error *err);

/** The largest record, such as a line, that a cut hands over: as much, and
 *  DX_INPUT_LINE_MAX_BYTES at most. */
size_t dx_byte_stream_record_max(const dx_byte_stream *s);

/** All that is left, valid until the stream is closed; DX_ERR_LIMIT when that
 *  is more than DX_INPUT_FILE_MAX_BYTES, or than was set. */
DX_NODISCARD dx_status dx_byte_stream_all(dx_byte_stream *s, dx_str *bytes,
    dx_error *err);

/** All that is left, as dx_byte_stream_all() gives it, but left there to be read. */
DX_NODISCARD dx_status dx_byte_stream_load(dx_byte_stream *s, dx_str *bytes,
    dx_error *err);

/** From now on takes a hash of what is read. Fails with NOMEM. */
DX_NODISCARD dx_status dx_byte_stream_digest(dx_byte_stream *s, dx_error *err);
/** How much was read since this was called last, ends of lines included, and its
 *  hash, dx_hash128_of() these bytes. */
void dx_byte_stream_take_digest(dx_byte_stream *s, uint64_t *bytes,
    dx_hash128 *hash);

/** The day on which the file was last written, since 1970-01-01 UTC; 0 when it is
 *  not known: of standard input, of a file system or an archive that keeps none. */
int32_t dx_byte_stream_written(const dx_byte_stream *s);

/** Bytes of the file consumed so far, before decompression, for progress. */
uint64_t dx_byte_stream_consumed_bytes(const dx_byte_stream *s);

void dx_byte_stream_close(dx_byte_stream *s); /* NULL is a no-op */

#endif
