#include "indexer/input/json_flat.h"

#include <string.h>

#define MEMBERS_MAX 64u /* more are hardly an article's */

typedef struct scanner {
    const char *at, *end;
    dx_arena *arena;
    dx_status status;
} scanner;

/* Passes over blanks and `c`; false when something else is there. */
static bool skip(scanner *s, char c)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' ||
                                 *s->at == '\n' || *s->at == '\r'))
        s->at++;
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

/* The quotation mark that ends the string from `p` on, or NULL. */
static const char *string_end(const char *p, const char *end)
{
    for (const char *at = p; at < end; at++) {
        const char *before;
        at = memchr(at, '"', (size_t)(end - at));
        if (!at)
            return NULL;
        for (before = at; before > p && before[-1] == '\\';)
            before--;
        if ((at - before) % 2 == 0)
            return at;
    }
    return NULL;
}

/* Without a branch, so that compilers make vector code of it. */
static bool has_control(const char *p, const char *end)
{
    unsigned char found = 0;

    for (; p < end; p++)
        found |= (unsigned char)*p < 0x20;
    return found;
}

/* What the letter after a backslash stands for, or NUL. */
static char unescaped(char letter)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *at = letter ? strchr(letters, letter) : NULL;

    return at ? meant[at - letters] : '\0';
}

/* Copies [p, end) to `out` with its escapes resolved. Returns the end of what
 * was written, or NULL for an escape that is not of one letter. */
static char *unescape(char *out, const char *p, const char *end)
{
    for (;;) {
        const char *slash = memchr(p, '\\', (size_t)(end - p));
        size_t n = (size_t)((slash ? slash : end) - p);
        memcpy(out, p, n);
        out += n;
        if (!slash)
            return out;
        char c = unescaped(slash[1]); /* before the quotation mark at least */
        if (c == '\0')
            return NULL;
        *out++ = c;
        p = slash + 2;
    }
}

static bool take_string(scanner *s, dx_str *out)
{
    if (!skip(s, '"'))
        return false;
    const char *p = s->at, *end = string_end(p, s->end);
    if (!end || has_control(p, end))
        return false;
    char *text = dx_arena_alloc(s->arena, (size_t)(end - p) + 1);
    if (!text) {
        s->status = DX_ERR_NOMEM;
        return false;
    }
    char *stop = unescape(text, p, end);
    if (!stop)
        return false;
    *stop = '\0';
    *out = (dx_str){text, (size_t)(stop - text)};
    s->at = end + 1;
    return true;
}

static bool take_member(scanner *s, const dx_json_value ***link)
{
    dx_json_value *v = dx_arena_alloc(s->arena, sizeof *v);

    if (!v) {
        s->status = DX_ERR_NOMEM;
        return false;
    }
    *v = (dx_json_value){.type = DX_JSON_STRING};
    if (!take_string(s, &v->key) || !skip(s, ':') || !take_string(s, &v->text))
        return false;
    **link = v;
    *link = &v->next;
    return true;
}

static bool take_object(scanner *s, dx_json_value *object)
{
    const dx_json_value **link = &object->first;

    if (!skip(s, '{'))
        return false;
    for (unsigned i = 0; i < MEMBERS_MAX; i++) {
        if (!take_member(s, &link))
            return false;
        if (!skip(s, ','))
            return skip(s, '}') && s->at == s->end;
    }
    return false;
}

dx_status dx_json_flat(dx_str text, dx_arena *arena,
    const dx_json_value **out)
{
    scanner s = {text.ptr, dx_str_end(text), arena, DX_OK};
    dx_json_value *object = dx_arena_alloc(arena, sizeof *object);

    *out = NULL;
    if (!object)
        return DX_ERR_NOMEM;
    *object = (dx_json_value){.type = DX_JSON_OBJECT};
    if (take_object(&s, object))
        *out = object;
    return s.status;
}
