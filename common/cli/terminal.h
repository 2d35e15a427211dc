/* terminal.h -- what is known of the terminal that output goes to. */
#ifndef DX_CLI_TERMINAL_H
#define DX_CLI_TERMINAL_H

/** Columns of the terminal that `fd` is: $COLUMNS, else what the terminal says,
 *  else 80. Never 0. */
unsigned dx_terminal_columns(int fd);

#endif
