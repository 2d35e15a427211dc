/* Whose scripts may read answers. */
#include "searcher/serve/cors.h"

#include <string.h>
#include <strings.h>

static bool is_for_all(const dx_site *site) { return strcmp(site->origins, "*") == 0; }

static bool may_read(const dx_site *site, const char *origin)
{
    size_t len = origin ? strlen(origin) : 0;
    const char *p = site->origins;

    if (len == 0 || is_for_all(site))
        return len > 0;
    while (*p) {
        size_t n = strcspn(p, " \t");
        if (n == len && strncasecmp(p, origin, n) == 0)
            return true;
        p += n;
        p += strspn(p, " \t");
    }
    return false;
}

void dx_cors_put(const dx_site *site, const dx_web_request *request, dx_response *r)
{
    bool by_origin = *site->origins && !is_for_all(site);
    bool by_language = site->face.negotiates;

    if (is_for_all(site))
        dx_response_set(r, "Access-Control-Allow-Origin", "*");
    else if (may_read(site, request->head.origin))
        dx_response_set(r, "Access-Control-Allow-Origin", request->head.origin);
    if (by_origin || by_language)
        dx_response_set(r, "Vary",
            !by_language ? "Origin"
            : by_origin  ? "Origin, Accept-Language"
                         : "Accept-Language");
}

bool dx_cors_answer_preflight(const dx_site *site, const dx_web_request *request,
    dx_response *r)
{
    const char *method = request->head.method;

    if (!method || strcmp(method, "OPTIONS") != 0 ||
        !may_read(site, request->head.origin))
        return false;
    r->status = "204 No Content";
    dx_response_set(r, "Allow", "GET, HEAD, OPTIONS");
    dx_response_set(r, "Access-Control-Allow-Methods", "GET, HEAD");
    dx_response_set(r, "Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since");
    dx_response_set(r, "Access-Control-Max-Age", "86400");
    return true;
}
