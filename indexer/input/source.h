/* source.h -- the types of input: from a file to its articles.
 *
 *     file ──▶ bytes ──cut──▶ records ──read──▶ articles
 *
 * A source is one type. It says which files are of it (extensions, sniff), cuts
 * a file's bytes into records (a line, a JSON object, a page) and reads a record
 * into an article. Where each step runs depends on whether the type is a stream:
 *
 *                 text, HTML, JSON: files      JSONL, CSV, TSV: streams
 *
 *     the thread  walk                         walk, cut
 *     that runs     │ path                       │ pieces of about 1 MiB (piece.h)
 *                   ▼                            ▼
 *     a worker    cut, read ──▶ articles       read ──▶ articles
 *
 * Many small files are so opened and decompressed by all workers. One big file
 * keeps them all busy, too, and is never in memory as a whole: a stream of any
 * size takes a few pieces, or the longest record where that is more.
 *
 * What records share (the column names of a table, what a feed says of all its
 * articles) is their head: it travels with every piece, so a worker needs nothing
 * but the record.
 *
 * To add a type, write a file that defines its dx_source and name it in
 * DX_SOURCES. Nothing here has global mutable state: sources are constant, and
 * their functions may run in several threads at once. */
#ifndef DX_INDEXER_INPUT_SOURCE_H
#define DX_INDEXER_INPUT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/status.h"
#include "common/base/str.h"
#include "indexer/input/article.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/reading.h"

struct dx_source;

/* All borrowed for the call that hands the record over. */
typedef struct dx_record {
    dx_str bytes;
    dx_str head;       /* the same in all records of a file, or of one in an archive;
                          may be empty */
    uint64_t number;   /* of the record in its file, from 1: "path#number";
                          0: it is the whole file */
    const char *fault; /* NULL, or why the record cannot be read */
    dx_str path;       /* of the file: for read() only */
    dx_left_out left_out; /* or why it need not be read: it is no article */
    const char *encoding; /* static: of the file, where `bytes` are no longer as they
                             stand in it; else NULL */

    /* Of a file that holds files (an archive, a crawl): */
    const struct dx_source *source; /* the type of this one; NULL: the file's own */
    dx_str name; /* of this one in there: "path/name"; may be empty */
    dx_str url;  /* that the container has for it; may be empty */
    dx_str date; /* likewise, as it stands there: used where the page has none */

    uint32_t told; /* of a page: what its host's other pages say (html/host.h), or 0 */
    int32_t written; /* the day on which it was written, as its file system or
                        container has it, since 1970-01-01; 0: not known. Nothing in
                        it was published later */
} dx_record;

/** Takes the next record. What it returns, if not DX_OK, ends the cutting. */
typedef dx_status (*dx_record_each)(void *ctx, const dx_record *record);

#define DX_SOURCE_EXTENSIONS_MAX 8

typedef struct dx_source {
    const char *name;
    const char *extensions[DX_SOURCE_EXTENSIONS_MAX]; /* ".html", small letters */

    /* Whether a file whose name does not tell looks like this type: `first` is
     * how it begins, without blanks in front. NULL: never. */
    bool (*sniff)(dx_str first);

    /* Likewise, but so surely that it is this type whatever its name says.
     * NULL: never. */
    bool (*is_sure)(dx_str first);

    /* Of a file that is read as a whole: a larger one is no article. 0:
     * DX_INPUT_FILE_MAX_BYTES. */
    size_t max_bytes;

    /* Cut by the thread that runs, into pieces for the workers. */
    bool is_stream;
    /* … which can only be cut from its beginning: an archive (run/solid.h). */
    bool is_solid;

    /* Of a stream: from the beginning of a file, of which it consumes nothing, what
     * its records share (dx_record.head), in `arena`. A later part of the file is cut
     * with that (dx_byte_stream_head()). NULL: they share nothing. Fails with NOMEM
     * or IO. */
    dx_status (*head)(dx_byte_stream *in, const dx_input_options *options,
        dx_arena *arena, dx_str *out, dx_error *err);

    /* Hands each record to `each`, in order. A record that is damaged has its
     * fault said, and cutting goes on behind it. Fails with what `each`
     * returned; with NOMEM; or with IO, FORMAT or LIMIT where the rest of the
     * file cannot be cut, with a reason that a user can act on. */
    dx_status (*cut)(dx_byte_stream *in, const dx_input_options *options,
        dx_record_each each, void *ctx, dx_error *err);

    /* Reads a record without fault. *out comes empty; strings go to `arena`.
     * What is no article, for a reason that is no fault, sets out->left_out.
     * What all types have in common (dx_article_finish()) is left to
     * dx_source_read(), which also fails for this: with NOMEM, or with FORMAT or
     * LIMIT and a reason that a user can act on. */
    dx_status (*read)(const dx_record *record, const dx_input_options *options,
        dx_arena *arena, dx_article *out, dx_error *err);
} dx_source;

/* All types, in the order in which they may sniff; text takes what is left. */
#define DX_SOURCES(X)                                                          \
    X(pdf) X(doc) X(rtf) X(office) X(feed) X(warc) X(mail) X(html)             \
    X(jsonl) X(json) X(csv) X(tsv) X(archive) X(text)

#define DX_SOURCE_DECLARE(name) extern const dx_source dx_source_##name;
DX_SOURCES(DX_SOURCE_DECLARE)
#undef DX_SOURCE_DECLARE

/* Files that a command of the user's reads: dx_input_filter_command(). */
extern const dx_source dx_source_filter;

/** By the type's own name: "jsonl". NULL: there is none. And all these names, with
 *  a comma and a blank between. */
const dx_source *dx_source_named(dx_str name);
const char *dx_source_names(void);

/** By the name's extension, ignoring case and looking through .gz and .zst; "-"
 *  (standard input) is JSONL unless the user says otherwise. NULL when no type has it. */
const dx_source *dx_source_of_name(dx_str name);

/** By a file's first bytes, as dx_byte_stream_peek() gives them. Never NULL: what
 *  nobody knows is text. */
const dx_source *dx_source_of_bytes(dx_str first);

/** The type that a file which begins so surely is; else `named`, the type by its
 *  name, which may be NULL. */
const dx_source *dx_source_held(const dx_source *named, dx_str first);

/** Makes *source, the type of a file by its name (which may be NULL), the one that it is
 *  read as: what is held by bytes that begin with `first`. False: an image, a film or a
 *  program, not to be read at all; plain text by name, and what a command of the user's
 *  reads, never is. */
bool dx_source_settle(const dx_source **source, dx_str first);

/** Appends how people are told of a record of the file at `path`: "kho.zip/tin.html",
 *  "tin.jsonl#7". */
void dx_record_put_path(const dx_record *record, const char *path, dx_buf *out);

/** source->cut() of a whole file. One without any record is told, too, as one that is
 *  left out; and records of a decoded stream have their encoding. */
DX_NODISCARD dx_status dx_source_cut(const dx_source *source, dx_byte_stream *in,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err);

/** Reads a record of the file at `path` into *out, all of whose strings are in
 *  `arena`; the record is without fault. Where out->left_out says why it is no
 *  article, nothing else in *out counts but its provenance. Fails with NOMEM, or
 *  with FORMAT or LIMIT and a reason that a user can act on, behind the path and
 *  "#number": that concerns this record only. */
DX_NODISCARD dx_status dx_source_read(const dx_source *source,
    const dx_record *record, const dx_input_options *options, dx_str path,
    dx_arena *arena, dx_article *out, dx_error *err);

/** A cut for types whose files are one record each. */
DX_NODISCARD dx_status dx_source_cut_whole(dx_byte_stream *in,
    const dx_input_options *options, dx_record_each each, void *ctx,
    dx_error *err);

#endif
