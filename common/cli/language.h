/* language.h -- the language that the programs speak. It is read from the
 * environment by hand: setlocale() would open files, which costs more than a
 * search. */
#ifndef DX_CLI_LANGUAGE_H
#define DX_CLI_LANGUAGE_H

typedef enum dx_language { DX_ENGLISH, DX_VIETNAMESE } dx_language;

/** Of LC_ALL, LC_MESSAGES and LANG, the first that is set decides. */
dx_language dx_language_from_environment(void);

#endif
