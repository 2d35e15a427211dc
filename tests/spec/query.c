/* The query language as examples, against what it does: query.txt beside this
 * file, a query in, what is understood out. Under a query stand the echo, and
 * the warnings as "! from..to: text" with byte positions. How it is run:
 * tests/support/examples.h. */
#include <string.h>

#include "searcher/query/echo.h"
#include "searcher/query/parse/parse.h"
#include "searcher/query/query.h"
#include "tests/support/examples.h"

static void put_answer(dx_buf *out, dx_str text)
{
    char query[4096];
    dx_query q;

    examples_must(text.len < sizeof query, "a query is too long");
    memcpy(query, text.ptr, text.len);
    query[text.len] = '\0';
    examples_must(dx_query_parse(query, &q, NULL) == DX_OK, "no memory");
    dx_buf_puts(out, "=");
    if (q.nodes[0].child != DX_NODE_NONE)
        dx_buf_putc(out, ' ');
    dx_query_echo(&q, out);
    dx_buf_putc(out, '\n');
    for (uint32_t i = 0; i < q.warning_count; i++)
        dx_buf_printf(out, "! %u..%u: %s\n", q.warnings[i].start,
            q.warnings[i].end, q.warnings[i].en);
    dx_query_free(&q);
}

int main(int argc, char **argv)
{
    static const examples spec = {.name = "query",
        .path = DX_SOURCE_DIR "/tests/spec/query.txt", .marks = "=!",
        .answer = put_answer};

    return examples_main(&spec, argc, argv);
}
