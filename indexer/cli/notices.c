/* The texts of what dxindex says. */
#include "indexer/cli/notices.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "common/cli/terminal.h"

static const char *const texts[DX_NOTICE_COUNT][2] = {
#define DX_NOTICE_TEXTS(name, english, vietnamese) {english, vietnamese},
    DX_NOTICE_MAP(DX_NOTICE_TEXTS)
#undef DX_NOTICE_TEXTS
};

const char *dx_notice_text(dx_notice notice)
{
    return texts[notice][dx_language_from_environment()];
}

void dx_notice_put(FILE *out, dx_notice notice, ...)
{
    va_list args;

    va_start(args, notice);
    dx_terminal_vprintf(out, dx_notice_text(notice), args);
    va_end(args);
}

void dx_notice_error(dx_notice notice, ...)
{
    va_list args;

    fputs("dxindex: ", stderr);
    va_start(args, notice);
    dx_terminal_vprintf(stderr, dx_notice_text(notice), args);
    va_end(args);
    fputc('\n', stderr);
}

void dx_notice_failure(const char *index, const dx_error *err)
{
    bool is_damage = err->status == DX_ERR_CORRUPT;

    fputs("dxindex: ", stderr);
    if (is_damage && index && !strstr(err->msg, index))
        dx_terminal_printf(stderr, "%s: ", index);
    dx_terminal_printf(stderr, "%s\n", err->msg);
    if (is_damage)
        fprintf(stderr, "%s\n", dx_notice_text(DX_NOTICE_CORRUPT_REMEDY));
}

void dx_notice_late_failure(const char *index, const dx_error *err)
{
    if (err->status == DX_ERR_INTERRUPTED)
        dx_notice_error(DX_NOTICE_STOPPED_MERGING);
    else
        dx_notice_failure(index, err);
}

const char *dx_notice_left_out(dx_left_out why)
{
    static const char *const reasons[DX_LEFT_OUT_COUNT][2] = {
#define DX_REASON(id, key, english, vietnamese)                                \
    [DX_LEFT_##id] = {english, vietnamese},
        DX_LEFT_OUT_MAP(DX_REASON)
#undef DX_REASON
    };

    return reasons[why][dx_language_from_environment()];
}

const char *dx_notice_number(uint64_t n, char out[DX_FORMAT_BYTES])
{
    return dx_number_text(dx_language_from_environment(), n, out);
}

const char *dx_notice_decimal(double n, char out[DX_FORMAT_BYTES])
{
    return dx_decimal_text(dx_language_from_environment(), n, 1, out);
}

const char *dx_notice_segments(uint64_t n, char out[64])
{
    char number[DX_FORMAT_BYTES];

    snprintf(out, 64,
        dx_notice_text(n == 1 ? DX_NOTICE_ONE_SEGMENT : DX_NOTICE_SEGMENTS),
        dx_notice_number(n, number));
    return out;
}
