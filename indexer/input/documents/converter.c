/* Children whose output goes to an arena. */
#include "indexer/input/documents/converter.h"

#include "common/base/buf.h"
#include "indexer/input/child/child.h"

static dx_status run(const dx_child *child, dx_str bytes, dx_arena *arena,
    dx_str *out, dx_error *err)
{
    dx_buf text;

    dx_buf_init(&text, DX_CHILD_OUTPUT_MAX_BYTES);
    dx_status rc = dx_child_run(child, bytes, &text, err);
    if (rc == DX_OK) {
        *out = (dx_str){dx_arena_strndup(arena, (const char *)text.data,
                            text.len),
            text.len};
        if (!out->ptr)
            rc = dx_fail_nomem(err);
    }
    dx_buf_free(&text);
    return rc;
}

dx_status dx_converter_run(const char *const *argv, const char *package,
    dx_str bytes, dx_arena *arena, dx_str *out, dx_error *err)
{
    dx_child child = {argv, package, DX_CHILD_CONVERTER_JAIL};

    return run(&child, bytes, arena, out, err);
}

#define FOLDER_BYTES 4096u

/* Of the first word, where it is a path: a script may have its files beside it. */
static const char *folder_of(const char *command, char out[FOLDER_BYTES])
{
    size_t n = strcspn(command, " \t\n;|&<>");

    while (n && command[n - 1] != '/')
        n--;
    if (n < 2 || n >= FOLDER_BYTES || command[0] != '/')
        return NULL;
    memcpy(out, command, n);
    out[n] = '\0';
    return out;
}

dx_status dx_converter_run_own(const char *command, dx_str bytes,
    dx_arena *arena, dx_str *out, dx_error *err)
{
    char folder[FOLDER_BYTES];
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    dx_child child = {argv, NULL, DX_CHILD_OWN_JAIL};

    child.jail.folder = folder_of(command, folder);
    return run(&child, bytes, arena, out, err);
}
