/* terminal.h -- the terminal that output goes to. */
#ifndef DX_CLI_TERMINAL_H
#define DX_CLI_TERMINAL_H

#include <stdarg.h>
#include <stdio.h>

#include "common/base/status.h"

/** The width of the terminal `fd` in columns: $COLUMNS, or what the terminal
 *  says, or 80. Never 0. */
unsigned dx_terminal_columns(int fd);

/** As printf() does with a format that has nothing but %s and %%; but what stands for %s,
 *  such as the name of a file, cannot steer the terminal (dx_terminal_put()). */
void dx_terminal_printf(FILE *out, const char *format, ...) DX_PRINTF(2, 3);
void dx_terminal_vprintf(FILE *out, const char *format, va_list args);

#endif
