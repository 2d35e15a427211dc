/* terminal.h -- the terminal that output goes to. */
#ifndef DX_CLI_TERMINAL_H
#define DX_CLI_TERMINAL_H

/** The width of the terminal `fd` in columns: $COLUMNS, or what the terminal
 *  says, or 80. Never 0. */
unsigned dx_terminal_columns(int fd);

#endif
