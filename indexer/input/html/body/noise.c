/* Menus, comments, related articles and the like, by the names of elements.
 *
 * A class or id is read by its words: "box-related_news", "boxRelatedNews". Words
 * that say how a page is laid out ("has-sidebar-right", "navbar-open") and those
 * that only begin alike ("commentary") are none. */
#include "indexer/input/html/body/noise.h"

#include "indexer/input/chars/chars.h"

#define NAME_MAX_BYTES 64u /* of a class or id; what is behind says nothing */
#define WORDS_MAX 8u

/* Never the article, however long; also with an s behind. */
static const char *const all_words[] = {"ads", "adv", "advert",
    "advertisement", "advertising", "banner", "breadcrumb", "comment", "consent", "cookie",
    "disqus", "footer", "menu", "nav", "navbar", "navigation", "newsletter", "pagination",
    "popup", "recommended", "related", "share", "sharing", "sidebar", "social",
    "sponsor", "sponsored", "toolbar"};

/* Not the article while they are short. */
static const char *const small_words[] = {"ad", "author", "byline", "copyright",
    "hidden", "keyword", "like", "login", "meta", "print", "rating", "signup",
    "subscribe", "tag", "widget"};

/* Long enough to be known within other letters: "tinlienquan", "lien-quan". */
static const char *const all_parts[] = {"lienquan", "binhluan", "tinkhac",
    "quangcao", "boxtin", "breadcrumb", "morenews", "othernews", "relatednews",
    "relatedpost", "relatedarticle", "boxrelated", "newsrelated",
    "commentlist", "commentbox", "boxcomment", "socialshare", "sapoimage",
    "cungchuyenmuc", "docnhieu", "xemnhieu", "chiase", "screenreader"};

/* "no-sidebars", "overflow-hidden"; "navbar-open". */
static const char *const layout_befores[] = {"both", "has", "hide", "is", "no",
    "non", "not", "one", "overflow", "show", "two", "un", "with", "without"};
static const char *const layout_afters[] = {"active", "closed", "disabled",
    "enabled", "fixed", "off", "on", "open", "opened", "visible"};
/* "tag-social", "category-menu": what the article is about. */
static const char *const subject_starts[] = {"category", "cat", "tag", "term",
    "topic"};

typedef struct words { /* of one name, in small letters without the rest */
    char letters[NAME_MAX_BYTES + 1];
    uint8_t start[WORDS_MAX + 1]; /* of each word in letters, and the end */
    size_t count;
} words;

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void split(dx_str name, words *out)
{
    size_t n = 0;
    bool inside = false;

    out->count = 0;
    for (size_t i = 0; i < name.len && n < NAME_MAX_BYTES; i++) {
        char c = name.ptr[i];
        if (!is_letter(c)) {
            inside = false;
            continue;
        }
        if (!inside || (is_upper(c) && !is_upper(name.ptr[i - 1]))) {
            if (out->count == WORDS_MAX)
                break;
            out->start[out->count++] = (uint8_t)n;
        }
        inside = true;
        out->letters[n++] = (char)(c | 32);
    }
    out->start[out->count] = (uint8_t)n;
    out->letters[n] = '\0';
}

static bool is_word(const words *w, size_t i, const char *wanted)
{
    const char *p = w->letters + w->start[i];
    size_t len = (size_t)(w->start[i + 1] - w->start[i]), n = strlen(wanted);

    return p[0] == wanted[0] && (len == n || (len == n + 1 && p[n] == 's')) &&
           memcmp(p, wanted, n) == 0;
}

static bool is_one_of(const words *w, size_t i, const char *const *list,
    size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (is_word(w, i, list[k]))
            return true;
    return false;
}

#define IS_ONE_OF(w, i, list) is_one_of(w, i, list, sizeof list / sizeof *list)

static bool is_about_layout(const words *w, size_t i)
{
    return (i > 0 && IS_ONE_OF(w, i - 1, layout_befores)) ||
           (i + 1 < w->count && IS_ONE_OF(w, i + 1, layout_afters));
}

static dx_noise noise_of_name(dx_str name)
{
    words w;
    dx_noise found = DX_NOISE_NOT;

    split(name, &w);
    for (size_t i = 0; i < sizeof all_parts / sizeof *all_parts; i++)
        if (strstr(w.letters, all_parts[i]))
            return DX_NOISE_ALL;
    if (w.count > 1 && IS_ONE_OF(&w, 0, subject_starts))
        return DX_NOISE_NOT;
    for (size_t i = 0; i < w.count; i++) {
        if (is_about_layout(&w, i))
            continue;
        if (IS_ONE_OF(&w, i, all_words))
            return DX_NOISE_ALL;
        /* what comes behind such a word says what it is: "tag-thoi-su" */
        if (i + 1 == w.count && IS_ONE_OF(&w, i, small_words))
            found = DX_NOISE_SMALL;
    }
    return found;
}

/* Of all classes of an element, or of its id. */
static dx_noise noise_of_names(const char *names)
{
    dx_noise found = DX_NOISE_NOT;

    while (names && *names) {
        size_t n = strcspn(names, " \t\r\n\f");
        dx_noise one = noise_of_name((dx_str){names, n});
        if (one > found)
            found = one;
        names += n;
        names += strspn(names, " \t\r\n\f");
    }
    return found;
}

static bool is_hidden(const dx_dom_node *node)
{
    const char *style = dx_dom_attr_of(node, "style");

    return dx_dom_attr_of(node, "hidden") ||
           (style && (strstr(style, "display:none") ||
                         strstr(style, "display: none")));
}

dx_noise dx_noise_of(const dx_dom_node *node)
{
    if (node->kind == DX_DOM_ASIDE && strcmp(node->tag, "figcaption") != 0)
        return DX_NOISE_ALL;
    if (node->attr_count == 0)
        return DX_NOISE_NOT;
    const char *role = dx_dom_attr_of(node, "role");
    if (is_hidden(node) || (role && strcmp(role, "navigation") == 0))
        return DX_NOISE_ALL;
    dx_noise by_class = noise_of_names(dx_dom_attr_of(node, "class"));
    dx_noise by_id = noise_of_names(dx_dom_attr_of(node, "id"));
    return by_class > by_id ? by_class : by_id;
}

bool dx_noise_is_caption(const dx_dom_node *node)
{
    words w;
    const char *name = dx_dom_attr_of(node, "class");

    if (strcmp(node->tag, "figcaption") == 0)
        return true;
    if (!name || strcmp(node->tag, "figure") == 0)
        return false;
    split(dx_str_from(name), &w);
    return strstr(w.letters, "chuthich") || strstr(w.letters, "caption");
}
