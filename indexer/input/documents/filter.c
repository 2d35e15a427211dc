/* Files that a command of the user's reads. What it writes is read as what it is. */
#include "indexer/input/documents/converter.h"
#include "indexer/input/documents/document.h"
#include "indexer/input/source.h"

static dx_status read_written(dx_str written, const dx_input_options *options,
    dx_arena *arena, dx_article *out, dx_error *err)
{
    const dx_source *source = dx_source_of_bytes(written);

    if (dx_str_trim(written).len == 0) {
        out->left_out = DX_LEFT_EMPTY;
        return DX_OK;
    }
    return source->read(&(dx_record){.bytes = written}, options, arena, out, err);
}

static dx_status read_filtered(const dx_record *record,
    const dx_input_options *options, dx_arena *arena, dx_article *out,
    dx_error *err)
{
    const char *command = dx_input_filter_command(options,
        record->name.len ? record->name : record->path);
    dx_arena scratch = DX_ARENA_INIT;
    dx_str written;

    if (!command)
        return dx_fail(err, DX_ERR_FORMAT, "there is no filter for it");
    dx_status rc = dx_converter_run_own(command, record->bytes, &scratch,
        &written, err);
    if (rc == DX_OK)
        rc = read_written(written, options, arena, out, err);
    dx_arena_free(&scratch);
    out->from.extractor = "filter";
    return rc;
}

static bool is_sure(dx_str first)
{
    (void)first;
    return true;
}

const dx_source dx_source_filter = {
    .name = "filter",
    .is_sure = is_sure,
    .cut = dx_source_cut_whole,
    .read = read_filtered,
};
