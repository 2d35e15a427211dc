/* Lines of state documents: numbers, dates, bodies, headings. */
#include "indexer/input/text/state_line.h"

#include <string.h>

#include "common/base/civil.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"

static const char *const types[] = {"Quyết định", "Nghị quyết liên tịch",
    "Nghị quyết", "Nghị định", "Thông tư liên tịch", "Thông tư", "Chỉ thị",
    "Kế hoạch", "Báo cáo", "Tờ trình", "Thông báo", "Công văn", "Công điện",
    "Hướng dẫn", "Quy chế", "Quy định", "Bộ luật", "Luật", "Pháp lệnh",
    "Sắc lệnh", "Sắc luật", "Lệnh", "Chương trình", "Đề án", "Phương án",
    "Kết luận", "Biên bản", "Giấy mời", "Hiến pháp", "Văn bản hợp nhất",
    "Nội quy", "Quy trình", "Dự án", "Thông cáo", "Giấy ủy quyền",
    "Giấy giới thiệu", "Phiếu gửi", "Bản ghi nhớ", "Thư công", "Hợp đồng"};

static const char *const bodies[] = {"bộ ", "sở ", "cục ", "tổng cục", "vụ ",
    "ủy ban", "uỷ ban", "ubnd", "hđnd", "văn phòng", "trung tâm", "ban ",
    "công an", "thanh tra", "trường ", "viện ", "chi cục", "hội đồng", "phòng ",
    "đảng ", "huyện ủy", "tỉnh ủy", "thành ủy", "kho bạc", "ngân hàng",
    "bảo hiểm", "tòa án", "toà án", "chính phủ", "thủ tướng", "quốc hội",
    "chủ tịch nước", "liên đoàn", "hội ", "đoàn ", "đại học", "học viện",
    "kiểm toán", "công ty", "tổng công ty", "tập đoàn", "mặt trận", "thông tấn",
    "đài ", "báo ", "bệnh viện", "quỹ ", "liên bộ", "bhxh", "vksnd", "tand"};

static const char *const authorities[] = {"bộ trưởng", "thứ trưởng", "chủ tịch",
    "phó chủ tịch", "thủ tướng", "phó thủ tướng", "ủy ban", "uỷ ban",
    "hội đồng", "chính phủ", "quốc hội", "giám đốc", "phó giám đốc",
    "tổng giám đốc", "phó tổng giám đốc", "cục trưởng", "phó cục trưởng",
    "tổng cục trưởng", "phó tổng cục trưởng", "chánh án", "viện trưởng",
    "thống đốc", "phó thống đốc", "hiệu trưởng", "phó hiệu trưởng",
    "tổng thanh tra", "tổng kiểm toán", "chánh văn phòng", "phó chánh văn phòng",
    "vụ trưởng", "chi cục trưởng", "trưởng phòng", "trưởng ban", "bí thư",
    "chánh thanh tra", "bộ tài chính", "ban chấp hành", "ban thường vụ"};

static const char *const beginnings[] = {"căn cứ", "xét ", "theo đề nghị",
    "chiểu ", "điều 1", "điều i", "điều thứ", "kính gửi", "chương ", "phần ",
    "thực hiện ", "trả lời ", "phúc đáp", "thi hành ", "i. ", "1. ", "để ",
    "sau khi ", "ngày ", "nhằm ", "được sự ", "theo ", "quyết định:",
    "quyết nghị", "nghị định:", "ra sắc lệnh", "sắc:", "tôi tên", "họ và tên",
    "họ, chữ đệm"};

static bool starts_with_any(dx_str line, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dx_starts_with(line, words[i]))
            return true;
    return false;
}
#define STARTS(line, words)                                                    \
    starts_with_any(line, words, sizeof words / sizeof *words)

bool dx_state_is_rule(dx_str line)
{
    const char *p = line.ptr, *end = dx_str_end(line);

    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (dx_char_is_letter(c) || (c >= '0' && c <= '9'))
            return false;
    }
    return true;
}

bool dx_state_is_capitals(dx_str line)
{
    const char *p = line.ptr, *end = dx_str_end(line);
    size_t capitals = 0, smalls = 0;

    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (dx_char_is_upper(c))
            capitals++;
        else if (dx_char_is_letter(c))
            smalls++;
    }
    return capitals >= 2 && smalls * 5 <= capitals;
}

bool dx_state_begins_small(dx_str line)
{
    const char *p = line.ptr;
    uint32_t c = dx_char_next(&p, dx_str_end(line));

    return dx_char_is_letter(c) && !dx_char_is_upper(c);
}

/* Where `phrase` begins in `line`, at the beginning of a word, or -1. */
static ptrdiff_t find(dx_str line, const char *phrase)
{
    for (size_t i = 0; i < line.len; i++) {
        bool boundary = i == 0 || strchr(" \t,.:;(|-", line.ptr[i - 1]);
        if (boundary && dx_starts_with(dx_str_from_offset(line, i), phrase))
            return (ptrdiff_t)i;
    }
    return -1;
}

bool dx_state_is_motto(dx_str line, dx_str *before)
{
    static const char *const mottos[] = {"cộng hòa xã hội chủ nghĩa việt nam",
        "cộng hoà xã hội chủ nghĩa việt nam", "cộng hòa xã hội chủ nghĩa",
        "cộng hoà xã hội chủ nghĩa", "việt nam dân chủ cộng hòa",
        "việt nam dân chủ cộng hoà", "độc lập - tự do", "độc lập – tự do",
        "độc lập tự do", "độc lập-tự do", "độc lập —"};

    if (line.len > 200)
        return false;
    for (size_t i = 0; i < sizeof mottos / sizeof *mottos; i++) {
        ptrdiff_t at = find(line, mottos[i]);
        bool capitals = at >= 0 && line.ptr[at] != 'c' && line.ptr[at] != 'v';
        if (capitals) {
            *before = dx_trim((dx_str){line.ptr, (size_t)at});
            return true;
        }
    }
    return false;
}

static bool is_number_byte(unsigned char c)
{
    return c >= 0x80 || dx_is_digit((char)c) || strchr("/-&.", c) ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

bool dx_state_number(dx_str line, dx_str *number, dx_str *rest)
{
    static const char *const labels[] = {"số:", "số :", "luật số:", "luật số",
        "nghị quyết số:", "nghị quyết số", "pháp lệnh số:", "số hiệu:", "số"};
    size_t n = 0;

    for (size_t i = 0; !n && i < sizeof labels / sizeof *labels; i++)
        n = dx_starts_with(line, labels[i]);
    while (n && n < line.len && strchr(" .:", line.ptr[n]))
        n++;
    if (!n || n >= line.len || !dx_is_digit(line.ptr[n]))
        return false;
    size_t end = n;
    while (end < line.len) {
        /* "2495 /VNNIC" is one, too */
        bool blank = line.ptr[end] == ' ' && end + 1 < line.len &&
                     (strchr("/", line.ptr[end + 1]) || line.ptr[end - 1] == '/');
        if (!blank && !is_number_byte((unsigned char)line.ptr[end]))
            break;
        end++;
    }
    while (end > n && strchr("./- ", line.ptr[end - 1]))
        end--;
    *number = (dx_str){line.ptr + n, end - n};
    *rest = dx_trim(dx_str_from_offset(line, end));
    return true;
}

bool dx_state_is_place_and_date(dx_str line, int32_t *date)
{
    ptrdiff_t day = find(line, "ngày");

    *date = DX_DATE_UNKNOWN;
    if (day < 0 || day > 60 || line.len > 120 || line.ptr[0] == '(')
        return false;
    dx_str from = dx_str_from_offset(line, (size_t)day);
    if (find(from, "tháng") < 0 && !memchr(from.ptr, '/', from.len))
        return false;
    const char *p = line.ptr;
    dx_str place = dx_trim((dx_str){line.ptr, (size_t)day});
    bool is_named = place.len && dx_char_is_letter(dx_char_next(&p, dx_str_end(line)));
    if (place.len && place.ptr[place.len - 1] != ',')
        return false;
    if (place.len && !is_named && !dx_state_is_rule(place)) /* "……, ngày …" */
        return false;
    *date = dx_date_parse(from);
    return from.len < 60;
}

const char *dx_state_type(dx_str line)
{
    if (!dx_state_is_capitals(line))
        return NULL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char small[64];
        size_t n = 0;
        const char *p = types[i], *end = p + strlen(p);
        while (p < end)
            n += dx_char_put(small + n, dx_char_lower(dx_char_next(&p, end)));
        small[n] = '\0';
        if (dx_equals(line, small))
            return types[i];
    }
    return NULL;
}

bool dx_state_is_body(dx_str line)
{
    return line.len <= 150 && dx_state_is_capitals(line) && STARTS(line, bodies);
}

bool dx_state_is_authority(dx_str line)
{
    static const char *const signs[] = {"kt.", "tm.", "tl.", "tuq.", "t/m", "k/t",
        "t.m", "k.t", "q. ", "t/l"};

    return line.len <= 150 && dx_state_is_capitals(line) &&
           (STARTS(line, authorities) || STARTS(line, signs));
}

bool dx_state_begins_text(dx_str line) { return STARTS(line, beginnings); }

bool dx_state_is_name(dx_str line)
{
    const char *p = line.ptr, *end = dx_str_end(line);
    size_t words = 0;
    bool after_blank = true;

    if (line.len > 48 || dx_state_is_capitals(line))
        return false;
    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (c == ' ' || c == '.') {
            after_blank = true;
            continue;
        }
        if (!dx_char_is_letter(c) || (after_blank && !dx_char_is_upper(c)))
            return false;
        words += after_blank;
        after_blank = false;
    }
    return words >= 2 && words <= 6;
}

bool dx_state_is_number(dx_str id)
{
    const size_t max_bytes = 32;
    bool slash = false, capital = false;

    if (id.len == 0 || id.len > max_bytes || !dx_is_digit(id.ptr[0]))
        return false;
    for (size_t i = 0; i < id.len; i++) {
        slash |= id.ptr[i] == '/';
        capital |= id.ptr[i] >= 'A' && id.ptr[i] <= 'Z';
        if (strchr(" :?#.", id.ptr[i]))
            return false;
    }
    return slash && capital;
}

bool dx_state_title_is_number(dx_str title, dx_str *behind)
{
    const int type_words = 4;

    title = dx_trim(title);
    for (int i = 0; i <= type_words && title.len; i++) {
        const char *blank = memchr(title.ptr, ' ', title.len);
        size_t n = blank ? (size_t)(blank - title.ptr) : title.len;
        dx_str rest = dx_trim(dx_str_from_offset(title, n));
        if (dx_state_is_number((dx_str){title.ptr, n})) {
            *behind = rest;
            return rest.len == 0 || strchr("-|_\xE2", rest.ptr[0]);
        }
        title = rest;
    }
    return false;
}
