/* HTML that an HTML5 parser can only take in quadratic time or memory, made
 * harmless before the parser sees it: it walks its stack of open elements for
 * most tags, opens every unclosed <b> anew in each paragraph, and compares each
 * attribute with all before it. So tags that go too deep are taken out, and so is
 * the rest of a tag with hundreds of attributes. Real pages stay far below these
 * limits.
 *
 * Half of a page is scripts, styles, comments and drawings, which the parser
 * would read letter by letter to no end: they are taken out as well. Text is
 * never touched. */
#include "indexer/input/html/tame.h"

#include <strings.h>

#include "indexer/input/chars/chars.h"
#include "indexer/input/html/dom_gumbo.h"
#include "indexer/input/html/state.h"

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
    const char *surplus;     /* from here on too many attributes; or NULL */
    dx_str name;
    char small[NAME_MAX_BYTES + 2]; /* name in small letters */
    bool closes;
} tag;

/* What is open, and which openings were blanked, so that their closings are. */
typedef struct depth {
    unsigned open, dropped;
} depth;

typedef struct tamer {
    dx_str html;
    dx_arena *arena;
    char *copy;       /* in the arena, once something had to be taken out */
    size_t copied;    /* bytes of copy */
    const char *from; /* what is to be copied next */
    depth plain, formatting;
    uint64_t nodes; /* that the parser will make, about */
    bool unsure; /* whether the parser is where we think: take out no more */
    bool no_memory;
} tamer;

static bool is_one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
            return true;
    return false;
}

static tag_kind kind_of(const char *name)
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

static void copy_until(tamer *t, const char *to)
{
    memcpy(t->copy + t->copied, t->from, (size_t)(to - t->from));
    t->copied += (size_t)(to - t->from);
}

/* Takes out [from, to), which comes behind all that was taken out before. */
static void cut(tamer *t, const char *from, const char *to, const char *instead)
{
    if (!t->copy && !t->no_memory) {
        t->copy = dx_arena_alloc(t->arena, t->html.len);
        t->no_memory = t->copy == NULL;
    }
    if (!t->copy || from >= to)
        return;
    copy_until(t, from);
    if (*instead)
        t->copy[t->copied++] = *instead;
    t->from = to;
}

static bool separates_attrs(char c)
{
    return c == ' ' || c == '\n' || c == '/' || c == '\t' || c == '\r' ||
           c == '\f';
}

/* The end of the tag that starts at `p`, or `end`; *surplus is where it has too
 * many attributes. */
static const char *tag_end(const char *p, const char *end,
    const char **surplus)
{
    unsigned attrs = 0;

    *surplus = NULL;
    for (; p < end && *p != '>'; p++) {
        if (*p == '=' && p + 1 < end && (p[1] == '"' || p[1] == '\'')) {
            const char *quote = memchr(p + 2, p[1], (size_t)(end - p - 2));
            p = quote ? quote : end - 1;
        } else if (separates_attrs(*p) && ++attrs == ATTRS_MAX) {
            *surplus = p;
        }
    }
    return p < end ? p + 1 : end;
}

/* Past a comment that starts before `p`, or NULL when it has no end. */
static const char *comment_end(const char *p, const char *end)
{
    if (p < end && *p == '>')
        return p + 1;
    if (end - p >= 2 && memcmp(p, "->", 2) == 0)
        return p + 2;
    while ((p = memmem(p, (size_t)(end - p), "--", 2)) != NULL) {
        p += 2;
        if (p < end && *p == '>')
            return p + 1;
        if (end - p >= 2 && memcmp(p, "!>", 2) == 0)
            return p + 2;
        p--; /* "--->" */
    }
    return NULL;
}

/* Past "<!doctype …>", "<?xml …>" or "</ …>", of which `p` is behind the '<', or
 * past that alone; NULL when it has no end. */
static const char *no_tag_end(const char *p, const char *end)
{
    if (*p != '!' && *p != '?' && *p != '/')
        return p;
    const char *close = memchr(p, '>', (size_t)(end - p));
    return close ? close + 1 : NULL;
}

/* The name of a tag at `p`, also in small letters; a longer name is none that
 * matters. */
static void read_name(const char *p, const char *end, tag *out)
{
    size_t n = 0;

    for (; p + n < end && n <= NAME_MAX_BYTES; n++) {
        char c = (char)(p[n] | 32);
        if (!(c >= 'a' && c <= 'z') && !(n && dx_is_digit(p[n])))
            break;
        out->small[n] = dx_is_digit(p[n]) ? p[n] : c;
    }
    out->small[n] = '\0';
    out->name = (dx_str){p, n};
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
            if (!*p)
                return false;
            if (!t->unsure && *p - at > 7 && (*p)[-2] == '-')
                cut(t, at + 4, *p - 3, ""); /* "<!---->" stays */
            continue;
        }
        out->closes = at[1] == '/';
        read_name(at + 1 + out->closes, end, out);
        if (out->name.len == 0) {
            *p = no_tag_end(at + 1, end);
            if (!*p)
                return false;
            continue;
        }
        out->start = at;
        out->end = tag_end(out->name.ptr + out->name.len, end, &out->surplus);
        *p = out->end;
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

static bool has_comment(const char *p, const char *end)
{
    return memmem(p, (size_t)(end - p), "<!--", 4) != NULL;
}

/* `what` in small letters, case ignored. */
static bool contains(const char *p, const char *end, const char *what)
{
    return dx_find_ascii((dx_str){p, (size_t)(end - p)}, what) >= 0;
}

/* Whether [p, end) holds nothing but what is drawn: the parser ends an <svg> at
 * the first <p> or the like. */
static bool is_drawing(const char *p, const char *end)
{
    static const char *const names[] = {"path", "g", "circle", "rect", "use",
        "defs", "title", "desc", "line", "polygon", "polyline", "ellipse",
        "symbol", "text", "tspan", "clippath", "mask", "lineargradien",
        "radialgradien", "stop", "filter", "image", "style", "animate"};
    tag g;

    while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        p += 1 + (p + 1 < end && p[1] == '/');
        read_name(p, end, &g);
        if (!is_one_of(g.small, names, sizeof names / sizeof *names))
            return false;
        p = tag_end(p + g.name.len, end, &g.surplus);
    }
    return true;
}

/* window.__INITIAL_STATE__={"article": … */
static bool holds_state(const char *p, const char *end)
{
    dx_str s = dx_trim((dx_str){p, (size_t)(end - p)});

    return dx_html_state_in(s).len > 0;
}

/* The end of what stands in <script>, <style> or <svg> and can be taken out, or
 * NULL. Data in JSON stays, also set by a script (page_data.h), and a script in which
 * the parser might see another end. */
static const char *useless_end(const tag *g, const char *end)
{
    bool script = strcmp(g->small, "script") == 0;
    bool drawing = strcmp(g->small, "svg") == 0;

    if (g->closes || (script && contains(g->start, g->end, "json")) ||
        (!script && !drawing && strcmp(g->small, "style") != 0))
        return NULL;
    const char *p = raw_end(g->end, end, g->name);
    if (p == end ||
        (script && (has_comment(g->end, p) || holds_state(g->end, p))) ||
        (drawing && !is_drawing(g->end, p)))
        return NULL;
    return p;
}

/* Within <svg> and <math> a script is markup like all else, and one that holds
 * "<!--" and "<script" ends at the second "</script". */
static bool leads_astray(const tag *g, const char *end)
{
    if (g->closes)
        return false;
    if (strcmp(g->small, "svg") == 0 || strcmp(g->small, "math") == 0)
        return g->end[-2] != '/';
    if (strcmp(g->small, "script") != 0)
        return false;
    const char *p = raw_end(g->end, end, g->name);
    return has_comment(g->end, p) && contains(g->end, p, "<script");
}

static bool is_empty(const tag *g)
{
    return strcmp(g->small, "svg") == 0 && g->end[-2] == '/';
}

/* Whether the tag may stay. */
static bool count(const tag *g, depth *d, unsigned max)
{
    bool stays = g->closes ? d->dropped == 0 : d->open < max;

    if (g->closes && d->dropped)
        d->dropped--;
    else if (g->closes)
        d->open -= d->open > 0;
    else if (stays)
        d->open++;
    else
        d->dropped++;
    return stays;
}

/* One tag, and what is in it if that is no markup; where to go on. */
static const char *tame_tag(tamer *t, const tag *g, const char *end)
{
    tag_kind kind = kind_of(g->small);
    bool stays = true;

    t->nodes += 2 + (kind != TAG_FORMATTING ? t->formatting.open : 0);
    if (kind == TAG_PLAIN)
        stays = count(g, &t->plain, OPEN_MAX);
    else if (kind == TAG_FORMATTING)
        stays = count(g, &t->formatting, FORMATTING_MAX);
    if (!stays)
        cut(t, g->start, g->end, " ");
    else if (g->surplus)
        cut(t, g->surplus, g->end - (g->end[-1] == '>'), " ");
    const char *useless = stays && !t->unsure && !is_empty(g)
        ? useless_end(g, end) : NULL;
    if (useless) {
        cut(t, g->end, useless, "");
        return useless;
    }
    t->unsure |= leads_astray(g, end);
    return kind == TAG_RAW && !g->closes ? raw_end(g->end, end, g->name)
                                         : g->end;
}

dx_status dx_html_tame(dx_str html, dx_arena *arena, dx_str *out, dx_error *err)
{
    tamer t = {.html = html, .arena = arena, .from = html.ptr};
    const char *p = html.ptr, *end = p + html.len;
    tag g;

    *out = html;
    while (next_tag(&t, &p, end, &g))
        p = tame_tag(&t, &g, end);
    if (t.no_memory)
        return dx_fail_nomem(err);
    if (t.nodes > DX_DOM_MAX_NODES)
        return dx_fail(err, DX_ERR_LIMIT,
            "an HTML page of more than %u elements", DX_DOM_MAX_NODES);
    if (t.copy) {
        copy_until(&t, end);
        *out = (dx_str){t.copy, t.copied};
    }
    return DX_OK;
}
