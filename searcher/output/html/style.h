/* style.h -- the style sheet within every page. */
#ifndef DX_SEARCHER_OUTPUT_HTML_STYLE_H
#define DX_SEARCHER_OUTPUT_HTML_STYLE_H

extern const char dx_style_sheet[];

/* Allows that style sheet, and no other, in Content-Security-Policy. A test
 * compares; tests/cgi/page.sh --update writes it anew. */
#define DX_STYLE_SOURCE "'sha256-0F1AHATuWAUOn7OvkhcAjkjsX3iRoCePEnjse5K9wKE='"

#endif
