/* options_hash.h -- whether files would be read as they were. */
#ifndef DX_INDEXER_INPUT_OPTIONS_HASH_H
#define DX_INDEXER_INPUT_OPTIONS_HASH_H

#include <stdint.h>

#include "indexer/input/reading.h"

/** What differs when the same file would be read otherwise: by other options, or by
 *  another version of the readers. */
uint32_t dx_input_options_hash(const dx_input_options *options);

#endif
