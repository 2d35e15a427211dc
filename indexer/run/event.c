/* Counting events, and telling them and the progress. */
#include "indexer/run/event.h"

#include "common/base/hash.h"
#include "indexer/input/shown_path.h"

bool dx_told_names_add(dx_told_names *told, dx_str name, dx_field meant)
{
    const unsigned max = sizeof told->hashes / sizeof *told->hashes;
    uint64_t hash = dx_hash128_of(name.ptr, name.len).lo + meant;

    for (unsigned i = 0; i < told->count; i++)
        if (told->hashes[i] == hash)
            return false;
    if (told->count == max)
        return false;
    told->hashes[told->count++] = hash;
    return true;
}

void dx_event_tell(dx_event_sink *sink, const dx_event *event)
{
    dx_event told = *event;

    if (event->kind == DX_EVENT_MISSED &&
        !dx_told_names_add(&sink->missed, dx_str_from(event->id), event->meant))
        return;
    sink->counts[event->kind]++;
    if (event->kind == DX_EVENT_LEFT_OUT)
        sink->left_out[event->left_out]++;
    told.reason = dx_shown_path_strip(event->reason, event->path);
    if (sink->on_event)
        sink->on_event(sink->ctx, &told);
}

void dx_progress_tell(dx_progress_sink *sink, dx_phase phase)
{
    sink->now.phase = phase;
    if (sink->on_progress)
        sink->on_progress(sink->ctx, &sink->now);
}

#define STEP_DOCS 4096u

void dx_progress_settling(dx_progress_sink *sink, uint64_t done, uint64_t total)
{
    if (done % STEP_DOCS != 0)
        return;
    sink->now.percent = total ? (unsigned)(done * 100 / total) : 0;
    dx_progress_tell(sink, DX_PHASE_SETTLING);
}
