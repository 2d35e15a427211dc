/* intake.h -- what the results of jobs go into. */
#ifndef DX_INDEXER_RUN_INTAKE_H
#define DX_INDEXER_RUN_INTAKE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/gather/gathered.h"
#include "indexer/input/reading.h"
#include "indexer/invert/indexed.h"
#include "indexer/run/event.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/files.h"
#include "indexer/run/files/numbers.h"
#include "indexer/run/takedown/takedowns.h"

/* What reading may take, of --memory: most records take little, and the one that takes
 * much has it for itself. */
typedef struct dx_reading_limits {
    size_t usual_bytes; /* that each worker may take for a record, … */
    size_t most_bytes;  /* … and one at a time, … */
    pthread_mutex_t most;
    size_t load_bytes;   /* … besides the file, if that is read as a whole: a record of
                            one over half of this may take usual_bytes */
    size_t record_bytes; /* a larger one is not handed over by a stream */
    size_t queue_bytes;  /* of records that wait for workers */
} dx_reading_limits;

/* Changed by one worker at a time, and by the submitting thread while the
 * pipeline is idle or locked. */
typedef struct dx_intake {
    dx_gathered *gathered; /* borrowed, as are these */
    dx_indexed *indexed;
    dx_files *files;
    dx_borrowed *borrowed;
    dx_takedowns *takedowns;
    dx_event_sink *events;
    const dx_input_options *input;
    dx_reading_limits *limits;
    bool dry_run;          /* nothing is gathered, only told */
    const uint64_t *moved; /* of lost.h: what blocks are read again for */
    size_t moved_count;
    dx_numbers faulty;     /* owned: blocks of which records were skipped */
    uint64_t articles;     /* taken in so far, … */
    uint64_t bytes;        /* … of so many bytes of files */
} dx_intake;

#endif
