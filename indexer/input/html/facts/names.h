/* names.h -- people, newspapers and sites told apart by how they are written. */
#ifndef DX_INDEXER_INPUT_HTML_FACTS_NAMES_H
#define DX_INDEXER_INPUT_HTML_FACTS_NAMES_H

#include <stdbool.h>

#include "common/base/str.h"
#include "indexer/input/html/facts/page.h"

/** Whether `s` may be who wrote an article: one or several names ("Thu Hà - Minh
 *  Đức", "XUÂN LONG", "PV", "HN"), no organisation, domain, date or sentence. */
bool dx_names_are_people(dx_str s);

/** Whether `s` begins like the name of a body that publishes: "Báo …", "Cổng
 *  thông tin …", "Sở …", or is a domain or a well-known newspaper. */
bool dx_name_is_publisher(dx_str s);

/** Whether `s` is one of the names that the page has for its site. */
bool dx_name_is_of_page(const dx_page *p, dx_str s);

/** Likewise, or its host's
 *  ("Tuổi Trẻ Online" of tuoitre.example). */
bool dx_name_is_site(const dx_page *p, dx_str s);

/** Whether both say the same but for case, blanks and signs. */
bool dx_names_equal(dx_str a, dx_str b);

/** The same number for all that are equal so; 0 for what has no letter or
 *  figure. */
uint64_t dx_name_key(dx_str s);

/** How many words a line has. */
size_t dx_count_words(dx_str line);

/** What stands behind one of the `count` labels in front and its colon, perhaps
 *  nothing; `s` itself when it has none. */
dx_str dx_behind_label(dx_str s, const char *const *labels, size_t count);

/** Without what is in brackets at the end ("(tổng hợp)") and without signs at both
 *  ends; *bracketed is what was in the brackets. */
dx_str dx_name_without_bracket(dx_str s, dx_str *bracketed);

#endif
