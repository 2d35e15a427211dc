/* Any bytes as a site's file of settings: a site whose strings are fit for the places they
 * go to, and complaints that are lines of text. */
#include <string.h>

#include "common/base/escape.h"
#include "common/text/utf8.h"
#include "searcher/serve/site.h"
#include "tests/fuzz/fuzz.h"

static void check_line(const char *s)
{
    FUZZ_CHECK(s && dx_utf8_is_text(dx_str_from(s), "\t"));
}

static void check_address(const char *s, bool may_be_local)
{
    check_line(s);
    FUZZ_CHECK(!*s || dx_url_is_web(s) || (may_be_local && *s == '/'));
}

/* What stands in a header with others, or in CSS. */
static void check_bare(const char *s)
{
    check_line(s);
    FUZZ_CHECK(!strpbrk(s, ";,'\"<>(){}\\"));
}

static void check(const dx_site *site)
{
    const dx_face *face = &site->face;

    check_line(face->title);
    check_address(face->home, true);
    check_address(face->logo, true);
    check_address(face->base, false);
    check_bare(face->color);
    check_bare(site->origins);
    check_bare(face->image_origins);
    FUZZ_CHECK(!strstr(face->css, "</"));
    FUZZ_CHECK(site->timeout_ms >= 1 && site->timeout_ms <= DX_SITE_TIMEOUT_MAX_MS);
    FUZZ_CHECK(face->hits_per_page >= 1 && face->hits_per_page <= DX_FACE_HITS_PER_PAGE_MAX);
    FUZZ_CHECK(face->parts <= DX_PARTS_ALL);
    FUZZ_CHECK(site->freshness >= 0.0 && site->freshness <= DX_FRESHNESS_MAX);
    for (size_t i = 0; i < site->map_count; i++) {
        FUZZ_CHECK(*site->maps[i].from);
        check_address(site->maps[i].to, false);
    }
    for (size_t i = 0; i < site->index_count; i++)
        FUZZ_CHECK(*site->indexes[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dx_site site;
    dx_buf log;

    dx_buf_init(&log, 1 << 16);
    dx_site_read_text(&site, "settings", (dx_str){(const char *)data, size}, &log);
    check(&site);
    FUZZ_CHECK(log.status == DX_OK && log.len < 1 << 15);
    FUZZ_CHECK(dx_utf8_is_text((dx_str){(const char *)log.data, log.len}, "\n\t"));
    FUZZ_CHECK(log.len == 0 || log.data[log.len - 1] == '\n');
    dx_site_free(&site);
    dx_buf_free(&log);
    return 0;
}
