/* Error messages. */
#include "common/base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *dx_status_text(dx_status status)
{
    switch (status) {
#define DX_STATUS_TEXT(name, value, text)                                      \
    case DX_##name:                                                            \
        return text;
        DX_STATUS_MAP(DX_STATUS_TEXT)
#undef DX_STATUS_TEXT
    }
    return "unknown error";
}

/* A message cut in the middle of a Vietnamese letter would be ill-formed
 * UTF-8, which a JSON or HTML printer downstream would have to repair. */
static void trim_partial_character(char *msg, size_t len)
{
    size_t start = len;

    while (start > 0 && ((unsigned char)msg[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)msg[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (len - (start - 1) < need)
        msg[start - 1] = '\0';
}

dx_status dx_fail(dx_error *err, dx_status status, const char *fmt, ...)
{
    if (!err)
        return status;
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(err->msg, sizeof err->msg, fmt, args);
    va_end(args);
    err->status = status;
    if (n >= (int)sizeof err->msg)
        trim_partial_character(err->msg, strlen(err->msg));
    return status;
}

dx_status dx_fail_nomem(dx_error *err)
{
    return dx_fail(err, DX_ERR_NOMEM, "out of memory");
}
