/* Links to other articles, and what only looks like one. */
#include "indexer/input/html/body/links.h"

#include <string.h>
#include <strings.h>

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
static uint32_t run_end(const dx_dom *dom, const uint32_t *text, uint32_t i,
    uint32_t *bytes)
{
    const char *href = dx_dom_attr_of(&dom->nodes[i], "href");
    uint32_t end = dom->nodes[i].end;

    *bytes = text[end] - text[i];
    for (uint32_t k = end; k < dom->count && text[k] == text[end]; k++) {
        const dx_dom_node *node = &dom->nodes[k];
        if (strcmp(node->tag, "a") != 0)
            continue;
        const char *other = dx_dom_attr_of(node, "href");
        if (!other || strcmp(other, href) != 0)
            break;
        *bytes += text[node->end] - text[k];
        end = node->end;
        k = end - 1;
    }
    return end;
}

void dx_links_find(const dx_dom *dom, const uint32_t *text, uint8_t flag,
    uint8_t *within)
{
    uint32_t half = text[dom->count] / 2, bytes;

    for (uint32_t i = 0; i < dom->count;) {
        const dx_dom_node *node = &dom->nodes[i];
        if (strcmp(node->tag, "a") != 0 ||
            !leads_elsewhere(dx_dom_attr_of(node, "href"))) {
            i++;
            continue;
        }
        uint32_t end = run_end(dom, text, i, &bytes);
        if (bytes <= LINK_MAX_BYTES && bytes <= half)
            for (uint32_t k = i; k < end; k++)
                within[k] |= flag;
        i = end;
    }
}
