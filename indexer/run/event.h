/* event.h -- what a run tells while it goes: what became of each article and
 * file, and how far it has come. */
#ifndef DX_INDEXER_RUN_EVENT_H
#define DX_INDEXER_RUN_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "indexer/input/reading.h"

typedef enum dx_event_kind {
    DX_EVENT_ADDED,
    DX_EVENT_UPDATED,
    DX_EVENT_UNCHANGED, /* articles; whole files count their articles */
    DX_EVENT_REMOVED,
    DX_EVENT_KEPT, /* it would be removed, but so would too many others */
    DX_EVENT_REPEATED,  /* the same article came before in the run: kept once */
    DX_EVENT_CONTESTED, /* another article has its id: both are kept */
    DX_EVENT_SKIPPED,  /* with a reason */
    DX_EVENT_LEFT_OUT, /* it was read, and is no article: left_out says why */
    DX_EVENT_IGNORED,  /* a file of no type we read */
    DX_EVENT_MISSED,   /* a name of the input, `id`, seems to mean the field `meant`
                          and was not taken for it; once in a run */
    DX_EVENT_KINDS
} dx_event_kind;

typedef struct dx_event {
    dx_event_kind kind;
    const char *path;   /* of the file, as the user named it, with "#number" when
                           it has come from a file of many */
    const char *id;     /* of the article, as stored, or ""; of CONTESTED as shown */
    const char *reason; /* of SKIPPED, else "" */
    dx_left_out left_out; /* of LEFT_OUT */
    dx_field meant;       /* of MISSED */
    const dx_provenance *from; /* of what a reader has read, else NULL */
} dx_event;

/* Missed names that were told; as many as a run tells. Start from {0}. */
typedef struct dx_told_names {
    uint64_t hashes[32]; /* of name and field */
    unsigned count;
} dx_told_names;

/** Whether the name is new, and there is room to tell it: it is then noted. */
bool dx_told_names_add(dx_told_names *told, dx_str name, dx_field meant);

/* Where a run's events go. */
typedef struct dx_event_sink {
    uint64_t *counts; /* borrowed: DX_EVENT_KINDS of them */
    uint64_t *left_out; /* borrowed: DX_LEFT_OUT_COUNT of them */
    void (*on_event)(void *ctx, const dx_event *event); /* may be NULL */
    void *ctx;
    dx_told_names missed;
} dx_event_sink;

/** Counts an event and tells it, but no missed name twice. Its reason may begin with
 *  the path, as a dx_error does: that is left out, since the event names it. Not
 *  thread-safe: the pipeline's lock guards the sink while workers are about. */
void dx_event_tell(dx_event_sink *sink, const dx_event *event);

typedef enum dx_phase {
    DX_PHASE_READING,
    DX_PHASE_OPENING,  /* what there is: others may have to be waited for */
    DX_PHASE_WRITING,  /* a segment */
    DX_PHASE_SETTLING, /* what has become of articles of before */
    DX_PHASE_MERGING
} dx_phase;

typedef struct dx_run_progress {
    dx_phase phase;
    uint64_t articles; /* read so far */
    uint64_t bytes, bytes_total; /* of files; total 0 when unknown */
    unsigned percent; /* of what is written, settled or merged */
} dx_run_progress;

/* Where a run's progress goes. Used by one thread at a time: the one that runs, or
 * the one that watches while it is busy. */
typedef struct dx_progress_sink {
    dx_run_progress now;
    void (*on_progress)(void *ctx, const dx_run_progress *); /* may be NULL */
    void *ctx;
} dx_progress_sink;

/** Tells `now`, in this phase. */
void dx_progress_tell(dx_progress_sink *sink, dx_phase phase);

/** Tells now and then that so many of so many documents are settled. */
void dx_progress_settling(dx_progress_sink *sink, uint64_t done, uint64_t total);

#endif
