/* People, newspapers and sites. */
#include "indexer/input/html/facts/names.h"

#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/date.h"

#define PEOPLE_MAX_BYTES 100u
#define HOST_MAX 160u

/* ---- comparing ---- */

uint64_t dx_name_key(dx_str s)
{
    const uint64_t basis = 14695981039346656037u, prime = 1099511628211u;
    const char *p = s.ptr, *end = dx_str_end(s);
    uint64_t key = basis; /* FNV-1a, a letter at a time */

    while (p < end) {
        uint32_t c = dx_char_lower(dx_char_next(&p, end));
        if (dx_char_is_letter(c) || (c < 0x80 && dx_is_digit((char)c)))
            key = (key ^ c) * prime;
    }
    return key == basis ? 0 : key;
}

bool dx_names_equal(dx_str a, dx_str b)
{
    uint64_t key = dx_name_key(a);

    return key && key == dx_name_key(b);
}

/* The base letter of one with marks. */
static char bare(uint32_t c)
{
    static const char bases[] = "aaaeeiooouuy";

    if (c == 0x111)
        return 'd';
    if (c < 0x80)
        return (char)c;
    int at = dx_vowel_at(c);
    return at < 0 ? '\0' : bases[at / 6];
}

/* "Tuổi Trẻ" begins "tuoitre.example" or is begun by its "tuoitre". */
static bool is_of_host(dx_str name, dx_str host)
{
    const char *p = name.ptr, *end = dx_str_end(name);
    const size_t enough = 4, more = 12; /* " điện tử", " Online" */
    char plain[HOST_MAX] = "";
    size_t n = 0, label = 0;

    if (host.len > 4 && memcmp(host.ptr, "www.", 4) == 0)
        host = dx_str_from_offset(host, 4);
    while (label < host.len && host.ptr[label] != '.')
        label++;
    while (p < end && n < sizeof plain && n <= label + more) {
        char c = bare(dx_char_lower(dx_char_next(&p, end)));
        if (c && (dx_is_digit(c) || dx_char_is_letter((unsigned char)c)))
            plain[n++] = c;
    }
    size_t least = n < label ? n : label;
    return least >= enough && n <= label + more && label <= n + more &&
           memcmp(plain, host.ptr, least) == 0;
}

bool dx_name_is_of_page(const dx_page *p, dx_str s)
{
    uint64_t key = dx_name_key(s);

    for (size_t i = 0; i < p->site_count; i++)
        if (key && key == p->site_keys[i])
            return true;
    return false;
}

bool dx_name_is_site(const dx_page *p, dx_str s)
{
    return dx_name_is_of_page(p, s) || is_of_host(s, p->host);
}

/* ---- publishers ---- */

static bool is_domain(dx_str s)
{
    static const char *const endings[] = {".vn", ".com", ".net", ".org",
        ".info"};

    if (s.len && memchr(s.ptr, ' ', s.len))
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dx_ends_with(s, endings[i]))
            return true;
    return false;
}

bool dx_name_is_publisher(dx_str s)
{
    static const char *const starts[] = {"báo ", "tạp chí", "cổng ",
        "trang thông tin", "trang tin", "trang điện tử", "bộ ", "sở ", "cục ",
        "ubnd", "ủy ban", "uỷ ban", "đài phát", "đài truyền", "đài tiếng",
        "đài pt", "thông tấn", "ttxvn", "vietnam+", "ban quản", "ban tuyên",
        "ban chỉ", "ban dân", "ban tổ", "ban thường", "văn phòng", "trung tâm",
        "hội ", "công ty", "ctcp", "phòng ", "viện ", "trường đại", "trường cao",
        "trường thpt", "chi cục", "liên đoàn", "đảng ", "huyện ", "tỉnh ",
        "tổng cục", "nhà xuất bản", "website"};
    static const char *const papers[] = {"lao động", "người lao động",
        "tuổi trẻ", "thanh niên", "tiền phong", "nhân dân", "vnexpress",
        "dân trí", "vietnamnet", "dân việt", "nông nghiệp việt nam",
        "công an nhân dân", "quân đội nhân dân", "đại đoàn kết", "pháp luật",
        "sài gòn giải phóng", "hà nội mới", "vtv", "vov", "zing", "znews",
        "infonet", "an ninh thủ đô", "sức khỏe và đời sống", "giáo dục",
        "gia đình", "thể thao & văn hóa", "bnews", "reuters", "afp", "bbc"};

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (dx_starts_with(s, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
        size_t n = dx_starts_with(s, papers[i]);
        dx_str rest = dx_trim(dx_str_from_offset(s, n));
        if (n && (rest.len == 0 || dx_equals(rest, "online") ||
                     dx_equals(rest, "tv")))
            return true;
    }
    return is_domain(s) || dx_ends_with(s, " online") || dx_ends_with(s, " news");
}

/* ---- lines ---- */

size_t dx_count_words(dx_str line)
{
    size_t words = line.len > 0;

    for (size_t i = 0; i < line.len; i++)
        words += line.ptr[i] == ' ';
    return words;
}

dx_str dx_behind_label(dx_str s, const char *const *labels, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = dx_starts_with(s, labels[i]);
        dx_str rest = dx_trim(dx_str_from_offset(s, n));
        if (n && rest.len && rest.ptr[0] == ':')
            return dx_trim(dx_str_from_offset(rest, 1));
    }
    return s;
}

/* ---- people ---- */

/* What stands between and behind names. */
static bool is_small_word(dx_str word)
{
    static const char *const words[] = {"và", "tổng", "hợp", "lược", "dịch",
        "ghi", "thực", "hiện", "biên", "soạn", "and"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dx_equals(word, words[i]))
            return true;
    return false;
}

/* A word of a name: a capital first, no figures. */
static bool is_name_word(dx_str word)
{
    const char *p = word.ptr, *end = dx_str_end(word);
    bool capital = dx_char_is_upper(dx_char_next(&p, end));

    while (p < end) {
        uint32_t c = dx_char_next(&p, end);
        if (c < 0x80 && !dx_char_is_letter(c) && c != '\'')
            return false;
    }
    return capital;
}

bool dx_names_are_people(dx_str s)
{
    static const char separators[] = " -/&,+;.|";
    static const char *const no_people[] = {"admin", "administrator", "editor",
        "webmaster", "root", "super user", "host", "superuser account",
        "ban biên tập", "ban quản trị", "quản trị", "biên tập viên",
        "đăng bởi", "bbt", "phóng viên ", "đang cập nhật", "trang chủ"};
    const char *p = s.ptr, *end = dx_str_end(s);
    size_t words = 0;

    if (s.len < 2 || s.len > PEOPLE_MAX_BYTES || dx_name_is_publisher(s) ||
        dx_date_parse(s) != DX_DATE_UNKNOWN)
        return false;
    for (size_t i = 0; i < sizeof no_people / sizeof *no_people; i++)
        if (dx_starts_with_typed(s, no_people[i]))
            return false;
    while (p < end) {
        while (p < end && (strchr(separators, *p) ||
                              (end - p >= 3 && memcmp(p, "–", 3) == 0)))
            p += (unsigned char)*p == 0xE2 ? 3 : 1;
        const char *start = p;
        while (p < end && !strchr(separators, *p) &&
               !(end - p >= 3 && memcmp(p, "–", 3) == 0))
            p++;
        dx_str word = {start, (size_t)(p - start)};
        if (word.len && is_name_word(word))
            words++;
        else if (word.len && !is_small_word(word))
            return false;
    }
    return words >= 1 && words <= 12;
}

/* Length of the sign at the start of `s`, 0 when there is none. */
static size_t sign_len(dx_str s)
{
    if (s.len >= 3 && (memcmp(s.ptr, "–", 3) == 0 || memcmp(s.ptr, "—", 3) == 0))
        return 3;
    return s.len && strchr(" -:.,;*|", s.ptr[0]) ? 1 : 0;
}

dx_str dx_name_without_bracket(dx_str s, dx_str *bracketed)
{
    size_t n;

    *bracketed = (dx_str){NULL, 0};
    s = dx_trim(s);
    const char *open = s.len ? memrchr(s.ptr, '(', s.len) : NULL;
    if (open && open > s.ptr && s.ptr[s.len - 1] == ')') {
        size_t at = (size_t)(open - s.ptr);
        *bracketed = dx_trim((dx_str){open + 1, s.len - at - 2});
        s = dx_trim((dx_str){s.ptr, at});
    }
    while ((n = sign_len(s)) > 0)
        s = dx_str_from_offset(s, n);
    while (s.len && strchr(" -:,;*|.", s.ptr[s.len - 1]) &&
           !(s.ptr[s.len - 1] == '.' && s.len <= 8)) /* "T.H." */
        s.len--;
    return s;
}
