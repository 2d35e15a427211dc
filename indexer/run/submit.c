/* Submits jobs, shows progress, and has segments made when there is enough. */
#include "indexer/run/submit.h"

#include "common/base/stop.h"

#define TICK_MS 100u /* between looks at progress and signals */

dx_status dx_submit_drain(const dx_submitter *s, dx_error *err)
{
    bool idle = false;

    while (!idle) {
        DX_TRY(dx_pipeline_drain(s->pipeline, TICK_MS, &idle, err));
        dx_pipeline_count(s->pipeline, &s->progress->now);
        dx_progress_tell(s->progress, DX_PHASE_READING);
        DX_TRY(dx_stop_check(s->stop, err));
    }
    return DX_OK;
}

dx_status dx_submit(const dx_submitter *s, dx_job *job, dx_error *err)
{
    /* Each word of a large record may be a new one: what has been gathered is to be
     * looked at before another is read. */
    bool is_large = job->piece.bytes.len > s->record_bytes / 2 &&
                    job->piece.bytes.len > 2 * DX_PIECE_BYTES;

    DX_TRY(dx_pipeline_submit(s->pipeline, job, err));
    if (is_large)
        DX_TRY(dx_submit_drain(s, err));
    dx_pipeline_count(s->pipeline, &s->progress->now);
    dx_progress_tell(s->progress, DX_PHASE_READING);
    DX_TRY(dx_stop_check(s->stop, err));
    if (!dx_pipeline_has_gathered(s->pipeline, s->gathered_bytes))
        return DX_OK;
    DX_TRY(dx_submit_drain(s, err));
    return s->flush(s->ctx, err);
}

/* The workers may be telling events, too. */
void dx_submit_skip(const dx_submitter *s, const char *path, const char *reason)
{
    dx_event_kind kind = reason ? DX_EVENT_SKIPPED : DX_EVENT_IGNORED;
    dx_intake *in = dx_pipeline_lock(s->pipeline);

    dx_event_tell(in->events,
        &(dx_event){.kind = kind, .path = path, .id = "",
            .reason = reason ? reason : ""});
    dx_pipeline_unlock(s->pipeline);
}
