/* ignored.h -- what stands beside articles on a portal and is none itself: images,
 * style sheets, scripts, programs. */
#ifndef DX_INDEXER_INPUT_IGNORED_H
#define DX_INDEXER_INPUT_IGNORED_H

#include <stdbool.h>

#include "common/base/str.h"

/** Whether a file in a folder is none of ours by its name alone, so that it need
 *  not be opened: "anh.jpg", "style.css?v=3", "robots.txt". */
bool dx_is_ignored_name(dx_str name);

/** Whether a file that begins with these bytes is an image, sound, film, font or
 *  program, whatever its name says. */
bool dx_is_media(dx_str first);

#endif
