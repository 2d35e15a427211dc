/* Reads and finds what an editor has pinned. */
#include "searcher/serve/site/pins.h"

#include <string.h>

#include <dx/search.h>

#include "common/base/mem.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "searcher/serve/site/owner_file.h"

#define KEY_BYTES_MAX 8192u
#define COMPLAINTS_MAX 20u

typedef struct key {
    dx_buf exact, folded;
} key;

static void init_key(key *k)
{
    dx_buf_init(&k->exact, KEY_BYTES_MAX);
    dx_buf_init(&k->folded, KEY_BYTES_MAX);
}

static void free_key(key *k)
{
    dx_buf_free(&k->exact);
    dx_buf_free(&k->folded);
}

static void put_term(dx_buf *out, dx_str form)
{
    if (out->len > 0)
        dx_buf_putc(out, ' ');
    dx_buf_put_str(out, form);
}

/* The words of a query as the index would have them. False when memory is short or the
 * query too long for an editor to have meant it. */
static bool make_key(dx_analyzer *a, dx_str query, key *k)
{
    dx_lexer lexer = dx_lexer_new(query);
    const dx_term *terms;
    dx_str gap, word;
    size_t count;

    dx_buf_clear(&k->exact);
    dx_buf_clear(&k->folded);
    while (dx_lexer_next(&lexer, &gap, &word)) {
        if (dx_analyzer_word(a, word, &terms, &count) != DX_OK)
            return false;
        for (size_t i = 0; i < count; i++) {
            if (terms[i].overlay)
                continue;
            bool is_marked = dx_term_is_marked(&terms[i]);
            put_term(&k->exact, terms[i].exact);
            put_term(&k->folded, is_marked ? terms[i].folded : terms[i].exact);
        }
    }
    dx_buf_putc(&k->exact, '\0');
    dx_buf_putc(&k->folded, '\0');
    return k->exact.status == DX_OK && k->folded.status == DX_OK;
}

/* ---- reading ---- */

typedef struct reader {
    dx_pins *pins;
    dx_analyzer *analyzer;
    dx_arena *arena;
    key key;
    const char *path;
    uint32_t line;
    unsigned complaints;
    dx_buf *log;
} reader;

static void complain(reader *r, const char *why)
{
    r->complaints++;
    if (r->complaints <= COMPLAINTS_MAX)
        dx_buf_printf(r->log, "%s:%u: %s\n", r->path, r->line, why);
    else if (r->complaints == COMPLAINTS_MAX + 1)
        dx_buf_printf(r->log, "%s: more lines are wrong\n", r->path);
}

/* The ids of a line, up to DX_PINNED_MAX; 0: no memory, or none. */
static uint32_t read_ids(reader *r, dx_str text, const char *const **ids)
{
    const char *found[DX_PINNED_MAX];
    uint32_t count = 0;

    while ((text = dx_str_trim(text)).len > 0) {
        size_t n = 0;
        while (n < text.len && (unsigned char)text.ptr[n] > ' ')
            n++;
        if (count == DX_PINNED_MAX) {
            complain(r, "more than 50 ids; the rest do not count");
            break;
        }
        found[count] = dx_arena_strndup(r->arena, text.ptr, n);
        if (!found[count++])
            return 0;
        text = (dx_str){text.ptr + n, text.len - n};
    }
    const char **kept = dx_arena_alloc(r->arena, (count + 1) * sizeof *kept);
    if (!kept)
        return 0;
    memcpy(kept, found, count * sizeof *kept);
    *ids = kept;
    return count;
}

static bool add_line(reader *r, dx_pin_line line)
{
    void *p = r->pins->lines;

    line.exact = dx_arena_strndup(r->arena, (const char *)r->key.exact.data,
        r->key.exact.len - 1);
    line.folded = dx_arena_strndup(r->arena, (const char *)r->key.folded.data,
        r->key.folded.len - 1);
    if (!line.exact || !line.folded ||
        dx_grow(&p, &r->pins->cap, r->pins->count + 1, sizeof line) != 0)
        return false;
    r->pins->lines = p;
    r->pins->lines[r->pins->count++] = line;
    return true;
}

static void read_line(reader *r, dx_str line)
{
    dx_pin_line pin = {.count = 0};

    line = dx_str_trim(line);
    if (line.len == 0 || *line.ptr == '#')
        return;
    const char *equals = memchr(line.ptr, '=', line.len);
    if (!equals) {
        complain(r, "no '='; write: words of a query = id id …");
        return;
    }
    if (!make_key(r->analyzer, (dx_str){line.ptr, (size_t)(equals - line.ptr)}, &r->key)) {
        complain(r, "the query is too long");
        return;
    }
    pin.count = read_ids(r,
        (dx_str){equals + 1, (size_t)(dx_str_end(line) - equals - 1)}, &pin.ids);
    if (r->key.exact.len <= 1 || pin.count == 0)
        complain(r, "nothing on one side of '='; write: words of a query = id id …");
    else if (!add_line(r, pin))
        complain(r, "out of memory");
}

static void read_lines(reader *r, dx_str text)
{
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t len = end ? (size_t)(end - text.ptr) : text.len;
        r->line++;
        read_line(r, (dx_str){text.ptr, len});
        len += end != NULL;
        text = (dx_str){text.ptr + len, text.len - len};
    }
}

void dx_pins_read(dx_pins *out, const char *path, dx_arena *arena, dx_buf *log)
{
    reader r = {.pins = out, .arena = arena, .path = path, .log = log,
        .analyzer = dx_analyzer_new()};
    dx_error err = {.status = DX_ERR_NOMEM};
    dx_str text;

    init_key(&r.key);
    if (!r.analyzer)
        dx_buf_printf(log, "%s: out of memory\n", path);
    else if (dx_owner_file_read(path, DX_PINS_FILE_BYTES_MAX, arena, &text, &err) != DX_OK)
        dx_buf_printf(log, "%s\n", err.msg);
    else
        read_lines(&r, text);
    free_key(&r.key);
    dx_analyzer_free(r.analyzer);
}

void dx_pins_free(dx_pins *pins)
{
    dx_free(pins->lines);
    *pins = (dx_pins){0};
}

/* ---- finding ---- */

/* A word that is excluded is one of the query's for the analyzer. */
static bool excludes(const char *query)
{
    for (const char *p = query; *p; p++)
        if (*p == '-' && (p == query || (unsigned char)p[-1] <= ' '))
            return true;
    return false;
}

static const dx_pin_line *find(const dx_pins *pins, const key *k)
{
    const char *exact = (const char *)k->exact.data;
    bool is_bare = strcmp(exact, (const char *)k->folded.data) == 0;

    for (size_t i = 0; i < pins->count; i++)
        if (strcmp(pins->lines[i].exact, exact) == 0)
            return &pins->lines[i];
    for (size_t i = 0; is_bare && i < pins->count; i++)
        if (strcmp(pins->lines[i].folded, exact) == 0)
            return &pins->lines[i];
    return NULL;
}

uint32_t dx_pins_find(const dx_pins *pins, const char *query,
    const char *const **ids)
{
    const dx_pin_line *line = NULL;
    key k;

    if (pins->count == 0 || excludes(query))
        return 0;
    dx_analyzer *a = dx_analyzer_new();
    init_key(&k);
    if (a && make_key(a, dx_str_from(query), &k))
        line = find(pins, &k);
    free_key(&k);
    dx_analyzer_free(a);
    if (!line)
        return 0;
    *ids = line->ids;
    return line->count;
}
