/* Messages: mail in every encoding, what is attached to it, and saved pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "tests/support/listing.h"

static void check(const char *mail, const char *wanted)
{
    assert_string_equal(listing_of(&dx_source_mail, "thu.eml", mail,
                            strlen(mail)), wanted);
}

/* ---- mail ---- */

static void a_plain_message_is_an_article(void **state)
{
    (void)state;
    check("From: \"=?utf-8?Q?L=C3=AA_Th=E1=BB=8B?= =?utf-8?B?IELhuqN5?=\" "
          "<bay@thon.example>\r\n"
          "Subject: =?UTF-8?B?SOG7jXAgdGjDtG4gdOG7kWk=?=\r\n =?UTF-8?Q?_mai?=\r\n"
          "Date: Thu, 06 Mar 2025 20:10:00 +0700\r\nMessage-ID: <77@thon.example>\r\n"
          "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
          "B=C3=A0 con nh=E1=BB=9B mang =\r\ngh=E1=BA=BF & n=C6=B0=E1=BB=9Bc.\r\n"
          "1 < 2.\r\n",
        "[thu.eml]\ntitle: Họp thôn tối mai\n"
        "body: Bà con nhớ mang ghế & nước.\n1 < 2.\n"
        "id: 77@thon.example\nauthor: Lê Thị Bảy\ndate: 2025-03-06\n");
}

static void of_two_forms_html_is_read(void **state)
{
    (void)state;
    check("Subject: Gi\xE1\xBB\x91ng l\xC3\xBA" "a\nFrom: htx@thon.example\n"
          "Content-Type: multipart/alternative; boundary=\"b 1\"\n\nlời tựa\n"
          "--b 1\nContent-Type: text/plain\n\nchữ trơn\n"
          "--b 1\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
          "PHA+SOG7o3AgdMOhYyB4w6M8L3A+PHA+\r\nbmjhuq1uIGdp4buRbmc8L3A+\n"
          "--b 1--\nlời cuối\n",
        "[thu.eml]\ntitle: Giống lúa\nbody: Hợp tác xã\nnhận giống\n"
        "id: thu.eml\n");
}

static void attachments_are_files(void **state)
{
    (void)state;
    check("Subject: K\xC3\xA8m\nContent-Type: multipart/mixed; boundary=x\n\n"
          "--x\n\nXem tệp kèm.\n"
          "--x\nContent-Type: application/json; name=\"tin.json\"\n\n"
          "[{\"id\":\"1\",\"title\":\"Một\"},{\"id\":\"2\",\"title\":\"Hai\"}]\n"
          "--x\nContent-Type: image/png; name=a.png\n\nPNG\n"
          "--x\nContent-Type: application/octet-stream\n"
          "Content-Disposition: attachment; filename=\"ghi chu.txt\"\n\n"
          "Ghi chép cuộc họp của thôn.\n"
          "--x\nContent-Type: message/rfc822\n\n"
          "Subject: B\xC3\xAAn trong\n\nThư trong thư.\n--x--\n",
        "[thu.eml/tin.json#1]\ntitle: Một\nid: 1\n"
        "[thu.eml/tin.json#2]\ntitle: Hai\nid: 2\n"
        "[thu.eml/a.png] left out: other\n"
        "[thu.eml/ghi chu.txt]\ntitle: Ghi chép cuộc họp của thôn\n"
        "body: Ghi chép cuộc họp của thôn.\nid: thu.eml/ghi chu.txt\n"
        "[thu.eml/thu.eml]\ntitle: Bên trong\nbody: Thư trong thư.\n"
        "id: thu.eml/thu.eml\n"
        "[thu.eml]\ntitle: Kèm\nbody: Xem tệp kèm.\nid: thu.eml\n");
}

/* ---- saved pages ---- */

static void a_saved_page_is_its_page(void **state)
{
    (void)state;
    check("From: <Saved by Blink>\r\n"
          "Snapshot-Content-Location: https://cho.example/phien\r\n"
          "Subject: Ch\xE1\xBB\xA3 phi\xC3\xAAn\r\nDate: Sat, 1 Feb 2025 08:00:00 +0700\r\n"
          "MIME-Version: 1.0\r\n"
          "Content-Type: multipart/related; type=\"text/html\"; boundary=\"--=x\"\r\n"
          "\r\n----=x\r\nContent-Type: text/html\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n"
          "Content-Location: https://cho.example/phien\r\n\r\n"
          "<html><head><title>Ch=E1=BB=A3 phi=C3=AAn v=C3=B9ng cao</title></head>"
          "<body><p>Ch=E1=BB=A3 h=E1=BB=8Dp t=E1=BB=AB tinh m=C6=A1, b=C3=A0 con =\r\n"
          "mang rau, g=C3=A0, v=E1=BA=A3i d=E1=BB=87t xu=E1=BB=91ng b=C3=A1n.</p></body>"
          "</html>\r\n----=x\r\nContent-Type: text/css\r\n"
          "Content-Location: cid:css\r\n\r\na { }\r\n----=x\r\n"
          "Content-Type: text/html\r\nContent-Location: cid:khung\r\n\r\n"
          "<p>khung quảng cáo</p>\r\n----=x--\r\n",
        "[thu.eml]\ntitle: Chợ phiên vùng cao\n"
        "body: Chợ họp từ tinh mơ, bà con mang rau, gà, vải dệt xuống bán.\n"
        "id: https://cho.example/phien\nurl: https://cho.example/phien\n"
        "date: 2025-02-01\n");
}

/* ---- damage ---- */

static void a_missing_boundary_is_told(void **state)
{
    (void)state;
    check("Subject: D\xE1\xBB\x9F dang\nContent-Type: multipart/mixed; boundary=x\n\n"
          "--x\n\nPhần còn lại bị c\xE1\xBA\xAFt\n",
        "[thu.eml]\ntitle: Dở dang\nbody: Phần còn lại bị cắt\nid: thu.eml\n"
        "[thu.eml] fault: the message ends within its parts; is the file "
        "complete?\n");
    check("Subject: Kh\xC3\xB4ng\nContent-Type: multipart/mixed\n\n--x\n\nchữ\n",
        "[thu.eml]\ntitle: Không\nid: thu.eml\n"
        "[thu.eml] fault: the message ends within its parts; is the file "
        "complete?\n");
}

static void parts_do_not_nest_forever(void **state)
{
    char mail[4000] = "Subject: S\xC3\xA2u\n";

    (void)state;
    for (int i = 0; i < 20; i++)
        sprintf(mail + strlen(mail),
            "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
    check(mail, "failed: parts within parts more than 8 deep\n");
}

static void messages_are_known_by_their_headers(void **state)
{
    static const struct { const char *text; bool is_mail; } cases[] = {
        {"Return-Path: <a@b>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n",
            true},
        {"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
         " boundary=x\n\n", true},
        {"Kính gửi: ông Ba\nMIME-Version: 1.0\nContent-Type: a\n\n", false},
        {"Subject: x\nContent-Type: text/html\n\nMIME-Version: 1.0\n", false},
        {"", false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dx_source_mail.is_sure(dx_str_from(cases[i].text)) !=
            cases[i].is_mail)
            fail_msg("%s", cases[i].text);
}

static void a_failed_allocation_is_reported(void **state)
{
    static const char mail[] =
        "Subject: =?utf-8?Q?M=E1=BB=99t?=\nContent-Type: multipart/mixed; "
        "boundary=x\n\n--x\nContent-Transfer-Encoding: base64\n\nSGFp\n--x\n"
        "Content-Type: text/plain; name=ba.txt\n\nba\n--x--\n";
    const char *listing = NULL;

    (void)state;
    for (int64_t n = 0; !listing; n++) {
        dx_mem_fail_after(n);
        listing = listing_of(&dx_source_mail, "a", mail, sizeof mail - 1);
        dx_mem_fail_after(-1);
        assert_true(n < 2000);
    }
    assert_non_null(strstr(listing, "body: Hai"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_message_is_an_article),
        cmocka_unit_test(of_two_forms_html_is_read),
        cmocka_unit_test(attachments_are_files),
        cmocka_unit_test(a_saved_page_is_its_page),
        cmocka_unit_test(a_missing_boundary_is_told),
        cmocka_unit_test(parts_do_not_nest_forever),
        cmocka_unit_test(messages_are_known_by_their_headers),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
