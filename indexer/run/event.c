/* Counting events, and telling them and the progress. */
#include "indexer/run/event.h"

#include <string.h>

#include "indexer/input/shown_path.h"

static const char *without_path(const char *reason, const char *path)
{
    dx_str shown = dx_shown_path(dx_str_from(path));

    return strncmp(reason, shown.ptr, shown.len) == 0 &&
                   strncmp(reason + shown.len, ": ", 2) == 0
               ? reason + shown.len + 2
               : reason;
}

void dx_event_tell(dx_event_sink *sink, dx_event_kind kind, const char *path,
    const char *reason)
{
    sink->counts[kind]++;
    if (sink->on_event)
        sink->on_event(sink->ctx,
            &(dx_event){kind, path, without_path(reason, path)});
}

void dx_progress_tell(dx_progress_sink *sink, dx_phase phase)
{
    sink->now.phase = phase;
    if (sink->on_progress)
        sink->on_progress(sink->ctx, &sink->now);
}
