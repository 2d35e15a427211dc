/* Lines that say when an article appeared, told from sentences. */
#include "indexer/input/chars/date_line.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"

bool dx_date_line(dx_str s, int32_t *date)
{
    static const char *const starts[] = {"cập nhật", "ngày cập nhật",
        "cập nhật lúc", "cập nhật ngày", "ngày đăng", "đăng ngày", "đăng lúc",
        "ngày xuất bản", "xuất bản", "thời gian đăng", "thứ hai", "thứ ba",
        "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "thứ bẩy", "chủ nhật",
        "thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "ngày",
        "updated", "last updated", "posted", "posted on", "published",
        "published on", "date"};
    size_t skip = 0;
    size_t letters = 0;

    if (s.len == 0 || s.len > 100)
        return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = dx_starts_with_typed(s, starts[i]);
        if (n > skip)
            skip = n;
    }
    dx_str rest = dx_str_from_offset(s, skip);
    /* "Ngày 5/6/2023, UBND tỉnh…" is a sentence, not a date line. */
    for (const char *p = rest.ptr, *end = p + rest.len; p < end;)
        letters += dx_char_is_letter(dx_char_next(&p, end));
    size_t allowed = skip == dx_starts_with_typed(s, "ngày") ? 8 : 14;
    if (letters > allowed || (skip == 0 && !dx_is_digit(s.ptr[0])))
        return false;
    *date = dx_date_parse(rest);
    return *date != DX_DATE_UNKNOWN;
}
