/* Following HTML from byte to byte. */
#include "searcher/output/html/template/context.h"

#include <string.h>
#include <strings.h>

enum {
    TEXT,
    TAG_OPEN,  /* behind < */
    TAG_NAME,
    IN_TAG,    /* before an attribute */
    ATTRIBUTE, /* in its name */
    EQUALS,    /* behind = */
    DOUBLE,    /* in "…" */
    SINGLE,    /* in '…' */
    BARE,      /* in a value without quotation marks */
    DECLARED,  /* <!doctype …> */
    COMMENT,   /* <!-- … --> */
    RAW        /* in a script or style */
};

void dx_context_init(dx_context *c) { *c = (dx_context){.state = TEXT}; }

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static void append(char name[DX_CONTEXT_NAME_BYTES], char c)
{
    size_t len = strlen(name);

    if (len + 1 < DX_CONTEXT_NAME_BYTES) {
        name[len] = lower(c);
        name[len + 1] = '\0';
    }
}

/* Elements whose content is no HTML. */
static bool is_raw(const char *tag)
{
    static const char *const tags[] = {"script", "style", "iframe", "xmp",
        "noembed", "noframes", "plaintext"};

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (strcmp(tags[i], tag) == 0)
            return true;
    return false;
}

static void end_tag(dx_context *c)
{
    c->state = is_raw(c->tag) ? RAW : TEXT;
    c->name[0] = '\0';
    c->started = false;
}

/* Behind "<": "</…" has no attributes that matter, but a name. */
static void open_tag(dx_context *c, char byte)
{
    c->tag[0] = c->name[0] = '\0';
    c->started = false;
    if (byte == '!' || byte == '?')
        c->state = DECLARED;
    else if (byte == '/' || (lower(byte) >= 'a' && lower(byte) <= 'z'))
        c->state = TAG_NAME;
    else
        c->state = byte == '<' ? TAG_OPEN : TEXT;
    if (c->state == TAG_NAME)
        append(c->tag, byte);
}

static void start_attribute(dx_context *c, char byte)
{
    c->state = ATTRIBUTE;
    c->name[0] = '\0';
    c->started = false;
    append(c->name, byte);
}

static void end_value(dx_context *c)
{
    c->state = IN_TAG;
    c->name[0] = '\0';
    c->started = false;
}

static void read_in_tag(dx_context *c, char byte)
{
    if (byte == '>')
        end_tag(c);
    else if (c->state == ATTRIBUTE && byte == '=')
        c->state = EQUALS;
    else if (is_blank(byte) || byte == '/') /* that of "</p" is read already */
        end_value(c);
    else if (c->state == IN_TAG)
        start_attribute(c, byte);
    else
        append(c->state == TAG_NAME ? c->tag : c->name, byte);
}

static void start_value(dx_context *c, char byte)
{
    if (byte == '"' || byte == '\'')
        c->state = byte == '"' ? DOUBLE : SINGLE;
    else if (byte == '>')
        end_tag(c);
    else if (!is_blank(byte))
        c->state = BARE;
}

static void read_value(dx_context *c, char byte)
{
    if (c->state == BARE && byte == '>')
        end_tag(c);
    else if (byte == (c->state == DOUBLE ? '"' : '\'') ? c->state != BARE
                                                       : c->state == BARE && is_blank(byte))
        end_value(c);
    else
        c->started = true;
}

/* Only its own end ends a script. */
static bool ends_raw(const char *tag, const char *p, size_t left)
{
    size_t len = strlen(tag);

    return left > len + 2 && p[0] == '<' && p[1] == '/' &&
           strncasecmp(p + 2, tag, len) == 0 &&
           (is_blank(p[len + 2]) || p[len + 2] == '/' || p[len + 2] == '>');
}

/* The name holds what was read last: a comment begins and ends with dashes. */
static void read_declared(dx_context *c, char byte)
{
    size_t dashes = strlen(c->name);

    if (byte == '>' && (c->state == DECLARED || dashes >= 2))
        c->state = TEXT;
    else if (byte != '-')
        c->name[0] = '\0';
    else if (dashes < 2)
        append(c->name, byte);
    c->started = c->started || byte != '-';
    if (c->state == DECLARED && !c->started && strlen(c->name) == 2) {
        c->state = COMMENT;
        c->name[0] = '\0';
    }
    if (c->state == TEXT)
        c->name[0] = '\0';
}

static void read_byte(dx_context *c, const char *p, size_t left)
{
    switch (c->state) {
    case TEXT:
        c->state = *p == '<' ? TAG_OPEN : TEXT;
        break;
    case TAG_OPEN:
        open_tag(c, *p);
        break;
    case TAG_NAME:
    case IN_TAG:
    case ATTRIBUTE:
        read_in_tag(c, *p);
        break;
    case EQUALS:
        start_value(c, *p);
        break;
    case DECLARED:
    case COMMENT:
        read_declared(c, *p);
        break;
    case RAW:
        if (ends_raw(c->tag, p, left))
            c->state = TAG_OPEN;
        break;
    default:
        read_value(c, *p);
    }
}

void dx_context_read(dx_context *c, dx_str html)
{
    for (size_t i = 0; i < html.len; i++)
        read_byte(c, html.ptr + i, html.len - i);
}

void dx_context_pass(dx_context *c)
{
    c->started = c->state == DOUBLE || c->state == SINGLE;
}

static bool is_address(const char *name)
{
    static const char *const names[] = {"href", "src", "action", "formaction",
        "poster", "cite", "data", "xlink:href", "ping", "background"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Where a value would be read as a program, or as HTML once more, or as several
 * addresses. */
static bool is_program(const char *name)
{
    return strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 ||
           strcmp(name, "srcdoc") == 0 || strcmp(name, "srcset") == 0 ||
           strcmp(name, "http-equiv") == 0;
}

dx_place dx_context_place(const dx_context *c)
{
    if (c->state == TEXT)
        return DX_PLACE_TEXT;
    if (c->state == IN_TAG)
        return DX_PLACE_TAG;
    if ((c->state != DOUBLE && c->state != SINGLE) || is_program(c->name))
        return DX_PLACE_CLOSED;
    if (!is_address(c->name))
        return DX_PLACE_ATTRIBUTE;
    return c->started ? DX_PLACE_PARAMETER : DX_PLACE_ADDRESS;
}

bool dx_context_eq(const dx_context *a, const dx_context *b)
{
    if (a->state != b->state || a->state == TEXT)
        return a->state == b->state;
    return strcmp(a->tag, b->tag) == 0 && strcmp(a->name, b->name) == 0 &&
           (a->started == b->started ||
               dx_context_place(a) == DX_PLACE_ATTRIBUTE);
}
