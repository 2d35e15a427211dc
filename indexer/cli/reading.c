#include "indexer/cli/reading.h"

#include <errno.h>
#include <string.h>

#include "common/index/field/attribute.h"
#include "common/index/segment/dictionary.h"
#include "indexer/cli/options.h"

int dx_cli_index_open(const char *dir, dx_cli_index *out)
{
    dx_error err = {0};
    dx_status rc = dx_snapshot_open(dir, &out->snapshot, &err);

    if (rc == DX_OK)
        rc = dx_generation_open(out->snapshot, &out->generation, &err);
    if (rc == DX_OK)
        return -1;
    dx_snapshot_close(out->snapshot);
    fprintf(stderr, "dxindex: %s\n", err.msg);
    return DX_EXIT_FAILED;
}

void dx_cli_index_close(dx_cli_index *ix)
{
    dx_generation_close(&ix->generation);
    dx_snapshot_close(ix->snapshot);
}

void dx_cli_put_field(FILE *out, dx_str s)
{
    if (dx_term_is_attribute(s) && s.len >= DX_ATTRIBUTE_PREFIX_BYTES) {
        fputs(dx_attribute_prefix((dx_attribute)s.ptr[1]), out);
        s = (dx_str){s.ptr + DX_ATTRIBUTE_PREFIX_BYTES,
            s.len - DX_ATTRIBUTE_PREFIX_BYTES};
    }
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '\\':
            fputs("\\\\", out);
            break;
        case '\t':
            fputs("\\t", out);
            break;
        case '\n':
            fputs("\\n", out);
            break;
        case DX_TITLE_MARK:
            fputs("title:", out);
            break;
        default:
            putc(s.ptr[i], out);
        }
    }
}

int dx_cli_end_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return DX_EXIT_OK;
    fprintf(stderr, "dxindex: standard output: %s\n", strerror(errno));
    return DX_EXIT_FAILED;
}

const char *dx_cli_grouped(uint64_t n, char out[32])
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    int at = 0;

    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}
