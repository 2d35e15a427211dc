/* code_page.h -- one byte of a document that names its code page. */
#ifndef DX_INDEXER_INPUT_DOCUMENTS_CODE_PAGE_H
#define DX_INDEXER_INPUT_DOCUMENTS_CODE_PAGE_H

#include <stdint.h>

/** What `byte` stands for in windows-1258 (`code_page` 1258: Vietnamese, tones as
 *  marks behind their letter) or, for all others, in windows-1252. Thread-safe.
 *  Source: Unicode's VENDORS/MICSFT/WINDOWS tables. */
uint32_t dx_code_page_char(unsigned code_page, unsigned char byte);

#endif
