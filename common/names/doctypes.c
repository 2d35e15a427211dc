/* Types of documents by their codes, and what a number says of its document. */
#include "common/names/doctypes.h"

#include <stdbool.h>

#include "common/names/agencies.h"

enum { LAW, ORDINANCE, RESOLUTION, LETTER };

const dx_doctype dx_doctypes[] = {
    [LAW] = {"", "Luật"},
    [ORDINANCE] = {"pl", "Pháp lệnh"},
    [RESOLUTION] = {"nq", "Nghị quyết"},
    [LETTER] = {"cv", "Công văn"},
    {"nđ", "Nghị định"},
    {"qđ", "Quyết định"},
    {"ttlt", "Thông tư liên tịch"},
    {"tt", "Thông tư"},
    {"ct", "Chỉ thị"},
    {"kh", "Kế hoạch"},
    {"hd", "Hướng dẫn"},
    {"tb", "Thông báo"},
    {"bc", "Báo cáo"},
    {"ttr", "Tờ trình"},
    {"cđ", "Công điện"},
    {"qc", "Quy chế"},
    {"kl", "Kết luận"},
    {"ctr", "Chương trình"},
    {"đa", "Đề án"},
    {"bb", "Biên bản"},
    {"vbhn", "Văn bản hợp nhất"},
    {"nqlt", "Nghị quyết liên tịch"},
};

const size_t dx_doctypes_count = sizeof dx_doctypes / sizeof *dx_doctypes;
const size_t dx_doctype_law = LAW;
const size_t dx_doctype_resolution = RESOLUTION;
const size_t dx_doctype_ordinance = ORDINANCE;

/* Bodies whose letters have numbers without a type: 2345/UBND-VX. */
static const char *const letter_writers[] = {"ubnd", "ttg", "cp", "tct",
    "tchq", "bhxh", "hđnd", "stttt", "sgdđt", "syt"};

static bool next_part(dx_str *rest, dx_str *part)
{
    size_t n = 0;

    if (rest->len == 0)
        return false;
    while (n < rest->len && rest->ptr[n] != '/' && rest->ptr[n] != '-')
        n++;
    *part = (dx_str){rest->ptr, n};
    n += n < rest->len;
    *rest = (dx_str){rest->ptr + n, rest->len - n};
    return true;
}

/* "qh15" or "ubtvqh14": letters and then digits. */
static bool is_assembly(dx_str part, dx_str letters)
{
    if (part.len <= letters.len ||
        memcmp(part.ptr, letters.ptr, letters.len) != 0)
        return false;
    for (size_t i = letters.len; i < part.len; i++)
        if (part.ptr[i] < '0' || part.ptr[i] > '9')
            return false;
    return true;
}

static bool writes_letters(dx_str part)
{
    for (size_t i = 0; i < sizeof letter_writers / sizeof *letter_writers; i++)
        if (dx_str_eq(part, dx_str_from(letter_writers[i])))
            return true;
    return dx_agency_of_code(part) != DX_AGENCY_NONE;
}

static size_t type_of_code(dx_str code)
{
    for (size_t i = 0; i < dx_doctypes_count && code.len; i++)
        if (dx_str_eq(code, dx_str_from(dx_doctypes[i].code)))
            return i;
    return DX_DOCTYPE_NONE;
}

size_t dx_doctype_of_number(dx_str number)
{
    dx_str part;

    while (next_part(&number, &part)) {
        size_t type = type_of_code(part);
        if (type != DX_DOCTYPE_NONE)
            return type;
        if (is_assembly(part, DX_STR_LIT("qh")))
            return LAW;
        if (is_assembly(part, DX_STR_LIT("ubtvqh")))
            return RESOLUTION;
        if (writes_letters(part))
            return LETTER;
    }
    return DX_DOCTYPE_NONE;
}

size_t dx_agency_of_number(dx_str number)
{
    size_t agency = DX_AGENCY_NONE;
    dx_str part;

    while (next_part(&number, &part)) {
        size_t found = dx_agency_of_code(part);
        if (found != DX_AGENCY_NONE && agency == DX_AGENCY_NONE)
            agency = found;
    }
    return agency;
}
