/* Reads the language out of the variables of the locale. */
#include "common/cli/language.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* "vi", "vi_VN.UTF-8", "vi@…", but not "vie". */
static bool is_vietnamese(const char *locale)
{
    return strncmp(locale, "vi", 2) == 0 &&
           (locale[2] == '\0' || strchr("_.@", locale[2]));
}

dx_language dx_language_from_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *locale = getenv(names[i]);
        if (locale && *locale)
            return is_vietnamese(locale) ? DX_VIETNAMESE : DX_ENGLISH;
    }
    return DX_ENGLISH;
}
