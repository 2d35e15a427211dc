/* HTML that an HTML5 parser can only take in quadratic time or memory, made
 * harmless before the parser sees it: it walks its stack of open elements for
 * most tags, opens every unclosed <b> anew in each paragraph, and compares each
 * attribute with all before it. So tags that go too deep are blanked out, and
 * so is the rest of a tag with hundreds of attributes; text is never touched.
 * Real pages stay far below these limits. */
#include "indexer/input/html/tame.h"

#include <strings.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/dom_gumbo.h"

#define OPEN_MAX 512u      /* elements open at a time, as counted here */
#define FORMATTING_MAX 16u /* of them <b>, <font> and the like */
#define ATTRS_MAX 100u
#define NAME_MAX_BYTES 12u

typedef enum tag_kind {
    TAG_VOID,       /* has no content, or is closed by the next of its kind */
    TAG_PLAIN,
    TAG_FORMATTING, /* is opened anew in the next paragraph */
    TAG_RAW         /* what is in it is no markup */
} tag_kind;

typedef struct tag {
    const char *start, *end; /* from '<' to behind '>' */
    dx_str name;
    bool closes;
} tag;

/* What is open, and which openings were blanked, so that their closings are. */
typedef struct depth {
    unsigned open, dropped;
} depth;

typedef struct tamer {
    dx_str html;
    dx_arena *arena;
    char *copy; /* in the arena, once something had to be blanked */
    depth plain, formatting;
    uint64_t nodes; /* that the parser will make, about */
    bool no_memory;
} tamer;

static bool is_one_of(dx_str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dx_equals(name, names[i]))
            return true;
    return false;
}

static tag_kind kind_of(dx_str name)
{
    static const char *const voids[] = {"br", "img", "p", "li", "td", "tr",
        "th", "input", "meta", "link", "hr", "option", "dd", "dt", "tbody",
        "thead", "tfoot", "col", "colgroup", "source", "wbr", "area", "base",
        "embed", "param", "track", "html", "head", "body"};
    static const char *const formatting[] = {"a", "b", "i", "em", "strong",
        "font", "u", "small", "big", "s", "code", "nobr", "strike", "tt"};
    static const char *const raw[] = {"script", "style", "textarea", "title",
        "iframe", "xmp", "noembed", "noframes"};

    if (is_one_of(name, voids, sizeof voids / sizeof *voids))
        return TAG_VOID;
    if (is_one_of(name, formatting, sizeof formatting / sizeof *formatting))
        return TAG_FORMATTING;
    return is_one_of(name, raw, sizeof raw / sizeof *raw) ? TAG_RAW : TAG_PLAIN;
}

static void blank(tamer *t, const char *from, const char *to)
{
    if (!t->copy && !t->no_memory) {
        t->copy = dx_arena_strndup(t->arena, t->html.ptr, t->html.len);
        t->no_memory = t->copy == NULL;
    }
    if (t->copy)
        memset(t->copy + (from - t->html.ptr), ' ', (size_t)(to - from));
}

static bool separates_attrs(char c)
{
    return c == ' ' || c == '\n' || c == '/' || c == '\t' || c == '\r' ||
           c == '\f';
}

/* The end of the tag that starts at `p`, or `end`; the rest of its attributes
 * is blanked when there are too many. */
static const char *tag_end(tamer *t, const char *p, const char *end)
{
    const char *from = NULL; /* of what is to be blanked */
    unsigned attrs = 0;

    for (; p < end && *p != '>'; p++) {
        if (*p == '=' && p + 1 < end && (p[1] == '"' || p[1] == '\'')) {
            const char *quote = memchr(p + 2, p[1], (size_t)(end - p - 2));
            p = quote ? quote : end - 1;
        } else if (separates_attrs(*p) && ++attrs == ATTRS_MAX) {
            from = p;
        }
    }
    if (from)
        blank(t, from, p);
    return p < end ? p + 1 : end;
}

/* Past a comment that starts at `p`. */
static const char *comment_end(const char *p, const char *end)
{
    const char *close = memmem(p, (size_t)(end - p), "-->", 3);

    return close ? close + 3 : end;
}

/* The next tag at or after *p; false at the end. */
static bool next_tag(tamer *t, const char **p, const char *end, tag *out)
{
    while (*p < end) {
        const char *at = memchr(*p, '<', (size_t)(end - *p));
        if (!at || at + 1 >= end)
            return false;
        if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
            *p = comment_end(at + 4, end);
            continue;
        }
        bool closes = at[1] == '/';
        const char *name = at + 1 + closes;
        size_t n = 0;
        while (name + n < end && n <= NAME_MAX_BYTES &&
               ((name[n] | 32) >= 'a' ? (name[n] | 32) <= 'z'
                                      : n && dx_is_digit(name[n])))
            n++;
        if (n == 0) {
            *p = at + 1;
            continue;
        }
        *p = tag_end(t, name + n, end);
        *out = (tag){at, *p, {name, n}, closes};
        return true;
    }
    return false;
}

/* Past what is in a <script> or the like. */
static const char *raw_end(const char *p, const char *end, dx_str name)
{
    while (p < end && (p = memmem(p, (size_t)(end - p), "</", 2)) != NULL) {
        p += 2;
        if ((size_t)(end - p) >= name.len &&
            strncasecmp(p, name.ptr, name.len) == 0)
            return p - 2;
    }
    return end;
}

static void count(tamer *t, const tag *g, depth *d, unsigned max)
{
    if (g->closes && d->dropped) {
        d->dropped--;
        blank(t, g->start, g->end);
    } else if (g->closes) {
        d->open -= d->open > 0;
    } else if (d->open >= max) {
        d->dropped++;
        blank(t, g->start, g->end);
    } else {
        d->open++;
    }
}

dx_status dx_html_tame(dx_str html, dx_arena *arena, dx_str *out, dx_error *err)
{
    tamer t = {.html = html, .arena = arena};
    const char *p = html.ptr, *end = p + html.len;
    tag g;

    *out = html;
    while (next_tag(&t, &p, end, &g)) {
        tag_kind kind = kind_of(g.name);
        t.nodes += 2 + (kind != TAG_FORMATTING ? t.formatting.open : 0);
        if (kind == TAG_PLAIN)
            count(&t, &g, &t.plain, OPEN_MAX);
        else if (kind == TAG_FORMATTING)
            count(&t, &g, &t.formatting, FORMATTING_MAX);
        else if (kind == TAG_RAW && !g.closes)
            p = raw_end(p, end, g.name);
    }
    if (t.no_memory)
        return dx_fail_nomem(err);
    if (t.nodes > DX_DOM_MAX_NODES)
        return dx_fail(err, DX_ERR_LIMIT,
            "an HTML page of more than %u elements", DX_DOM_MAX_NODES);
    if (t.copy)
        out->ptr = t.copy;
    return DX_OK;
}
