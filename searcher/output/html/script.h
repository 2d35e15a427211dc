/* script.h -- the one script of the pages: suggest.js, compiled in. Its address has a version
 * made of its content, so that browsers may keep it for good. */
#ifndef DX_SEARCHER_OUTPUT_HTML_SCRIPT_H
#define DX_SEARCHER_OUTPUT_HTML_SCRIPT_H

#define DX_SCRIPT_VERSION_BYTES 13

extern const char dx_script[];
extern const char dx_script_version[DX_SCRIPT_VERSION_BYTES]; /* "?script=" and this */

#endif
