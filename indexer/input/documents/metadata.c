/* Metadata of documents is what a program wrote, not what a reader would say. */
#include "indexer/input/documents/metadata.h"

#include <time.h>

#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"
#include "indexer/input/text/headline.h"
#include "indexer/input/text/state_line.h"

#define EARLIEST_YEAR 1990
#define DAY_SECONDS 86400

static bool has_any(dx_str s, const char *const *words)
{
    for (; *words; words++)
        if (dx_find_ascii(s, *words) >= 0)
            return true;
    return false;
}

bool dx_metadata_title(dx_str title)
{
    static const char *const of_programs[] = {"microsoft", ".doc", ".pdf",
        ".xls", ".ppt", ".rtf", ".odt", ".indd", ".cdr", "untitled", "slide 1",
        "powerpoint", "document1", "\\", "/", "_", "\xC3\xBE\xC3\xBF", NULL};

    return title.len && dx_looks_like_headline(title) &&
           !dx_is_digit(title.ptr[0]) && !has_any(title, of_programs) &&
           !dx_state_is_capitals(title);
}

/* A word of a name begins with a capital and has letters only. */
static bool is_name_word(dx_str word)
{
    const char *p = word.ptr, *end = dx_str_end(word);

    if (!dx_char_is_upper(dx_char_next(&p, end)))
        return false;
    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (!dx_char_is_letter(c) && c != '.')
            return false;
    }
    return true;
}

bool dx_metadata_author(dx_str author)
{
    static const char *const no_people[] = {"admin", "user", "microsoft",
        "windows", "office", "computer", "laptop", "home", "corp", "company",
        "acer", "asus", "dell", "lenovo", "thinkpad", "toshiba", "vaio", "hewlett",
        "vietlaw", "luat", "c\xC3\xB4ng ty", "ph\xC3\xB2ng", "s\xE1\xBB\x9F ",
        "version", "techsi", "macbook", "drive", "scan", NULL};
    dx_str rest = dx_str_trim(author);
    size_t words = 0;

    while (rest.len) {
        const char *blank = memchr(rest.ptr, ' ', rest.len);
        size_t n = blank ? (size_t)(blank - rest.ptr) : rest.len;
        if (n && !is_name_word((dx_str){rest.ptr, n}))
            return false;
        words += n > 0;
        rest = dx_str_from_offset(rest, blank ? n + 1 : n);
    }
    return words >= 2 && words <= 6 && !has_any(author, no_people);
}

int32_t dx_metadata_day(dx_str date)
{
    int32_t day = dx_date_parse(date);
    int64_t tomorrow = (int64_t)time(NULL) / DAY_SECONDS + 1;

    if (day == DX_DATE_UNKNOWN || day < dx_date_of(EARLIEST_YEAR, 1, 1) ||
        day > tomorrow)
        return DX_DATE_UNKNOWN;
    return day;
}
