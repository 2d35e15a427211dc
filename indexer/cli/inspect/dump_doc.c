/* All that is stored of one article. */
#include "indexer/cli/inspect/dump_doc.h"

#include <stdio.h>

#include "common/base/arena.h"
#include "common/base/civil.h"
#include "common/index/codec/signature.h"
#include "common/index/segment/dictionary.h"
#include "common/index/segment/doc.h"
#include "common/index/segment/identity/find.h"
#include "common/index/segment/meta.h"
#include "common/index/segment/segment.h"
#include "indexer/cli/exit_status.h"
#include "indexer/cli/inspect/tab_field.h"
#include "indexer/cli/notices.h"

static void put(const char *name, dx_str value)
{
    printf("%s\t", name);
    dx_tab_field_put(stdout, value);
    putchar('\n');
}

static void print_fields(const dx_segment *s, uint32_t doc, const dx_meta *m)
{
    dx_signature signature = dx_segment_signature(s, doc);
    char date[DX_CIVIL_BYTES];

    printf("segment\t%08x\ndoc\t%u\nfile\t%u\nlength\t%u\ncontent\t%016llx\n",
        dx_segment_id(s), doc, dx_segment_file(s, doc),
        dx_length_at(dx_segment_lengths(s, doc, 1), doc),
        (unsigned long long)dx_segment_content_hash(s, doc));
    fputs("signature\t", stdout);
    for (unsigned i = 0; i < DX_SIGNATURE_BYTES; i++)
        printf("%02x", signature.bytes[i]);
    putchar('\n');
    for (unsigned f = 0; f < DX_FIELDS; f++)
        if (dx_field_is_stored((dx_field)f) && m->at[f].len)
            put(dx_fields[f].name, m->at[f]);
    put("date", (dx_str){date, dx_civil_put(m->date, date)});
}

static void print_text(const dx_doc *d)
{
    const char *text = (const char *)d->text.data;
    uint32_t at = 0;

    for (unsigned f = 0; f < DX_TEXT_FIELDS; f++) {
        put(dx_fields[f].name, (dx_str){text + at, d->field_end[f] - at});
        at = d->field_end[f];
    }
}

static void print_tokens(const dx_segment *s, const dx_doc *d)
{
    for (size_t i = 0; i < d->token_count; i++) {
        const dx_token *t = &d->tokens[i];
        printf("token\t%s\t%u%s\t%u\t%u\t", dx_fields[t->field].name, t->pos,
            t->overlay ? "+" : "", t->start, t->end);
        dx_tab_field_put(stdout, dx_segment_exact_string(s, t->exact_id));
        putchar('\t');
        dx_tab_field_put(stdout, dx_segment_folded_string(s,
                                    dx_segment_folded_of(s, t->exact_id)));
        putchar('\n');
    }
}

static dx_status print_doc(const dx_generation *g, uint32_t segment,
    uint32_t doc)
{
    const dx_segment *s = g->segments[segment];
    dx_arena arena = DX_ARENA_INIT;
    dx_meta_reader r;
    dx_meta meta;
    dx_doc d;

    dx_meta_reader_init(&r);
    dx_doc_init(&d);
    dx_status rc = dx_segment_read_meta(s, doc, &r, &meta);
    if (rc == DX_OK)
        rc = dx_segment_read_doc(s, doc, false, &d);
    if (rc == DX_OK) {
        meta.id = dx_article_shown_id(g, segment, doc, meta.id, &arena);
        rc = meta.id.ptr ? DX_OK : DX_ERR_NOMEM;
    }
    if (rc == DX_OK) {
        print_fields(s, doc, &meta);
        print_text(&d);
        print_tokens(s, &d);
    }
    dx_doc_free(&d);
    dx_meta_reader_free(&r);
    dx_arena_free(&arena);
    return rc;
}

int dx_dump_doc(const dx_generation *g, const char *id)
{
    uint32_t segment, doc;

    if (!dx_article_find(g, dx_str_from(id), true, &segment, &doc)) {
        dx_notice_error(DX_NOTICE_NO_DOC, id);
        return DX_EXIT_SKIPPED;
    }
    dx_status rc = print_doc(g, segment, doc);
    if (rc == DX_OK)
        return DX_EXIT_OK;
    dx_notice_error(DX_NOTICE_DAMAGED_DOC, id, dx_status_text(rc));
    return DX_EXIT_FAILED;
}
