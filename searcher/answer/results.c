/* What a program reads from the results of a search. */
#include "searcher/answer/results.h"

#include <string.h>

#include "common/base/arena.h"
#include "common/base/mem.h"

uint64_t dx_results_total(const dx_results *rs)
{
    return rs ? rs->ranking.total : 0;
}

uint32_t dx_results_count(const dx_results *rs)
{
    return rs ? rs->reader.count : 0;
}

double dx_results_time_ms(const dx_results *rs)
{
    return rs ? rs->time_ms : 0.0;
}

bool dx_results_timed_out(const dx_results *rs)
{
    return rs && rs->ranking.timed_out;
}

const dx_hit *dx_results_hit(const dx_results *rs, uint32_t i)
{
    return i < dx_results_count(rs) ? &rs->reader.hits[i] : NULL;
}

const dx_hit *dx_results_next(dx_results *rs)
{
    const dx_hit *hit = rs ? dx_results_hit(rs, rs->next) : NULL;

    if (hit)
        rs->next++;
    return hit;
}

void dx_results_free(dx_results *rs)
{
    if (!rs)
        return;
    dx_hit_reader_free(&rs->reader);
    dx_query_free(&rs->query);
    dx_arena_free(&rs->arena);
    dx_free(rs);
}

/* ---- warnings ---- */

const dx_warning *dx_results_warning(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->query.warning_count ? &rs->query.warnings[i] : NULL;
}

const char *dx_warning_text(const dx_warning *w, const char *language)
{
    if (!w)
        return "";
    return language && strcmp(language, "vi") == 0 ? w->vi : w->en;
}

uint32_t dx_warning_start(const dx_warning *w) { return w ? w->start : 0; }

uint32_t dx_warning_end(const dx_warning *w) { return w ? w->end : 0; }

/* ---- notes ---- */

const dx_note *dx_results_note(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->notes.count ? &rs->notes.list[i] : NULL;
}

dx_note_kind dx_note_kind_of(const dx_note *note)
{
    return note ? note->kind : DX_NOTE_READING;
}

const char *dx_note_text(const dx_note *note) { return note ? note->text : ""; }

const char *dx_note_detail(const dx_note *note)
{
    return note ? note->detail : "";
}

const char *dx_note_query(const dx_note *note)
{
    return note ? note->query : "";
}

/* ---- facets ---- */

const dx_facet *dx_results_facet(const dx_results *rs, uint32_t i)
{
    return rs && i < rs->facets.count ? &rs->facets.at[i] : NULL;
}

const char *dx_facet_field(const dx_facet *f) { return f ? f->field : ""; }

const char *dx_facet_value(const dx_facet *f) { return f ? f->value : ""; }

uint64_t dx_facet_count(const dx_facet *f) { return f ? f->count : 0; }
