/* Encodings: every letter survives, each is told from the others, and what is
 * no known encoding still comes out as text. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "indexer/input/chars/charset.h"
#include "indexer/input/chars/chars.h"
#include "indexer/input/chars/repair.h"
#include "indexer/input/byte_stream.h"

/* All letters with marks; each encoding below lists its bytes in this order. */
static const char small_letters[] =
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";
static const char capital_letters[] =
    "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ";
#define LETTERS 67

static const unsigned char tcvn3_small[LETTERS] = {
    0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xA9,
    0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xAE, 0xCC, 0xCE, 0xCF, 0xD0, 0xD1, 0xAA,
    0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE, 0xDF, 0xE1,
    0xE2, 0xE3, 0xE4, 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xAC, 0xEA, 0xEB,
    0xEC, 0xED, 0xEE, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xAD, 0xF5, 0xF6, 0xF7,
    0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE};

/* VNI: a base letter and a mark, in Latin-1; a capital mark is 0x20 less. */
static const char *const vni_small[LETTERS] = {
    "a\xF8", "a\xFB", "a\xF5", "a\xF9", "a\xEF", "a\xEA", "a\xE8", "a\xFA",
    "a\xFC", "a\xE9", "a\xEB", "a\xE2", "a\xE0", "a\xE5", "a\xE3", "a\xE1",
    "a\xE4", "\xF1", "e\xF8", "e\xFB", "e\xF5", "e\xF9", "e\xEF", "e\xE2",
    "e\xE0", "e\xE5", "e\xE3", "e\xE1", "e\xE4", "\xEC", "\xE6", "\xF3",
    "\xED", "\xF2", "o\xF8", "o\xFB", "o\xF5", "o\xF9", "o\xEF", "o\xE2",
    "o\xE0", "o\xE5", "o\xE3", "o\xE1", "o\xE4", "\xF4", "\xF4\xF8",
    "\xF4\xFB", "\xF4\xF5", "\xF4\xF9", "\xF4\xEF", "u\xF8", "u\xFB",
    "u\xF5", "u\xF9", "u\xEF", "\xF6", "\xF6\xF8", "\xF6\xFB", "\xF6\xF5",
    "\xF6\xF9", "\xF6\xEF", "y\xF8", "y\xFB", "y\xF5", "y\xF9", "\xEE"};

/* The number of a letter in one of the lists, or -1. */
static int number_in(const char *letters, uint32_t wanted)
{
    const char *p = letters, *end = p + strlen(letters);

    for (int i = 0; p < end; i++)
        if (dx_char_next(&p, end) == wanted)
            return i;
    return -1;
}

/* The plain letter and the shape a capital with a tone stands on in TCVN3. */
static unsigned char tcvn3_base(int letter)
{
    static const struct { int first; unsigned char base; } groups[] = {
        {62, 'Y'}, {56, 0xA6}, {51, 'U'}, {45, 0xA5}, {39, 0xA4}, {34, 'O'},
        {29, 'I'}, {23, 0xA3}, {18, 'E'}, {17, 0xA7}, {11, 0xA2}, {5, 0xA1},
        {0, 'A'}};

    for (size_t i = 0; ; i++)
        if (letter >= groups[i].first)
            return groups[i].base;
}

static bool is_bare_shape(int letter) /* ă â đ ê ô ơ ư */
{
    return letter == 5 || letter == 11 || letter == 17 || letter == 23 ||
           letter == 39 || letter == 45 || letter == 56;
}

static void put_legacy(dx_buf *out, dx_charset charset, uint32_t c)
{
    int small = number_in(small_letters, c);
    int capital = number_in(capital_letters, c);
    int letter = small >= 0 ? small : capital;

    if (letter < 0) {
        dx_buf_putc(out, (char)c);
    } else if (charset == DX_CHARSET_TCVN3) {
        if (capital >= 0)
            dx_buf_putc(out, (char)tcvn3_base(letter));
        if (small >= 0 || !is_bare_shape(letter))
            dx_buf_putc(out, (char)tcvn3_small[letter]);
    } else {
        for (const char *p = vni_small[letter]; *p; p++)
            dx_buf_putc(out, (char)(capital >= 0 ? *p - 0x20 : *p));
    }
}

/* `text` of ASCII and Vietnamese letters in another encoding. */
static void encode(dx_str text, dx_charset charset, dx_buf *out)
{
    static const char *const names[] = {[DX_CHARSET_UTF16LE] = "UTF-16LE",
        [DX_CHARSET_UTF16BE] = "UTF-16BE", [DX_CHARSET_CP1258] = "CP1258",
        [DX_CHARSET_VISCII] = "VISCII"};
    const char *p = text.ptr, *end = p + text.len;

    dx_buf_clear(out);
    if (charset == DX_CHARSET_UTF8) {
        dx_buf_put_str(out, text);
        return;
    }
    if (charset == DX_CHARSET_TCVN3 || charset == DX_CHARSET_VNI) {
        while (p < end)
            put_legacy(out, charset, dx_char_next(&p, end));
        return;
    }
    if (charset == DX_CHARSET_UTF16LE || charset == DX_CHARSET_UTF16BE)
        dx_buf_puts(out, charset == DX_CHARSET_UTF16LE ? "\xFF\xFE"
                                                       : "\xFE\xFF");
    iconv_t cd = iconv_open(names[charset], "UTF-8");
    assert_true(cd != (iconv_t)-1);
    size_t left = text.len, room = text.len * 4, before = out->len;
    char *in = (char *)(uintptr_t)text.ptr;
    char *at = (char *)dx_buf_extend(out, room);
    assert_int_not_equal(iconv(cd, &in, &left, &at, &room), (size_t)-1);
    out->len = (size_t)(at - (char *)out->data);
    assert_true(out->len > before && left == 0);
    iconv_close(cd);
}

static void check_round_trip(dx_str text, dx_charset charset)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_charset found;
    dx_str back;
    size_t skip;
    dx_buf bytes;

    dx_buf_init(&bytes, SIZE_MAX);
    encode(text, charset, &bytes);
    dx_str raw = {(const char *)bytes.data, bytes.len};
    assert_int_equal(dx_charset_detect(raw, &found, &skip, NULL), DX_OK);
    assert_int_equal(found, charset);
    assert_int_equal(dx_charset_to_utf8(raw, &arena, &back, NULL), DX_OK);
    assert_int_equal(back.len, text.len);
    assert_memory_equal(back.ptr, text.ptr, text.len);
    dx_buf_free(&bytes);
    dx_arena_free(&arena);
}

static void check_all_charsets(dx_str text)
{
    for (int c = DX_CHARSET_UTF8; c <= DX_CHARSET_VISCII; c++)
        check_round_trip(text, (dx_charset)c);
}

static const char sentence[] =
    "Sáng nay, Ủy ban nhân dân tỉnh Bắc Giang tổ chức hội nghị trực tuyến về "
    "chuyển đổi số với 238 điểm cầu. Đồng chí Chủ tịch đề nghị các sở, ngành "
    "khẩn trương rà soát thủ tục, xử lý dứt điểm hồ sơ quá hạn. ";

static void utf16_needs_no_byte_order_mark(void **state)
{
    static const dx_charset both[] = {DX_CHARSET_UTF16LE, DX_CHARSET_UTF16BE};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        dx_charset found;
        size_t skip;
        dx_buf bytes;
        dx_buf_init(&bytes, SIZE_MAX);
        encode(dx_str_from(sentence), both[i], &bytes);
        dx_str raw = {(const char *)bytes.data + 2, bytes.len - 2};
        assert_int_equal(dx_charset_detect(raw, &found, &skip, NULL), DX_OK);
        assert_int_equal(found, both[i]);
        assert_int_equal(skip, 0);
        dx_buf_free(&bytes);
    }
}

static void a_zero_or_two_are_no_utf16(void **state)
{
    static const char text[] = "Hà Nội\0 sáng nay\0 có mưa ";
    dx_charset found;
    size_t skip;

    (void)state;
    dx_str bytes = {text, sizeof text - 1};
    assert_int_equal(dx_charset_detect(bytes, &found, &skip, NULL), DX_OK);
    assert_int_equal(found, DX_CHARSET_UTF8);
}

/* Paragraphs are cut into pieces at blanks, where there are any. */
static void a_word_of_any_length_is_passed(void **state)
{
    enum { LONG = 100000 };
    char *text = malloc(LONG + 2);
    dx_arena arena = DX_ARENA_INIT;
    dx_str out;

    (void)state;
    for (size_t blank = 0; blank < 3; blank++) {
        memset(text, 'a', LONG);
        text[blank * 16380] = ' ';
        memcpy(text + LONG, "\xC2\xB8", 2);
        assert_int_equal(dx_repair((dx_str){text, LONG + 2}, &arena, &out, NULL,
            NULL), DX_OK);
        assert_int_equal(out.len, LONG + 2);
    }
    dx_arena_free(&arena);
    free(text);
}

static void every_letter_survives_every_encoding(void **state)
{
    char text[4096];

    (void)state;
    int n = snprintf(text, sizeof text, "%s%s %s %s", sentence, small_letters,
        capital_letters, sentence);
    check_all_charsets((dx_str){text, (size_t)n});
}

/* The articles of the corpus, less what VISCII cannot write. */
static void put_encodable(dx_buf *out, dx_str text)
{
    const char *p = text.ptr, *end = p + text.len;

    while (p < end) {
        const char *at = p;
        uint32_t c = dx_char_next(&p, end);
        if (c < 0x80 || number_in(small_letters, c) >= 0 ||
            number_in(capital_letters, c) >= 0)
            dx_buf_put(out, at, (size_t)(p - at));
    }
}

static void articles_survive_every_encoding(void **state)
{
    static const char *const files[] = {
        "bac-giang-portal/hoi-nghi-chuyen-doi-so.txt",
        "luu-tru-cu/dau-cu-thanh-hoa-hop-hoi-dong.txt",
        "dan-toc/kon-tum-nha-rong-va-nguon-nuoc.txt",
        "so-y-te/ca-mau-quyen-loi-bao-hiem-y-te-moi.txt"};

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];
        dx_byte_stream *r;
        dx_str bytes;
        dx_buf text;
        snprintf(path, sizeof path, "%s/corpus/txt/%s", DX_SOURCE_DIR,
            files[i]);
        assert_int_equal(dx_byte_stream_open(path, &r, NULL), DX_OK);
        assert_int_equal(dx_byte_stream_all(r, &bytes, NULL), DX_OK);
        dx_buf_init(&text, SIZE_MAX);
        put_encodable(&text, bytes);
        check_all_charsets((dx_str){(const char *)text.data, text.len});
        dx_buf_free(&text);
        dx_byte_stream_close(r);
    }
}

static void short_texts_are_recognised(void **state)
{
    static const char *const texts[] = {
        "Kế hoạch chuyển đổi số năm 2024 của tỉnh Bắc Giang",
        "Thông báo nghỉ Tết Nguyên đán",
        "Hội nghị trực tuyến toàn quốc về cải cách hành chính"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_all_charsets(dx_str_from(texts[i]));
}

/* ---- what bytes become ---- */

static void check_text(const char *bytes, size_t len, const char *text)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_str out;

    assert_int_equal(dx_charset_to_utf8((dx_str){bytes, len}, &arena, &out,
                         NULL), DX_OK);
    assert_int_equal(out.len, strlen(text));
    assert_memory_equal(out.ptr, text, out.len);
    dx_arena_free(&arena);
}

static void byte_order_marks_are_passed_over(void **state)
{
    (void)state;
    check_text("\xEF\xBB\xBF" "m\xE1\xBB\x9Bi", 8, "mới");
    check_text("\xFF\xFEm\0\xDB\x1Ei\0", 8, "mới");
    check_text("\xFE\xFF\0m\x1E\xDB\0i", 8, "mới");
}

static void utf16_pairs_and_halves(void **state)
{
    (void)state;
    check_text("\xFE\xFF\xD8\x3D\xDE\x00\0a", 8, "\xF0\x9F\x98\x80" "a");
    check_text("\xFE\xFF\xDE\x00\0a", 6, "\xEF\xBF\xBD" "a");
    check_text("\xFF\xFEm\0x", 5, "m"); /* an odd byte at the end */
}

static void tcvn3_capitals_share_the_small_codes(void **state)
{
    (void)state;
    /* "Ở đây" in a small font, as files have it, is "ở đây" to a decoder */
    check_text("\xEB \xAE\xA9y, t\xD8nh B\xBE" "c Giang \xAE\xAE", 24,
        "ở đây, tỉnh Bắc Giang đđ");
}

static void signs_of_windows_in_viscii(void **state)
{
    static const char quoted[] = "\x93M\xB5t \xF0\xD1" "a b\xE9\x94 \x96 "
                                 "\x91\xF0\xF3\x92, M\x93T CH\x94\x85";
    static const char dash[] = "\x97 Hu\xAA, m\xB5t ng\xDF\xB6i \x97 ai?";

    (void)state;
    check_text(quoted, sizeof quoted - 1, "“Một đứa bé” – ‘đó’, MỘT CHỢ…");
    check_text(dash, sizeof dash - 1, "Ở Huế, một người — ai?");
}

/* One paragraph among many sound ones, wherever a scan would step over it. */
static void one_paragraph_is_found_anywhere(void **state)
{
    static const char sound[] = "Sáng nay trời mưa nhỏ trên đồng. ";
    static const struct { const char *wrong, *right; } cases[] = {
        {"Huye^.n mie^`n nu'i mo+? lo+'p", "Huyện miền núi mở lớp"},
        {"Huyêòn miêÌn nuìi mõÒ lõìp hoòc", "Huyện miền núi mở lớp học"},
        {"Huy&#7879;n miền núi", "Huyện miền núi"}};
    dx_arena arena = DX_ARENA_INIT;
    char text[4096], right[4096];
    dx_str out;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int before = 0; before < 40; before++) {
            int n = 0, m = 0;
            for (int k = 0; k < 40; k++) {
                n += sprintf(text + n, "%s\n", k == before ? cases[i].wrong : sound);
                m += sprintf(right + m, "%s\n", k == before ? cases[i].right : sound);
            }
            assert_int_equal(dx_repair((dx_str){text, (size_t)n}, &arena, &out, NULL,
                NULL), DX_OK);
            assert_int_equal(out.len, m);
            assert_memory_equal(out.ptr, right, (size_t)m);
        }
    dx_arena_free(&arena);
}

static void damaged_utf8_stays_utf8(void **state)
{
    dx_charset charset;
    size_t skip;
    dx_str s = DX_STR_LIT("Chuyển đổi số ở tỉnh Bắc Giang \xE1\xBB, xã hội");

    (void)state;
    assert_int_equal(dx_charset_detect(s, &charset, &skip, NULL), DX_OK);
    assert_int_equal(charset, DX_CHARSET_UTF8);
}

static void western_text_is_read_as_windows(void **state)
{
    (void)state;
    check_text("Caf\xE9 \x96 na\xEFve r\xE9sum\xE9", 19,
        "Café – naïve résumé");
}

static void empty_and_ascii_are_utf8(void **state)
{
    (void)state;
    check_text("", 0, "");
    check_text("plain", 5, "plain");
}

static void any_bytes_become_well_formed_utf8(void **state)
{
    uint32_t seed = 7;
    char bytes[300];

    (void)state;
    for (int round = 0; round < 3000; round++) {
        dx_arena arena = DX_ARENA_INIT;
        dx_charset charset;
        size_t n = 0, skip;
        dx_str out;
        while (n < sizeof bytes) {
            seed = seed * 1664525u + 1013904223u;
            bytes[n++] = (char)(seed >> 24);
        }
        dx_str in = {bytes, 1 + seed % sizeof bytes};
        assert_int_equal(dx_charset_detect(in, &charset, &skip, NULL), DX_OK);
        assert_int_equal(dx_charset_to_utf8(in, &arena, &out, NULL), DX_OK);
        if (charset != DX_CHARSET_UTF8)
            assert_int_equal(dx_utf8_valid_prefix(out), out.len);
        dx_arena_free(&arena);
    }
}

static size_t valid_prefix_by_characters(dx_str s)
{
    size_t at = 0, n;

    while (at < s.len && (n = dx_char_len(s.ptr + at, s.ptr + s.len)) != 0)
        at += n;
    return at;
}

/* Mostly well-formed texts, now and then with a wrong byte. */
static void the_first_ill_formed_byte_is_found(void **state)
{
    uint32_t seed = 11;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        char text[600] = {0};
        size_t n = 0;
        seed = seed * 1664525u + 1013904223u;
        size_t len = seed >> 16 & 511;
        bool vietnamese = seed >> 25 & 1;
        while (n < len) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t kind = seed >> 24;
            if (kind == 0)
                text[n++] = (char)(seed >> 16);
            else if (kind < 120)
                n += dx_char_put(text + n, seed >> 8 & 0x7F);
            else if (vietnamese)
                n += dx_char_put(text + n, 0x1EA0 + (seed >> 8 & 0x5F));
            else
                n += dx_char_put(text + n, 0x80 + (seed >> 8 & 0x7FFF));
        }
        char *copy = malloc(len ? len : 1); /* exact, for the sanitizer */
        memcpy(copy, text, len);
        dx_str s = {copy, len};
        assert_int_equal(dx_utf8_valid_prefix(s),
            valid_prefix_by_characters(s));
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_ill_formed_byte_is_found),
        cmocka_unit_test(utf16_needs_no_byte_order_mark),
        cmocka_unit_test(a_zero_or_two_are_no_utf16),
        cmocka_unit_test(a_word_of_any_length_is_passed),
        cmocka_unit_test(every_letter_survives_every_encoding),
        cmocka_unit_test(articles_survive_every_encoding),
        cmocka_unit_test(short_texts_are_recognised),
        cmocka_unit_test(byte_order_marks_are_passed_over),
        cmocka_unit_test(utf16_pairs_and_halves),
        cmocka_unit_test(tcvn3_capitals_share_the_small_codes),
        cmocka_unit_test(signs_of_windows_in_viscii),
        cmocka_unit_test(one_paragraph_is_found_anywhere),
        cmocka_unit_test(damaged_utf8_stays_utf8),
        cmocka_unit_test(western_text_is_read_as_windows),
        cmocka_unit_test(empty_and_ascii_are_utf8),
        cmocka_unit_test(any_bytes_become_well_formed_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
