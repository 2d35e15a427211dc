/* Examples of queries and what they find in a handful of articles. */
#include "tests/support/found.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/escape.h"
#include "searcher/include/dx/search.h"
#include "tests/support/examples.h"
#include "tests/support/fixture.h"

#define ARTICLES_MAX 64u
#define ID_MAX 32u

static char ids[ARTICLES_MAX][ID_MAX];
static size_t id_count;
static char folder[64];
static dx_index *the_index;

/* ---- the articles ---- */

/* "title  Lũ ở Huế" as a JSON member. */
static void put_member(dx_buf *out, dx_str line)
{
    size_t name = 0, value;

    while (name < line.len && line.ptr[name] != ' ')
        name++;
    for (value = name; value < line.len && line.ptr[value] == ' '; value++)
        ;
    dx_buf_putc(out, ',');
    dx_json_put(out, (dx_str){line.ptr, name});
    dx_buf_putc(out, ':');
    dx_json_put(out, (dx_str){line.ptr + value, line.len - value - 1});
}

/* Articles begin with "@ id" and end with an empty line. */
static void put_articles(dx_buf *out, dx_str file)
{
    bool inside = false;

    while (file.len) {
        dx_str line = examples_line(file);
        file = examples_behind(file, line);
        if (line.len > 2 && memcmp(line.ptr, "@ ", 2) == 0) {
            dx_str id = {line.ptr + 2, line.len - 3};
            examples_must(id_count < ARTICLES_MAX && id.len < ID_MAX,
                "too many articles, or too long a name");
            memcpy(ids[id_count++], id.ptr, id.len);
            dx_buf_puts(out, "{\"id\":");
            dx_json_put(out, id);
            inside = true;
        } else if (inside && line.len > 1) {
            put_member(out, line);
        } else if (inside) {
            dx_buf_puts(out, "}\n");
            inside = false;
        }
    }
}

static void tear_down(void) { fixture_close(the_index, folder); }

static void set_up(dx_str file)
{
    dx_buf lines;

    dx_buf_init(&lines, EXAMPLES_MAX_BYTES);
    put_articles(&lines, file);
    the_index = fixture_open_text(folder, dx_buf_cstr(&lines));
    dx_buf_free(&lines);
    examples_must(dx_index_articles(the_index) == id_count,
        "the articles cannot be indexed");
    atexit(tear_down);
}

/* ---- what a query finds ---- */

typedef struct question {
    const char *text;
    dx_request request;
    bool ranked, titles, full;
} question;

/* Takes "--option " off the beginning of *text. */
static bool takes_option(const char **text, const char *option)
{
    size_t n = strlen(option);

    if (strncmp(*text, option, n) != 0 || (*text)[n] != ' ')
        return false;
    *text += n + 1;
    return true;
}

static question read_question(const char *text)
{
    question q = {.text = text, .request = DX_REQUEST_INIT};
    bool more = true;

    q.request.limit = ARTICLES_MAX;
    while (more) {
        more = false;
        if (takes_option(&q.text, "--ranked"))
            more = q.ranked = true;
        if (takes_option(&q.text, "--newest")) {
            q.request.order = DX_ORDER_NEWEST;
            more = q.ranked = true;
        }
        if (takes_option(&q.text, "--titles"))
            more = q.titles = true;
        if (takes_option(&q.text, "--full"))
            more = q.full = true;
        if (takes_option(&q.text, "--exact-accents"))
            more = q.request.exact_accents = true;
        if (takes_option(&q.text, "--literal"))
            more = q.request.literal = true;
    }
    return q;
}

static size_t number_of(const char *id)
{
    for (size_t i = 0; i < id_count; i++)
        if (strcmp(ids[i], id) == 0)
            return i;
    return ARTICLES_MAX;
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

static void put_ids(dx_buf *out, char mark, size_t *numbers, size_t count,
    bool ranked)
{
    if (!ranked)
        qsort(numbers, count, sizeof *numbers, by_number);
    dx_buf_putc(out, mark);
    for (size_t i = 0; i < count; i++)
        dx_buf_printf(out, " %s", ids[numbers[i]]);
    dx_buf_putc(out, '\n');
}

static void put_hits(dx_buf *out, dx_results *rs, const question *q)
{
    dx_snippet_options marks = DX_SNIPPET_INIT;
    size_t full[ARTICLES_MAX], partial[ARTICLES_MAX];
    size_t full_count = 0, partial_count = 0;
    char title[512] = "";
    const dx_hit *hit;

    marks.mark_open = "[";
    marks.mark_close = "]";
    while ((hit = dx_results_next(rs)) != NULL) {
        size_t number = number_of(dx_hit_field(hit, "id"));
        examples_must(number < id_count, "a hit that is no article");
        if (dx_hit_is_partial(hit))
            partial[partial_count++] = number;
        else
            full[full_count++] = number;
        if (q->titles && !*title)
            snprintf(title, sizeof title, "%s",
                dx_hit_title(hit, &marks));
    }
    examples_must(full_count == dx_results_total(rs), "the total is wrong");
    put_ids(out, '=', full, full_count, q->ranked);
    if (partial_count && !q->full)
        put_ids(out, '~', partial, partial_count, q->ranked);
    if (*title)
        dx_buf_printf(out, "* %s\n", title);
}

const char *found_note_kind(const dx_note *note)
{
    static const char *const kinds[] = {[DX_NOTE_READING] = "reading",
        [DX_NOTE_KEYS] = "keys", [DX_NOTE_CORRECTED] = "corrected",
        [DX_NOTE_SPELLING] = "spelling",
        [DX_NOTE_ABBREVIATION] = "abbreviation",
        [DX_NOTE_RENAMED] = "renamed",
        [DX_NOTE_PARTLY_READ] = "partly read"};

    return kinds[dx_note_kind_of(note)];
}

static void put_notes(dx_buf *out, const dx_results *rs)
{
    const dx_note *note;

    for (uint32_t i = 0; (note = dx_results_note(rs, i)) != NULL; i++)
        dx_buf_printf(out, "? %s: %s%s%s\n", found_note_kind(note),
            dx_note_text(note), *dx_note_detail(note) ? " | " : "", dx_note_detail(note));
}

static void put_answer(dx_buf *out, dx_str line)
{
    char text[4096];
    dx_results *rs;

    examples_must(line.len < sizeof text, "a query is too long");
    memcpy(text, line.ptr, line.len);
    text[line.len] = '\0';
    question q = read_question(text);
    examples_must(dx_search(the_index, q.text, &q.request, &rs, NULL) == DX_OK,
        "a search failed");
    put_hits(out, rs, &q);
    const dx_warning *warning;
    for (uint32_t i = 0; (warning = dx_results_warning(rs, i)) != NULL; i++)
        dx_buf_printf(out, "! %s\n", dx_warning_text(warning, "vi"));
    put_notes(out, rs);
    dx_results_free(rs);
}

int found_main(const char *name, const char *path, int argc, char **argv)
{
    examples spec = {.name = name, .path = path, .marks = "=~!?*",
        .begin = set_up, .answer = put_answer};

    return examples_main(&spec, argc, argv);
}
