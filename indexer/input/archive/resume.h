/* resume.h -- where an archive goes on behind damage.
 *
 * A zip has a header before each member, with a mark; so has a tar, at multiples of 512
 * bytes, with a check sum. So what is behind a damaged member can be read: by a new
 * unpacker that starts at the next header. */
#ifndef DX_INDEXER_INPUT_ARCHIVE_RESUME_H
#define DX_INDEXER_INPUT_ARCHIVE_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/input/byte_stream.h"

typedef enum dx_archive_form {
    DX_ARCHIVE_OTHER, /* compressed as a whole: nothing begins anew in it */
    DX_ARCHIVE_ZIP,
    DX_ARCHIVE_TAR
} dx_archive_form;

/** Of an archive that begins so. */
dx_archive_form dx_archive_form_of(dx_str first);

/** Moves `in`, which stands *at bytes behind the beginning of the archive, on to the next
 *  header of a member that is behind `from`, and *at with it; *found is false at the end.
 *  Fails as reading does. */
DX_NODISCARD dx_status dx_archive_find_member(dx_byte_stream *in,
    dx_archive_form form, uint64_t from, uint64_t *at, bool *found, dx_error *err);

/* The end of a zip, as it is met: the last record that says how many members its
 * directory has. All zero at the start. */
#define DX_ZIP_END_BYTES 22u
typedef struct dx_zip_end {
    char last[2 * DX_ZIP_END_BYTES]; /* bytes of the zip */
    size_t last_len;
    bool is_there;
    uint64_t members; /* 0: it is elsewhere */
} dx_zip_end;

/** Looks through the next bytes of a zip. */
void dx_zip_end_look(dx_zip_end *end, dx_str bytes);

#endif
