/* Finds data in a script by its first words and its brackets. */
#include "indexer/input/html/state.h"

#include <stdbool.h>
#include <string.h>

#include "indexer/input/chars/chars.h"

/* Past the value that begins with a bracket at `p`; NULL: it does not end. */
static const char *value_end(const char *p, const char *end)
{
    size_t open = 0;
    bool in_string = false;

    for (; p < end; p++) {
        if (in_string) {
            if (*p == '\\')
                p++;
            else if (*p == '"')
                in_string = false;
        } else if (*p == '"') {
            in_string = true;
        } else if (*p == '{' || *p == '[') {
            open++;
        } else if ((*p == '}' || *p == ']') && --open == 0) {
            return p + 1;
        }
    }
    return NULL;
}

dx_str dx_html_state_in(dx_str script)
{
    static const char *const starts[] = {"window.__", "self.__", "window['__",
        "window[\"__"};
    size_t start = 0;
    const size_t name_max = 40;

    script = dx_trim(script);
    for (size_t i = 0; i < sizeof starts / sizeof *starts && !start; i++)
        if (script.len > strlen(starts[i]) &&
            memcmp(script.ptr, starts[i], strlen(starts[i])) == 0)
            start = strlen(starts[i]);
    if (!start)
        return (dx_str){NULL, 0};
    dx_str rest = dx_str_from_offset(script, start);
    const char *is = memchr(rest.ptr, '=', rest.len < name_max ? rest.len : name_max);
    if (!is)
        return (dx_str){NULL, 0};
    rest = dx_trim(dx_str_from_offset(rest, (size_t)(is + 1 - rest.ptr)));
    if (rest.len == 0 || (*rest.ptr != '{' && *rest.ptr != '['))
        return (dx_str){NULL, 0};
    const char *end = value_end(rest.ptr, dx_str_end(rest));
    return end ? (dx_str){rest.ptr, (size_t)(end - rest.ptr)} : (dx_str){NULL, 0};
}
