/* Slips of the finger as examples: slips.txt beside this file, with a few articles,
 * each so many times, then queries and what is said about them.
 *
 *     ? corrected: bảo hiểm xã hội    a note on how it was understood
 *     * Bảo hiểm xã hội chi trả       the title of the first hit
 *
 * How it is run: tests/support/examples.h. */
#include <stdlib.h>
#include <string.h>

#include "common/base/escape.h"
#include "searcher/include/dx/search.h"
#include "tests/support/examples.h"
#include "tests/support/fixture.h"
#include "tests/support/found.h"

static char folder[64];
static dx_index *the_index;

/* "@ 40 Bảo hiểm xã hội": so many articles with that title, which ends with a
 * number: equal ones would be near-duplicates. */
static void put_articles(dx_buf *out, dx_str line)
{
    char *title;
    unsigned long times = strtoul(line.ptr + 2, &title, 10);
    size_t len = (size_t)(dx_str_end(line) - title) - 1;

    examples_must(times > 0 && *title == ' ', "articles without a number");
    for (unsigned long i = 0; i < times; i++) {
        dx_buf_printf(out, "{\"title\":");
        dx_json_put(out, (dx_str){title + 1, len - 1});
        dx_buf_printf(out, ",\"body\":\"Bài %lu, ngày %lu tháng %lu.\"}\n",
            i * i, i % 28 + 1, i % 12 + 1);
    }
}

static void tear_down(void) { fixture_close(the_index, folder); }

static void set_up(dx_str file)
{
    dx_buf lines;

    dx_buf_init(&lines, EXAMPLES_MAX_BYTES);
    while (file.len) {
        dx_str line = examples_line(file);
        file = examples_behind(file, line);
        if (line.len > 2 && memcmp(line.ptr, "@ ", 2) == 0)
            put_articles(&lines, line);
    }
    the_index = fixture_open_text(folder, dx_buf_cstr(&lines));
    dx_buf_free(&lines);
    atexit(tear_down);
}

static void put_answer(dx_buf *out, dx_str line)
{
    dx_request request = DX_REQUEST_INIT;
    const dx_note *note;
    char text[1024];
    dx_results *rs;

    examples_must(line.len < sizeof text, "a query is too long");
    memcpy(text, line.ptr, line.len);
    text[line.len] = '\0';
    examples_must(dx_search(the_index, text, &request, &rs, NULL) == DX_OK,
        "a search failed");
    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++)
        dx_buf_printf(out, "? %s: %s\n", found_note_kind(note),
            dx_note_text(note));
    const dx_hit *hit = dx_results_next(rs);
    dx_buf_printf(out, "* %s\n", hit ? dx_hit_field(hit, "title") : "");
    dx_results_free(rs);
}

int main(int argc, char **argv)
{
    static const examples spec = {.name = "slips",
        .path = DX_SOURCE_DIR "/tests/spec/slips.txt", .marks = "?*",
        .begin = set_up, .answer = put_answer};

    return examples_main(&spec, argc, argv);
}
