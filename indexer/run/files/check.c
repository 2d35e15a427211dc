/* Looks for damage in the table of files. */
#include "indexer/run/files/check.h"

#include <stdio.h>
#include <string.h>

#include "common/base/mem.h"
#include "indexer/run/files/borrowed.h"
#include "indexer/run/files/file_record.h"

/* What the keys of all other records begin with (docs/FORMAT.md, 2). */
#define OTHERS "mnstw"

typedef struct checking {
    void (*on_problem)(void *ctx, const char *problem);
    void *ctx;
    uint64_t *problems;
    uint32_t next;
    uint8_t *given; /* owned: bit per number */
} checking;

static const char *fault_of(checking *c, dx_str key, dx_str value)
{
    char key_bytes[DX_STORE_KEY_MAX + 1];
    dx_file_record r;

    if (!dx_file_record_read(value, &r))
        return "is damaged";
    if (!dx_str_eq(key, dx_file_key(r.path, key_bytes)))
        return "is that of another file";
    for (uint32_t i = 0; i < r.block_count; i++) {
        uint32_t number = dx_file_record_block(&r, i).number;
        if (number == 0 || number >= c->next)
            return "has a number that was never given";
        if (c->given[number / 8] >> number % 8 & 1)
            return "has a number that is given twice";
        c->given[number / 8] |= (uint8_t)(1u << number % 8);
    }
    return NULL;
}

static void tell(checking *c, const char *what, dx_str key, const char *fault)
{
    char line[512];

    snprintf(line, sizeof line, "%s “%.*s” %s", what,
        key.len < 400 ? (int)key.len : 400, key.ptr, fault);
    ++*c->problems;
    c->on_problem(c->ctx, line);
}

/* A flipped bit may make a key that nobody looks for. */
static dx_status check_record(void *ctx, dx_str key, dx_str value)
{
    checking *c = ctx;
    const char *fault = NULL, *what = "record";

    if (*key.ptr == *DX_FILE_KEY_PREFIX.ptr) {
        what = "file record";
        fault = fault_of(c, key, value);
    } else if (*key.ptr == *DX_BORROWED_KEY_PREFIX.ptr) {
        what = "record of what is borrowed";
        fault = dx_borrowed_fault(key, value, c->next);
    } else if (!memchr(OTHERS, *key.ptr, strlen(OTHERS))) {
        fault = "belongs to nothing";
    }
    if (fault)
        tell(c, what, key, fault);
    return DX_OK;
}

dx_status dx_files_check(dx_snapshot *snapshot, uint32_t next,
    void (*on_problem)(void *ctx, const char *problem), void *ctx,
    uint64_t *problems, dx_error *err)
{
    checking c = {on_problem, ctx, problems, next,
        dx_calloc((size_t)next / 8 + 1, 1)};

    if (!c.given)
        return dx_fail_nomem(err);
    dx_status rc =
        dx_snapshot_each(snapshot, (dx_str){"", 0}, check_record, &c, err);
    dx_free(c.given);
    return rc;
}

typedef struct first_fault {
    const char *index;
    dx_error *err;
} first_fault;

static void keep_first(void *ctx, const char *problem)
{
    first_fault *f = ctx;

    if (f->err && f->err->status == DX_OK)
        dx_fail(f->err, DX_ERR_CORRUPT,
            "%s: damaged: %s; restore a backup, or index again into a new directory",
            f->index, problem);
}

dx_status dx_files_trust(dx_snapshot *snapshot, uint32_t next, const char *index,
    dx_error *err)
{
    dx_error own = {0};
    first_fault f = {index, &own};
    uint64_t problems = 0;
    dx_status rc =
        dx_files_check(snapshot, next, keep_first, &f, &problems, &own);

    if (rc == DX_OK && problems)
        rc = DX_ERR_CORRUPT;
    if (rc != DX_OK && err)
        *err = own;
    return rc;
}
