/* Prints what programs compiled against the public headers have in them: the layout
 * of structs, and the values of names. */
#include <stdio.h>

#include <dx/search.h>

#define STRUCT(s) printf("struct %s: %zu bytes\n", #s, sizeof(s))
#define MEMBER(s, m)                                                           \
    printf("    %s: %zu bytes at %zu\n", #m, sizeof((s *)0)->m, offsetof(s, m))
#define VALUE(v) printf("%s = %g\n", #v, (double)(v))

int main(void)
{
    if (sizeof(void *) != 8 || sizeof(long) != 8)
        return 77; /* another machine has another layout */
    STRUCT(dx_error);
    MEMBER(dx_error, status);
    MEMBER(dx_error, msg);
    STRUCT(dx_request);
    MEMBER(dx_request, size);
    MEMBER(dx_request, offset);
    MEMBER(dx_request, limit);
    MEMBER(dx_request, match);
    MEMBER(dx_request, exact_accents);
    MEMBER(dx_request, literal);
    MEMBER(dx_request, collapse);
    MEMBER(dx_request, timeout_ms);
    MEMBER(dx_request, order);
    MEMBER(dx_request, facets);
    MEMBER(dx_request, freshness);
    MEMBER(dx_request, scope);
    MEMBER(dx_request, pinned);
    MEMBER(dx_request, pinned_count);
    STRUCT(dx_snippet_options);
    MEMBER(dx_snippet_options, size);
    MEMBER(dx_snippet_options, max_bytes);
    MEMBER(dx_snippet_options, mark_open);
    MEMBER(dx_snippet_options, mark_close);
    MEMBER(dx_snippet_options, escape_html);
#define STATUS(name, value, text) VALUE(DX_##name);
    DX_STATUS_MAP(STATUS)
    VALUE(DX_MATCH_AUTO);
    VALUE(DX_MATCH_ALL);
    VALUE(DX_MATCH_ANY);
    VALUE(DX_ORDER_SCORE);
    VALUE(DX_ORDER_NEWEST);
    VALUE(DX_ORDER_OLDEST);
    VALUE(DX_NOTE_READING);
    VALUE(DX_NOTE_KEYS);
    VALUE(DX_NOTE_CORRECTED);
    VALUE(DX_NOTE_SPELLING);
    VALUE(DX_NOTE_ABBREVIATION);
    VALUE(DX_NOTE_RENAMED);
    VALUE(DX_NOTE_LIKE);
    VALUE(DX_NOTE_PARTLY_READ);
    VALUE(DX_RANK_MAX);
    VALUE(DX_QUERY_MAX_BYTES);
    VALUE(DX_QUERY_MAX_TERMS);
    VALUE(DX_FRESHNESS_MAX);
    VALUE(DX_NOTES_MAX);
    VALUE(DX_WARNINGS_MAX);
    VALUE(DX_SUGGESTIONS_MAX);
    return 0;
}
