/* escape.h -- makes text safe for the place it goes to, one function a context:
 *
 *     dx_json_put()            a JSON string, with its quotation marks
 *     dx_json_put_member()     a name and a JSON string in an object
 *     dx_html_put()            the content of an element, or a quoted attribute
 *     dx_html_put_url()        a quoted href
 *     dx_xml_put_text()        the content of an element of XML, or a quoted attribute
 *     dx_csv_put()             a field of a table (RFC 4180), with its quotation marks
 *     dx_url_put_parameter()   the value of a parameter in an address
 *     dx_terminal_put()        a line on a terminal
 *
 * Whatever the bytes are, what comes out is valid UTF-8 that does not end the
 * context it stands in. Failures latch in `out`. No state. */
#ifndef DX_BASE_ESCAPE_H
#define DX_BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/str.h"

/** 0 to 15 of a hexadecimal digit; -1 of any other byte: for what is escaped by them. */
static inline int dx_hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** Appends `s` as a JSON string. '<' becomes \u003c, so that it can stand in a
 *  page's script element; ill-formed bytes become U+FFFD. */
void dx_json_put(dx_buf *out, dx_str s);

/** Appends a later member of an object, with the comma in front; nothing when `value`
 *  is NULL. `name` needs no escapes. */
void dx_json_put_member(dx_buf *out, const char *name, const char *value);

/** Appends `text` for an element's content or a quoted attribute. Control
 *  characters except tab and newline, and ill-formed bytes, become U+FFFD. */
void dx_html_put(dx_buf *out, const char *text);

/** The same for part of a text. */
void dx_html_put_str(dx_buf *out, dx_str s);

/** The same for XML 1.0, which has two characters fewer: U+FFFE and U+FFFF. */
void dx_xml_put_text(dx_buf *out, const char *text);

/** Appends a field of a table, with quotation marks around it: those in it are doubled,
 *  control characters become blanks, ill-formed bytes U+FFFD. What a spreadsheet would run
 *  as a formula, for beginning with = + - @ or their full-width forms, gets an apostrophe
 *  before it. */
void dx_csv_put(dx_buf *out, const char *text);

/** The entity for the ASCII character `c` in HTML text and quoted attributes,
 *  or NULL when it needs none. */
static inline const char *dx_html_entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/** Whether a link to `url` is safe: http or https with something after it. Any
 *  other scheme could run a script. */
bool dx_url_is_web(const char *url);

/** The host of a web address, without user name and "www."; points into
 *  `url`. */
dx_str dx_url_host(const char *url);

/** Appends `url` for a quoted href: escaped, and with bytes that no address may
 *  have percent-encoded. */
void dx_html_put_url(dx_buf *out, const char *url);

/** Appends a name as a line on a terminal may have it: controls, what turns the direction of
 *  text, and ill-formed bytes become \x1b and the like, an end of line \n, a tab \t. */
void dx_terminal_put(dx_buf *out, dx_str text);

/** Whether the well-formed character of `len` bytes at `p` is a control, or one of U+200E,
 *  U+200F, U+202A to U+202E, U+2066 to U+2069, which turn the direction of text. */
bool dx_terminal_is_control(const char *p, size_t len);

/** Appends `text` form-encoded, as the value of a parameter in an address. */
void dx_url_put_parameter(dx_buf *out, const char *text);

#endif
