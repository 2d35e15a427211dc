/* Links to other articles, and what only looks like one. */
#include "indexer/input/html/body/links.h"

#include <strings.h>

#include "indexer/input/chars/chars.h"

#define LINK_MAX_BYTES 800u /* of a teaser with headline and first lines */

static bool ends_with_file(const char *href)
{
    static const char *const endings[] = {".pdf", ".doc", ".docx", ".xls",
        ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip", ".rar", ".7z",
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".mp3", ".mp4"};
    size_t len = strcspn(href, "?#");

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len > n && strncasecmp(href + len - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

static bool leads_elsewhere(const char *href)
{
    return href && *href && *href != '#' &&
           strncasecmp(href, "javascript:", 11) != 0 &&
           strncasecmp(href, "mailto:", 7) != 0 &&
           strncasecmp(href, "tel:", 4) != 0 && !ends_with_file(href);
}

/* The parser opens an <a> that was left open anew in each paragraph, so one
 * link is a run of <a> with the same href: where it ends, and its text. */
static uint32_t run_end(const dx_layout *lay, uint32_t i, uint32_t *bytes)
{
    const dx_dom *dom = lay->dom;
    const char *href = dx_dom_attr_of(&dom->nodes[i], "href");
    uint32_t end = dom->nodes[i].end;

    *bytes = dx_layout_plain(lay, i);
    for (uint32_t k = end; k < dom->count; k++) {
        const dx_dom_node *node = &dom->nodes[k];
        if (node->kind == DX_DOM_TEXT && dx_trim(node->text).len)
            break;
        if (strcmp(node->tag, "a") != 0)
            continue;
        const char *other = dx_dom_attr_of(node, "href");
        if (!other || strcmp(other, href) != 0)
            break;
        *bytes += dx_layout_plain(lay, k);
        end = node->end;
        k = end - 1;
    }
    return end;
}

void dx_links_find(dx_layout *lay)
{
    const dx_dom *dom = lay->dom;
    uint32_t total = lay->plain[dom->count], bytes;

    for (uint32_t i = 0; i < dom->count;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (strcmp(node->tag, "a") != 0 ||
            !leads_elsewhere(dx_dom_attr_of(node, "href"))) {
            i++;
            continue;
        }
        uint32_t end = run_end(lay, i, &bytes);
        if (bytes <= LINK_MAX_BYTES && bytes <= total / 2)
            for (uint32_t k = i; k < end; k++)
                lay->within[k] |= DX_IN_LINK;
        i = end;
    }
}
