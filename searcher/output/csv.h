/* csv.h -- hits as a table (RFC 4180), a line each under a line of names: for spreadsheets
 * and whatever reads tables.
 *
 * Every field is quoted, so that no separator that a spreadsheet takes instead of the comma
 * parts one. On the web the table begins with a byte order mark, without which Excel
 * takes UTF-8 for something else; on the command line a program reads it, so there is none. */
#ifndef DX_SEARCHER_OUTPUT_CSV_H
#define DX_SEARCHER_OUTPUT_CSV_H

#include "searcher/output/format.h"

extern const dx_format dx_format_csv;

#endif
