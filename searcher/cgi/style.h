/* style.h -- the style sheet within every page. */
#ifndef DX_SEARCHER_CGI_STYLE_H
#define DX_SEARCHER_CGI_STYLE_H

extern const char dx_style_sheet[];

/* Allows that style sheet, and no other, in Content-Security-Policy. A test
 * compares; tests/cgi/page.sh --update writes it anew. */
#define DX_STYLE_SOURCE "'sha256-7R1x33myrk1Emt8CckLhQJ2aN70teqAgyoEcpwHdJtk='"

#endif
