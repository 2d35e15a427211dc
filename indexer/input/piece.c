/* Records copied together, and handed out again. */
#include "indexer/input/piece.h"

#include "common/base/mem.h"

struct dx_piece_record {
    size_t len;
    size_t name_len, url_len, date_len; /* in front of the bytes */
    const dx_source *source;
    uint64_t number;
    bool is_fault; /* the bytes are not the record, but why there is none */
    dx_left_out left_out;
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

dx_status dx_piece_add(dx_piece *p, const dx_record *record)
{
    void *records = p->records;
    dx_str bytes = record->bytes;

    if (record->fault) /* with its NUL */
        bytes = (dx_str){record->fault, strlen(record->fault) + 1};
    if (dx_grow(&records, &p->cap, p->count + 1, sizeof *p->records) != 0)
        return DX_ERR_NOMEM;
    p->records = records;
    if (p->count == 0) {
        dx_buf_put_str(&p->bytes, record->head);
        p->head_bytes = record->head.len;
    }
    dx_buf_put_str(&p->bytes, record->name);
    dx_buf_put_str(&p->bytes, record->url);
    dx_buf_put_str(&p->bytes, record->date);
    dx_buf_put_str(&p->bytes, bytes);
    p->records[p->count++] = (struct dx_piece_record){bytes.len,
        record->name.len, record->url.len, record->date.len, record->source,
        record->number, record->fault != NULL, record->left_out};
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
    dx_str head = {at, p->head_bytes};

    at += p->count ? p->head_bytes : 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct dx_piece_record *r = &p->records[i];
        dx_record record = {.head = head, .number = r->number,
            .source = r->source, .left_out = r->left_out};
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
