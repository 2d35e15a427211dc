/* The table of what a site's owner may set. */
#include "searcher/serve/site/settings.h"

const dx_setting dx_settings[DX_SETTINGS] = {
    /* what is searched */
    {"index", "DX_INDEX", DX_SETTING_INDEX, offsetof(dx_site, indexes), 0, 0},
    {"synonyms", "DX_SYNONYMS", DX_SETTING_FILE, offsetof(dx_site, synonyms), 0, 0},
    {"pins", "DX_PINS", DX_SETTING_FILE, offsetof(dx_site, pins), 0, 0},
    {"freshness", "DX_FRESHNESS", DX_SETTING_DECIMAL, offsetof(dx_site, freshness), 0,
        DX_FRESHNESS_MAX},
    {"timeout_ms", "DX_TIMEOUT_MS", DX_SETTING_NUMBER, offsetof(dx_site, timeout_ms), 1,
        DX_SITE_TIMEOUT_MAX_MS},
    {"log", "DXSEARCH_LOG", DX_SETTING_FILE, offsetof(dx_site, log), 0, 0},
    /* how pages look */
    {"title", "DX_TITLE", DX_SETTING_TEXT, offsetof(dx_site, face.title), 0, 0},
    {"home", "DX_HOME", DX_SETTING_ADDRESS, offsetof(dx_site, face.home), 0, 0},
    {"logo", "DX_LOGO", DX_SETTING_ADDRESS, offsetof(dx_site, face.logo), 0, 0},
    {"color", "DX_COLOR", DX_SETTING_COLOR, offsetof(dx_site, face.color), 0, 0},
    {"css", "DX_CSS", DX_SETTING_CSS, offsetof(dx_site, face.css), 0, 0},
    {"header", "DX_HEADER", DX_SETTING_HTML, offsetof(dx_site, face.header_html), 0, 0},
    {"footer", "DX_FOOTER", DX_SETTING_HTML, offsetof(dx_site, face.footer_html), 0, 0},
    {"templates", "DX_TEMPLATES", DX_SETTING_FILE, offsetof(dx_site, templates), 0, 0},
    {"language", "DX_LANGUAGE", DX_SETTING_LANGUAGE, offsetof(dx_site, face.language), 0, 0},
    {"negotiate", "DX_NEGOTIATE", DX_SETTING_YES_NO, offsetof(dx_site, face.negotiates), 0, 0},
    {"page_size", "DX_PAGE_SIZE", DX_SETTING_NUMBER, offsetof(dx_site, face.hits_per_page), 1,
        DX_FACE_HITS_PER_PAGE_MAX},
    /* what is shown */
    {"show", "DX_SHOW", DX_SETTING_PARTS, offsetof(dx_site, face.parts), 0, 0},
    {"article_chars", "DX_ARTICLE_CHARS", DX_SETTING_NUMBER, offsetof(dx_site, article_chars), 0,
        DX_SITE_ARTICLE_CHARS_MAX},
    /* addresses */
    {"base", "DX_BASE", DX_SETTING_WHOLE_ADDRESS, offsetof(dx_site, face.base), 0, 0},
    {"map", "DX_MAP", DX_SETTING_MAP, offsetof(dx_site, maps), 0, 0},
    {"origins", "DX_ORIGINS", DX_SETTING_ORIGINS, offsetof(dx_site, origins), 0, 0},
    {"image_origins", "DX_IMAGE_ORIGINS", DX_SETTING_IMAGE_ORIGINS,
        offsetof(dx_site, face.image_origins), 0, 0}};

const dx_setting *dx_setting_named(dx_str name)
{
    for (unsigned i = 0; i < DX_SETTINGS; i++)
        if (dx_str_eq(name, dx_str_from(dx_settings[i].name)))
            return &dx_settings[i];
    return NULL;
}

bool dx_setting_is_list(const dx_setting *setting)
{
    return setting->kind == DX_SETTING_INDEX || setting->kind == DX_SETTING_MAP;
}
