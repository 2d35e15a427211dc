/* Any query string as a request to the site: a response whose page is well-formed, all
 * of its elements being our own, whatever was asked for. */
#include <string.h>

#include "common/base/mem.h"
#include "searcher/serve/respond.h"
#include "tests/fuzz/fuzz_index.h"

#define TIMEOUT_MS 300u
#define OPEN_MAX 16u
#define NAME_MAX_BYTES 8u

static const char *const elements[] = {"a", "article", "b", "body", "button", "dd", "details",
    "div", "dl", "dt", "footer", "form", "g", "h1", "h2", "h3", "head", "header",
    "html", "i", "label",
    "li", "main", "mark", "nav", "ol", "option", "p", "script", "section", "select", "span",
    "strong", "style", "summary", "svg", "table", "tbody", "td", "th", "thead", "time",
    "title", "tr", "ul"};
static const char *const empty_elements[] = {"img", "input", "link", "meta", "path", "rect"};

typedef char element[NAME_MAX_BYTES];

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Past the attributes of an element to its '>': name="value", and no '<' in any. */
static const char *pass_attributes(const char *p)
{
    bool is_quoted = false;

    for (; *p && (is_quoted || *p != '>'); p++) {
        is_quoted ^= *p == '"';
        FUZZ_CHECK(*p != '<');
        FUZZ_CHECK(!is_quoted || *p != '>');
        FUZZ_CHECK(is_quoted || *p == '"' || *p == ' ' || *p == '=' || *p == '-' ||
                   *p == '/' || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z'));
    }
    FUZZ_CHECK(*p == '>');
    return p + 1;
}

static const char *read_name(const char *p, element name)
{
    size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789");

    FUZZ_CHECK(n > 0 && n < NAME_MAX_BYTES);
    memcpy(name, p, n);
    name[n] = '\0';
    return p + n;
}

/* An '&' begins a character reference. */
static void check_reference(const char *p)
{
    size_t n = strspn(p + 1, "abcdefghijklmnopqrstuvwxyz0123456789#");

    FUZZ_CHECK(n > 0 && p[n + 1] == ';');
}

static const char *pass_element(const char *p, element *open, size_t *depth)
{
    element name;
    bool is_end = p[1] == '/';

    p = read_name(p + 1 + is_end, name);
    if (is_end) {
        FUZZ_CHECK(*depth > 0 && strcmp(open[--*depth], name) == 0 && *p == '>');
        return p + 1;
    }
    p = pass_attributes(p);
    if (is_one_of(name, empty_elements, sizeof empty_elements / sizeof *empty_elements))
        return p;
    FUZZ_CHECK(is_one_of(name, elements, sizeof elements / sizeof *elements));
    FUZZ_CHECK(*depth < OPEN_MAX);
    strcpy(open[(*depth)++], name);
    if (strcmp(name, "style") == 0) /* these may have signs of their own */
        p = strstr(p, "</style>");
    else if (strcmp(name, "script") == 0)
        p = strstr(p, "</script>");
    FUZZ_CHECK(p);
    return p;
}

static void check_page(const char *page)
{
    static const char doctype[] = "<!DOCTYPE html>";
    element open[OPEN_MAX];
    size_t depth = 0;

    FUZZ_CHECK(strncmp(page, doctype, sizeof doctype - 1) == 0);
    for (const char *p = page + sizeof doctype - 1; *p;) {
        if (*p == '<') {
            p = pass_element(p, open, &depth);
            continue;
        }
        FUZZ_CHECK(*p != '>');
        if (*p == '&')
            check_reference(p);
        p++;
    }
    FUZZ_CHECK(depth == 0);
}

/* A line ends with CR LF, and nothing else controls anything; quotation marks pair. */
static void check_table(dx_str body)
{
    size_t marks = 0;

    for (size_t i = 0; i < body.len; i++) {
        unsigned char c = (unsigned char)body.ptr[i];
        FUZZ_CHECK(c >= ' ' || (c == '\r' && body.ptr[i + 1] == '\n') ||
                   (c == '\n' && i > 0 && body.ptr[i - 1] == '\r'));
        FUZZ_CHECK(c != '\n' || marks % 2 == 0);
        marks += c == '"';
    }
    FUZZ_CHECK(marks % 2 == 0);
}

static void check_headers(const dx_response *r)
{
    char length[64];
    dx_buf out;

    dx_buf_init(&out, (size_t)17 << 20);
    dx_response_put_cgi(r, &out);
    FUZZ_CHECK(out.status == DX_OK);
    const char *all = dx_buf_cstr(&out);
    snprintf(length, sizeof length, "\nContent-Length: %zu\n", r->body.len);
    FUZZ_CHECK(strstr(all, length));
    const char *end = strstr(all, "\n\n");
    FUZZ_CHECK(end);
    FUZZ_CHECK((size_t)(all + out.len - (end + 2)) == (dx_response_has_body(r) ? r->body.len : 0));
    dx_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dx_site site = DX_SITE_INIT;
    dx_web_request request;
    dx_response response;

    site.timeout_ms = TIMEOUT_MS;
    if (!fuzz_index)
        fuzz_index_open();
    char *query_string = dx_strndup((const char *)data, size);
    FUZZ_CHECK(query_string != NULL);
    dx_web_head head = {.query_string = query_string, .host = "a.example", .path = "/tim"};
    dx_web_request_read(&head, &request);
    dx_response_init(&response);
    dx_respond(&site, fuzz_index, DX_OK, &request, &response);
    FUZZ_CHECK(response.body.status == DX_OK && response.body.len > 0);
    dx_str body = {dx_buf_cstr(&response.body), response.body.len};
    if (strcmp(response.mime, "text/csv") == 0)
        check_table(body);
    else
        FUZZ_CHECK(fuzz_is_clean(body));
    if (strcmp(response.mime, "text/html") == 0)
        check_page(body.ptr);
    check_headers(&response);
    dx_response_free(&response);
    dx_free(query_string);
    return 0;
}
