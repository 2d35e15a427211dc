/* Records copied together, and handed out again. */
#include "indexer/input/piece.h"

#include <string.h>

#include "common/base/mem.h"

struct dx_piece_record {
    size_t len;
    size_t head_len, name_len, url_len, date_len; /* in front of the bytes */
    bool has_head; /* another one than the record before */
    const dx_source *source;
    uint64_t number;
    bool is_fault; /* the bytes are not the record, but why there is none */
    dx_left_out left_out;
    const char *encoding; /* static */
};

void dx_piece_init(dx_piece *p)
{
    *p = (dx_piece){0};
    dx_buf_init(&p->bytes, SIZE_MAX);
}

void dx_piece_free(dx_piece *p)
{
    dx_buf_free(&p->bytes);
    dx_free(p->records);
    dx_piece_init(p);
}

void dx_piece_clear(dx_piece *p)
{
    dx_buf_clear(&p->bytes);
    p->head_at = p->head_len = p->count = 0;
}

/* Puts the record's head unless it is that of the record before. True: it did. */
static bool put_head(dx_piece *p, dx_str head)
{
    bool is_last = p->count > 0 && head.len == p->head_len;

    if (is_last && (head.len == 0 || memcmp(head.ptr, p->bytes.data + p->head_at,
                                         head.len) == 0))
        return false;
    p->head_at = p->bytes.len;
    p->head_len = head.len;
    dx_buf_put_str(&p->bytes, head);
    return true;
}

dx_status dx_piece_add(dx_piece *p, const dx_record *record)
{
    void *records = p->records;
    dx_str bytes = record->bytes;

    if (record->fault) /* with its NUL */
        bytes = (dx_str){record->fault, strlen(record->fault) + 1};
    if (dx_grow(&records, &p->cap, p->count + 1, sizeof *p->records) != 0)
        return DX_ERR_NOMEM;
    p->records = records;
    bool has_head = put_head(p, record->head);
    dx_buf_put_str(&p->bytes, record->name);
    dx_buf_put_str(&p->bytes, record->url);
    dx_buf_put_str(&p->bytes, record->date);
    dx_buf_put_str(&p->bytes, bytes);
    p->records[p->count++] = (struct dx_piece_record){.len = bytes.len,
        .head_len = record->head.len, .name_len = record->name.len,
        .url_len = record->url.len, .date_len = record->date.len,
        .has_head = has_head, .source = record->source,
        .number = record->number, .is_fault = record->fault != NULL,
        .left_out = record->left_out, .encoding = record->encoding};
    return p->bytes.status;
}

bool dx_piece_is_full(const dx_piece *p)
{
    return p->bytes.len + p->count * sizeof *p->records >= DX_PIECE_BYTES;
}

static dx_str take_part(const char **at, size_t len)
{
    dx_str part = {*at, len};

    *at += len;
    return part;
}

dx_status dx_piece_each(const dx_piece *p, dx_record_each each, void *ctx)
{
    const char *at = (const char *)p->bytes.data;
    dx_str head = {NULL, 0};

    for (size_t i = 0; i < p->count; i++) {
        const struct dx_piece_record *r = &p->records[i];
        if (r->has_head)
            head = take_part(&at, r->head_len);
        dx_record record = {.head = head, .number = r->number,
            .source = r->source, .left_out = r->left_out,
            .encoding = r->encoding};
        record.name = take_part(&at, r->name_len);
        record.url = take_part(&at, r->url_len);
        record.date = take_part(&at, r->date_len);
        if (r->is_fault)
            record.fault = at;
        else
            record.bytes = (dx_str){at, r->len};
        at += r->len;
        DX_TRY(each(ctx, &record));
    }
    return DX_OK;
}
