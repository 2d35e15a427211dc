/* Options of how files are read. */
#include "indexer/cli/index/input_options.h"

#include <stdio.h>
#include <string.h>

#include "indexer/cli/exit_status.h"
#include "indexer/cli/notices.h"
#include "indexer/input/html/marks/selectors.h"
#include "indexer/input/source.h"

static int take_format(const char *value, dx_input_options *input)
{
    input->format = value;
    if (dx_source_named(dx_str_from(value)))
        return -1;
    dx_notice_error(DX_NOTICE_WANT_FORMAT, value, dx_source_names());
    return DX_EXIT_USAGE;
}

/* "title, lead, body, …" */
static void complain_of_field(const char *value)
{
    char names[DX_FIELDS * 16] = "";

    for (unsigned f = 0; f < DX_FIELDS; f++) {
        size_t n = strlen(names);
        if (dx_field_is_input((dx_field)f))
            snprintf(names + n, sizeof names - n, "%s%s", n ? ", " : "",
                dx_fields[f].name);
    }
    dx_notice_error(DX_NOTICE_WANT_FIELD, value, names);
}

static int take_map(const char *value, dx_input_options *input)
{
    char max[DX_FORMAT_BYTES];

    switch (dx_field_map_add(&input->map, value)) {
    case DX_FIELD_MAP_OK:
        return -1;
    case DX_FIELD_MAP_NO_FIELD:
        complain_of_field(value);
        break;
    case DX_FIELD_MAP_NO_NAME:
        dx_notice_error(DX_NOTICE_WANT_NAME, value);
        break;
    case DX_FIELD_MAP_TWICE:
        dx_notice_error(DX_NOTICE_MAPPED_TWICE, value);
        break;
    case DX_FIELD_MAP_FULL:
        dx_notice_error(DX_NOTICE_MAP_FULL, value,
            dx_notice_number(DX_FIELD_MAP_MAX, max));
        break;
    }
    return DX_EXIT_USAGE;
}

/* Needed as long as the process reads files; --selectors may be given again. */
static dx_selectors selectors;

static int take_selectors(const char *path, dx_input_options *out)
{
    dx_error err = {0};
    dx_status rc = dx_selectors_read(&selectors, path, &err);

    out->selectors = &selectors;
    if (rc == DX_OK)
        return -1;
    dx_notice_failure(NULL, &err);
    return rc == DX_ERR_NOMEM ? DX_EXIT_FAILED : DX_EXIT_USAGE;
}

bool dx_input_option_is(const dx_option_reader *r)
{
    return r->option->id >= DX_INPUT_OPTION_LISTS;
}

/* "djvu=djvutxt /dev/stdin" */
static int take_filter(const char *value, dx_input_options *out)
{
    const char *is = strchr(value, '=');

    if (!is || is == value || !is[1] || out->filter_count == DX_INPUT_FILTERS_MAX) {
        dx_notice_error(DX_NOTICE_WANT_FILTER, value);
        return DX_EXIT_USAGE;
    }
    value += *value == '.';
    out->filters[out->filter_count++] =
        (dx_input_filter){{value, (size_t)(is - value)}, is + 1};
    return -1;
}

int dx_input_option_take(const dx_option_reader *r, dx_input_options *out)
{
    switch (r->option->id) {
    case DX_INPUT_OPTION_LISTS:
        out->keep_lists = true;
        return -1;
    case DX_INPUT_OPTION_IGNORE_ROBOTS:
        out->ignore_robots = true;
        return -1;
    case DX_INPUT_OPTION_OCR:
        out->ocr = r->text;
        return -1;
    case DX_INPUT_OPTION_FILTER:
        return take_filter(r->text, out);
    case DX_INPUT_OPTION_FORMAT:
        return take_format(r->text, out);
    case DX_INPUT_OPTION_SPLIT:
        if (!dx_option_choose(r, "articles", &(unsigned){0}))
            return DX_EXIT_USAGE;
        out->split_articles = true;
        return -1;
    case DX_INPUT_OPTION_SELECTORS:
        return take_selectors(r->text, out);
    default:
        return take_map(r->text, out);
    }
}
