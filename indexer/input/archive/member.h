/* member.h -- a file within a file: what it is, and its records.
 *
 *     tin.zip ── tin/1.html            a record of the type html, "tin/1.html"
 *             ├─ tin.jsonl             records 1, 2, 3 … of jsonl, "tin.jsonl"
 *             └─ thu.eml ── don.docx   a record of docx, "thu.eml/don.docx"
 *
 * A container is a source whose cut hands over its members by dx_member_cut(). */
#ifndef DX_INDEXER_INPUT_ARCHIVE_MEMBER_H
#define DX_INDEXER_INPUT_ARCHIVE_MEMBER_H

#include "common/base/status.h"
#include "indexer/input/source.h"

#define DX_MEMBER_DEPTH_MAX 3u /* containers within containers */

typedef struct dx_member {
    dx_str name; /* in its container */
    dx_str type; /* what the container calls it: its name, or "x.html" where it
                    says text/html; empty: the name */
    dx_str url;  /* that the container has for it, and … */
    dx_str date; /* … when; both may be empty */
} dx_member;

/** Hands over the records that `in`, opened within the container, gives: those of the
 *  type that the member is called or surely holds. One that is none of ours becomes a
 *  record that is left out, one that is damaged a record with that fault. Fails with
 *  what `each` returned, or NOMEM. */
DX_NODISCARD dx_status dx_member_cut(dx_byte_stream *in, const dx_member *member,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err);

/** The same of a member that is in memory; `container` is where it was found. */
DX_NODISCARD dx_status dx_member_cut_bytes(dx_byte_stream *container,
    dx_str bytes, const dx_member *member, const dx_input_options *options,
    dx_record_each each, void *ctx, dx_error *err);

/** Hands over a member as left out, or with a fault, without looking into it. */
DX_NODISCARD dx_status dx_member_leave_out(const dx_member *member,
    dx_left_out why, dx_record_each each, void *ctx);
DX_NODISCARD dx_status dx_member_fail(const dx_member *member, const char *fault,
    dx_record_each each, void *ctx);

/** Whether a member is none of ours by its name alone: an image, a script, or what
 *  begins with a dot, as in folders; but for what a command of the user's reads. */
bool dx_member_is_ignored(dx_str name, const dx_input_options *options);

/** A container's dx_source.read: it has no articles but those of its members. */
DX_NODISCARD dx_status dx_member_read_none(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err);

/** For a container's cut: LIMIT when `in` is too deep within others. */
DX_NODISCARD dx_status dx_member_check_depth(const dx_byte_stream *in,
    dx_error *err);

#endif
