/* shortcode.h -- what WordPress puts into a text in brackets, and never shows. */
#ifndef DX_INDEXER_INPUT_FEEDS_SHORTCODE_H
#define DX_INDEXER_INPUT_FEEDS_SHORTCODE_H

#include "common/base/buf.h"

/** Takes shortcodes out of the text: [gallery ids="1,2"], [caption align="left"] and
 *  [/caption], but not what stands between two, nor "[1]" or "[sic]". */
void dx_shortcodes_remove(dx_buf *text);

#endif
