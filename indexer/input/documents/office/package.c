/* From a zip file to tags and texts. */
#include "indexer/input/documents/office/package.h"

#include "common/base/bytes.h"
#include "common/base/mem.h"
#include "indexer/input/packed/unpack.h"

#define STEP_BYTES (64u << 10)

bool dx_package_is(dx_str first)
{
    static const char *const names[] = {"[Content_Types].xml", "_rels/",
        "docProps/", "word/", "xl/", "ppt/",
        "mimetypeapplication/vnd.oasis.opendocument."};
    const size_t name_at = 30; /* behind the head of the first file in it */

    if (first.len < name_at || memcmp(first.ptr, "PK\x03\x04", 4) != 0)
        return false;
    first = (dx_str){first.ptr + name_at, first.len - name_at};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (first.len >= strlen(names[i]) &&
            memcmp(first.ptr, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* The part at hand, to its end. */
static dx_status read_part(dx_unpack *u, const dx_xml_reader *reader, char *step,
    uint64_t *left, dx_error *err)
{
    dx_xml *xml = dx_xml_new(reader, false);
    dx_status rc = DX_OK;
    size_t got = 1;

    if (!xml)
        return dx_fail_nomem(err);
    while (rc == DX_OK && got) {
        rc = dx_unpack_read(u, step, STEP_BYTES, &got, err);
        if (rc == DX_OK && got > *left)
            rc = dx_fail(err, DX_ERR_LIMIT,
                "it unpacks to more than %u MiB; split it",
                DX_PACKAGE_MAX_BYTES >> 20);
        if (rc == DX_OK) {
            *left -= got;
            rc = dx_xml_put(xml, (dx_str){step, got}, got == 0, err);
        }
    }
    dx_xml_free(xml);
    return rc;
}

static dx_status read_all(dx_unpack *u, dx_package_want want, void *ctx,
    char *step, dx_error *err)
{
    uint64_t left = DX_PACKAGE_MAX_BYTES;
    dx_xml_reader reader;
    dx_str name;

    for (;;) {
        DX_TRY(dx_unpack_next(u, &name, err));
        if (!name.ptr)
            return DX_OK;
        reader = (dx_xml_reader){0};
        if (want(ctx, name, &reader))
            DX_TRY(read_part(u, &reader, step, &left, err));
    }
}

dx_status dx_package_read(dx_str zip, dx_package_want want, void *ctx,
    dx_error *err)
{
    dx_unpack *u;

    DX_TRY(dx_unpack_open_memory(DX_UNPACK_FILES, zip, &u, err));
    char *step = dx_malloc(STEP_BYTES);
    dx_status rc = step ? read_all(u, want, ctx, step, err) : dx_fail_nomem(err);
    dx_free(step);
    dx_unpack_free(u);
    return rc;
}
