/* Any text as a query of an index of the sample articles, with everything that a
 * request can ask for: results that keep what dx/search.h promises, and texts
 * fit to be shown. The first two bytes choose the request. */
#include <string.h>

#include "common/base/mem.h"
#include "tests/fuzz/fuzz_index.h"

#define LIMIT_MAX 12u
#define TIMEOUT_MS 300u

/* ---- what is promised ---- */

static void check_text(const char *text)
{
    FUZZ_CHECK(text != NULL);
    FUZZ_CHECK(fuzz_is_clean(dx_str_from(text)));
}

/* Escaped, so that all there is of HTML are our own marks, in pairs. */
static void check_marked(const char *text)
{
    int open = 0;

    check_text(text);
    for (const char *p = text; *p; p++) {
        if (*p == '<') {
            FUZZ_CHECK(strncmp(p, open ? "</b>" : "<b>", open ? 4 : 3) == 0);
            open = !open;
        }
    }
    FUZZ_CHECK(!open);
}

static void check_hits(dx_results *rs, const dx_request *request)
{
    uint32_t count = 0, full = 0;
    double last = 0;
    const dx_hit *hit;

    while ((hit = dx_results_next(rs)) != NULL) {
        FUZZ_CHECK(dx_hit_rank(hit) == request->offset + count);
        FUZZ_CHECK(dx_hit_is_partial(hit) || dx_hit_score(hit) >= 0);
        FUZZ_CHECK(request->order != DX_ORDER_SCORE ||
                   request->match == DX_MATCH_AUTO || count == 0 ||
                   dx_hit_score(hit) <= last);
        last = dx_hit_score(hit);
        check_text(dx_hit_field(hit, "id"));
        check_text(dx_hit_field(hit, "title"));
        check_text(dx_hit_field(hit, "date"));
        check_marked(dx_hit_title(hit, NULL));
        check_marked(dx_hit_snippet(hit, NULL));
        count++;
        full += !dx_hit_is_partial(hit);
    }
    FUZZ_CHECK(count == dx_results_count(rs));
    FUZZ_CHECK(count <= request->limit);
    FUZZ_CHECK(full <= dx_results_total(rs));
    FUZZ_CHECK(dx_results_total(rs) <= dx_index_articles(fuzz_index));
}

static void check_beside(dx_results *rs, const dx_request *request)
{
    const dx_note *note;
    const dx_facet *facet;
    uint32_t notes = 0;

    for (; (note = dx_results_note(rs, notes)) != NULL; notes++) {
        check_text(dx_note_text(note));
        check_text(dx_note_detail(note));
        check_text(dx_note_query(note));
        FUZZ_CHECK(*dx_note_text(note));
    }
    FUZZ_CHECK(notes <= DX_NOTES_MAX);
    FUZZ_CHECK(notes == 0 || !request->literal);
    for (uint32_t i = 0; (facet = dx_results_facet(rs, i)) != NULL; i++) {
        check_text(dx_facet_field(facet));
        check_text(dx_facet_value(facet));
        FUZZ_CHECK(dx_facet_count(facet) > 0 &&
                   dx_facet_count(facet) <= dx_results_total(rs));
    }
    const dx_warning *warning;
    uint32_t warnings = 0;
    for (; (warning = dx_results_warning(rs, warnings)) != NULL; warnings++) {
        check_text(dx_warning_text(warning, "vi"));
        check_text(dx_warning_text(warning, "en"));
        FUZZ_CHECK(dx_warning_start(warning) <= dx_warning_end(warning) &&
                   dx_warning_end(warning) <= DX_QUERY_MAX_BYTES);
    }
    FUZZ_CHECK(warnings <= DX_WARNINGS_MAX);
}

static void check_suggestions(const char *text)
{
    dx_suggestions *s;

    if (dx_suggest(fuzz_index, text, 10, &s, NULL) != DX_OK)
        return;
    FUZZ_CHECK(dx_suggestions_count(s) <= 10);
    for (uint32_t i = 0; i < dx_suggestions_count(s); i++) {
        check_text(dx_suggestions_text(s, i));
        FUZZ_CHECK(*dx_suggestions_text(s, i));
    }
    FUZZ_CHECK(*dx_suggestions_text(s, 10) == '\0');
    dx_suggestions_free(s);
}

static void check_explanation(const char *text, const dx_request *request)
{
    static const char article[] = "corpus has no article of this name";
    char *explanation = NULL;

    FUZZ_CHECK(dx_explain(fuzz_index, text, article, request, &explanation,
                   NULL) != DX_OK);
    FUZZ_CHECK(explanation == NULL);
}

static dx_request choose(uint8_t a, uint8_t b)
{
    dx_request request = DX_REQUEST_INIT;

    request.match = (dx_match)(a % 3);
    request.order = (dx_order)(a / 3 % 3);
    request.exact_accents = a / 9 % 4 == 0;
    request.literal = a / 36 % 4 == 0;
    request.collapse = b & 1;
    request.facets = b & 2 ? 5 : 0;
    request.offset = b & 4 ? 3 : 0;
    request.limit = b / 8 % LIMIT_MAX;
    request.timeout_ms = TIMEOUT_MS;
    return request;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_results *rs = NULL;
    dx_error err = {DX_OK, ""};

    if (size < 2)
        return 0;
    if (!fuzz_index)
        fuzz_index_open();
    char *text = dx_strndup((const char *)data + 2, size - 2);
    FUZZ_CHECK(text != NULL);
    dx_request request = choose(data[0], data[1]);
    FUZZ_CHECK(dx_search(fuzz_index, text, &request, &rs, &err) == DX_OK);
    check_hits(rs, &request);
    check_beside(rs, &request);
    dx_results_free(rs);
    check_suggestions(text);
    check_explanation(text, &request);
    dx_free(text);
    return 0;
}
