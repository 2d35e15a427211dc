/* Validators of answers. */
#include "searcher/serve/validator.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "common/base/hash.h"

#define DAY_SECONDS 86400

static uint64_t add(uint64_t sum, const void *bytes, size_t len)
{
    return dx_hash64_join(sum, dx_hash64(bytes, len));
}

static uint64_t add_text(uint64_t sum, const char *text)
{
    return text ? add(sum, text, strlen(text)) : add(sum, "\xFF", 1);
}

dx_validator dx_validator_of(const dx_site *site, dx_index *ix,
    const dx_web_request *request)
{
    const dx_web_head *head = &request->head;
    bool ages = site->freshness > 0.0;
    uint64_t facts[] = {dx_index_generation(ix), site->digest,
        ages ? (uint64_t)(time(NULL) / DAY_SECONDS) : 0};
    uint64_t sum = add(0, facts, sizeof facts);
    int64_t written = dx_index_written(ix);
    time_t last = (time_t)(written > site->written ? written : site->written);
    dx_validator v = {.modified = ""};
    struct tm utc;

    sum = add_text(sum, DX_VERSION);
    sum = add_text(sum, head->query_string);
    sum = add_text(sum, request->base);
    sum = add_text(sum, site->face.negotiates ? head->accept_language : NULL);
    snprintf(v.tag, sizeof v.tag, "W/\"%016llx\"", (unsigned long long)sum);
    if (!ages && gmtime_r(&last, &utc)) /* in English, as no locale is set */
        strftime(v.modified, sizeof v.modified, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return v;
}

bool dx_validator_matches(const dx_validator *v, const dx_web_request *request)
{
    const char *tags = request->head.if_none_match;
    const char *since = request->head.if_modified_since;
    char quoted[sizeof v->tag];

    if (!tags)
        return since && *v->modified && strcmp(since, v->modified) == 0;
    snprintf(quoted, sizeof quoted, "%.*s", (int)strlen(v->tag) - 3, v->tag + 2);
    return strstr(tags, quoted) != NULL;
}

void dx_validator_put(const dx_validator *v, dx_response *r)
{
    dx_response_set(r, "ETag", v->tag);
    if (*v->modified)
        dx_response_set(r, "Last-Modified", v->modified);
}
