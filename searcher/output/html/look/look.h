/* look.h -- how the pages of a site look: its templates and style sheets, and what allows
 * these in a Content-Security-Policy. Made once of the owner's settings, as it reads files
 * and hashes style sheets; pages only read it. */
#ifndef DX_SEARCHER_OUTPUT_HTML_LOOK_LOOK_H
#define DX_SEARCHER_OUTPUT_HTML_LOOK_LOOK_H

#include "common/base/buf.h"
#include "searcher/output/face.h"
#include "searcher/output/html/template/template.h"

typedef struct dx_look dx_look;

/** Makes the look of `face`, and of those PART.html that there are in the folder `templates`,
 *  "" for none. A mistake in one is a line in `log` that begins with file and line, and what
 *  dx comes with serves. Fails with NOMEM. */
DX_NODISCARD dx_status dx_look_make(const dx_face *face, const char *templates,
    dx_look **out, dx_buf *log);
/** NULL is a no-op. */
void dx_look_free(dx_look *look);

/** The template of a part. `face->look` NULL: what dx comes with. */
const dx_template *dx_look_part(const dx_face *face, dx_template_id part);

/** Appends the <style> elements of a page. */
void dx_look_put_styles(const dx_face *face, dx_buf *out);

/** Appends the value of the header Content-Security-Policy. */
void dx_look_put_policy(const dx_face *face, dx_buf *out);

/** Whether a picture at `url` may be shown: it is on the site itself, or on one of the
 *  origins that the owner allows. */
bool dx_look_allows_image(const dx_face *face, const char *url);

#endif
