/* state.h -- data that a script sets for others: window.__INITIAL_STATE__ = {…}; */
#ifndef DX_INDEXER_INPUT_HTML_STATE_H
#define DX_INDEXER_INPUT_HTML_STATE_H

#include "common/base/str.h"

/** The object or array, up to its last bracket, that a script begins with setting a
 *  variable "window.__NAME__" to; empty where it begins otherwise. Whether it is JSON is
 *  for a parser to say. */
dx_str dx_html_state_in(dx_str script);

#endif
