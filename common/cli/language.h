/* language.h -- the language that the programs speak. They read it from the
 * environment themselves: setlocale() opens files, which costs more than a
 * search. */
#ifndef DX_CLI_LANGUAGE_H
#define DX_CLI_LANGUAGE_H

typedef enum dx_language { DX_ENGLISH, DX_VIETNAMESE } dx_language;

/** "en" or "vi" (ISO 639-1). */
static inline const char *dx_language_code(dx_language language)
{
    return language == DX_VIETNAMESE ? "vi" : "en";
}

/** The first of LC_ALL, LC_MESSAGES and LANG that is set decides. */
dx_language dx_language_from_environment(void);

#endif
