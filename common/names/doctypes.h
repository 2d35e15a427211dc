/* doctypes.h -- what kind of document a number names: 749/QĐ-TTg is a Quyết
 * định. The code in the number tells. Numbers of the National Assembly have no
 * code (18/2026/QH15); there the word before the number decides. */
#ifndef DX_NAMES_DOCTYPES_H
#define DX_NAMES_DOCTYPES_H

#include <stddef.h>

#include "common/base/str.h"

#define DX_DOCTYPES_MAX 31u
#define DX_DOCTYPE_NONE SIZE_MAX

typedef struct dx_doctype {
    const char *code; /* lower case; "" for those known by their issuer */
    const char *name;
} dx_doctype;

extern const dx_doctype dx_doctypes[];
extern const size_t dx_doctypes_count; /* <= DX_DOCTYPES_MAX */

/** The types that a number alone cannot tell apart. */
extern const size_t dx_doctype_law, dx_doctype_resolution,
    dx_doctype_ordinance;

/** The type that a document number (its exact term: "749/qđ-ttg") names, or
 *  DX_DOCTYPE_NONE. Numbers of the National Assembly give a law and those of
 *  its standing committee a resolution; the text may say otherwise. */
size_t dx_doctype_of_number(dx_str number);

/** The body whose code (agencies.h) comes first in a document number: its index
 *  in dx_agencies, or DX_AGENCY_NONE. */
size_t dx_agency_of_number(dx_str number);

#endif
