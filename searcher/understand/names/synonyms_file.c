/* A reader's own file of synonyms. */
#include "searcher/understand/names/synonyms_file.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/base/mem.h"
#include "common/text/analyzer.h"
#include "common/text/utf8.h"

#define FILE_MAX_BYTES ((size_t)16 << 20)
#define READ_BYTES 65536u

typedef struct reader {
    dx_synonyms *synonyms;
    dx_analyzer *analyzer;
    const char *path;
    uint32_t line;
    dx_error *err;
} reader;

static dx_status wrong(const reader *r, const char *what)
{
    return dx_fail(r->err, DX_ERR_INVALID, "%s:%u: %s", r->path, r->line, what);
}

static dx_status add_side(const reader *r, dx_str side, dx_str instead)
{
    dx_status rc = dx_synonyms_add(r->synonyms, r->analyzer, side, instead,
        DX_SYNONYM_NONE);

    if (rc == DX_ERR_LIMIT)
        return wrong(r, "more than 16 words on one side");
    if (rc == DX_ERR_INVALID)
        return wrong(r, "nothing on one side of it");
    return rc == DX_OK ? DX_OK : dx_fail_nomem(r->err);
}

static dx_status read_line(const reader *r, dx_str line)
{
    line = dx_str_trim(line);
    if (!dx_utf8_is_text(line, "\t")) /* it is shown, on terminals, too */
        return wrong(r, "not text in UTF-8");
    if (line.len == 0 || *line.ptr == '#')
        return DX_OK;
    const char *sign = memchr(line.ptr, '=', line.len);
    if (!sign)
        return wrong(r, "neither '=' nor '=>'");
    const char *end = dx_str_end(line), *after = sign + 1;
    bool one_way = after < end && *after == '>';
    after += one_way;
    if (memchr(after, '=', (size_t)(end - after)))
        return wrong(r, "more than one '='");
    dx_str left = dx_str_trim((dx_str){line.ptr, (size_t)(sign - line.ptr)}),
           right = dx_str_trim((dx_str){after, (size_t)(end - after)});
    DX_TRY(add_side(r, left, right));
    return add_side(r, right, one_way ? DX_STR_LIT("") : left);
}

static dx_status read_lines(reader *r, dx_str text)
{
    assert(text.len == 0 || text.ptr);
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0)
        text = (dx_str){text.ptr + 3, text.len - 3};
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end ? (size_t)(end - text.ptr) : text.len;
        r->line++;
        DX_TRY(read_line(r, (dx_str){text.ptr, len}));
        len += end != NULL;
        text = (dx_str){text.ptr + len, text.len - len};
    }
    return DX_OK;
}

static dx_status read_file(const char *path, dx_buf *out, dx_error *err)
{
    FILE *file = fopen(path, "rb");
    size_t n = 0;

    if (!file)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(errno));
    do {
        uint8_t *room = dx_buf_extend(out, READ_BYTES);
        n = room ? fread(room, 1, READ_BYTES, file) : 0;
        if (room)
            out->len -= READ_BYTES - n;
    } while (n > 0);
    bool failed = ferror(file) != 0;
    int error = errno;
    fclose(file);
    if (failed)
        return dx_fail(err, DX_ERR_IO, "%s: %s", path, strerror(error));
    return out->status == DX_OK
               ? DX_OK
               : dx_fail(err, out->status, "%s: more than 16 MiB", path);
}

dx_status dx_synonyms_load(dx_synonyms *s, const char *path, dx_error *err)
{
    reader r = {
        .synonyms = s, .analyzer = dx_analyzer_new(), .path = path, .err = err};
    dx_buf text;

    dx_buf_init(&text, FILE_MAX_BYTES + READ_BYTES);
    dx_status rc =
        r.analyzer ? read_file(path, &text, err) : dx_fail_nomem(err);
    if (rc == DX_OK)
        rc = read_lines(&r, (dx_str){(const char *)text.data, text.len});
    dx_synonyms_sort(s);
    dx_buf_free(&text);
    dx_analyzer_free(r.analyzer);
    return rc;
}
