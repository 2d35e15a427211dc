/* metadata.h -- which of what a file says about itself can be believed. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_METADATA_H
#define DX_INDEXER_INPUT_DOCUMENTS_METADATA_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

/** Whether it reads like a title: not a file's name ("Microsoft Word - cv 12.doc"),
 *  a date, a letterhead in capitals or a template's ("Slide 1"). Thread-safe, as all
 *  of these. */
bool dx_metadata_title(dx_str title);

/** Whether it is a person's name: not an account ("admin", "phammanhha"), a
 *  computer, a program or a firm. */
bool dx_metadata_author(dx_str author);

/** The day in it, or DX_DATE_UNKNOWN: also when it is before 1990, when there were
 *  no such files, or after tomorrow. */
int32_t dx_metadata_day(dx_str date);

#endif
