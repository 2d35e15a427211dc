/* Feeds and sitemaps: entries become articles, whatever the dialect and however
 * loosely they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "tests/support/listing.h"

static void check(const char *feed, const char *wanted)
{
    assert_string_equal(listing_of(&dx_source_feed, "tin.rss", feed,
                            strlen(feed)), wanted);
}

/* ---- dialects ---- */

static void rss_2_has_a_teaser_or_the_whole_text(void **state)
{
    (void)state;
    check("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
          "<rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\"><channel>"
          "<title>Tin xã Đông Sơn</title><link>https://dongson.example/</link>"
          "<item><title>Lúa đông xuân &amp; nỗi lo rét</title>"
          "<link>https://dongson.example/lua?a=1&amp;copy=2</link>"
          "<guid isPermaLink=\"false\">77</guid>"
          "<pubDate>Tue, 05 Nov 2024 23:30:00 GMT</pubDate>"
          "<dc:creator>Lò Thị Mai</dc:creator><category>Nông nghiệp</category>"
          "<category>Thời tiết</category>"
          "<description><![CDATA[<a href=\"x\"><img src=\"y\"/></a></br>Bà con che "
          "mạ.]]></description>"
          "<content:encoded><![CDATA[<p>Bà con phủ ni lông cho mạ.</p><script>x()"
          "</script><p>Xã cử cán bộ xuống đồng.</p>]]></content:encoded></item>"
          "<item><title>Họp thôn</title><link>https://dongson.example/hop</link>"
          "<author>vanphong@dongson.example (Vàng A Páo)</author>"
          "<description>Thôn họp lúc 8 giờ.</description></item>"
          "</channel></rss>",
        "[tin.rss#1]\n"
        "title: Lúa đông xuân & nỗi lo rét\n"
        "lead: Bà con che mạ.\n"
        "body: Bà con phủ ni lông cho mạ.\nXã cử cán bộ xuống đồng.\n"
        "id: https://dongson.example/lua?a=1&copy=2\n"
        "author: Lò Thị Mai\ncategory: Nông nghiệp; Thời tiết\n"
        "url: https://dongson.example/lua?a=1&copy=2\ndate: 2024-11-06\n"
        "[tin.rss#2]\n"
        "title: Họp thôn\nbody: Thôn họp lúc 8 giờ.\n"
        "id: https://dongson.example/hop\nauthor: Vàng A Páo\n"
        "url: https://dongson.example/hop\n");
}

static void atom_says_it_in_attributes(void **state)
{
    (void)state;
    check("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Bản tin</title>"
          "<link href=\"/self\" rel=\"self\"/>"
          "<entry><id>tag:x,2025:1</id><title type=\"html\">Giá &lt;b&gt;cà "
          "phê&lt;/b&gt; tăng</title><updated>2025-03-02T01:00:00Z</updated>"
          "<published>2025-02-28T01:00:00Z</published>"
          "<author><name>Y Moan</name><email>a@b.example</email></author>"
          "<link rel=\"enclosure\" href=\"https://caphe.example/a.mp3\"/>"
          "<link rel=\"alternate\" href=\"https://caphe.example/gia\"/>"
          "<category term=\"Thị trường\"/>"
          "<content type=\"xhtml\"><div><p>Giá 1 &lt; 2.</p><p>Hết <b>tin</b>.</p>"
          "</div></content></entry></feed>",
        "[tin.rss#1]\ntitle: Giá cà phê tăng\n"
        "body: Giá 1 < 2.\nHết tin.\nid: https://caphe.example/gia\n"
        "modified: 2025-03-02\nauthor: Y Moan\ncategory: Thị trường\n"
        "url: https://caphe.example/gia\ndate: 2025-02-28\n");
}

static void rdf_has_its_items_beside_the_channel(void **state)
{
    (void)state;
    check("<rdf:RDF xmlns:rdf=\"r\" xmlns=\"s\"><channel><title>K</title></channel>"
          "<item><title>Một</title><link>https://k.example/1</link>"
          "<dc:date xmlns:dc=\"d\">2023-05-06</dc:date></item></rdf:RDF>",
        "[tin.rss#1]\ntitle: Một\nid: https://k.example/1\n"
        "url: https://k.example/1\ndate: 2023-05-06\n");
}

static void exports_of_wordpress_leave_drafts_and_images_out(void **state)
{
    (void)state;
    check("<rss><channel>"
          "<item><title>Bài</title><guid>tin-5</guid><content:encoded>Đã đăng.</content:encoded>"
          "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>"
          "<item><title>Nháp</title><wp:post_type>post</wp:post_type>"
          "<wp:status>draft</wp:status></item>"
          "<item><title>anh-1</title><wp:post_type>attachment</wp:post_type>"
          "<wp:status>inherit</wp:status></item>"
          "<item><title/></item></channel></rss>",
        "[tin.rss#1]\ntitle: Bài\nbody: Đã đăng.\nid: tin-5\n"
        "[tin.rss#2] left out: unpublished\n[tin.rss#3] left out: media\n"
        "[tin.rss#4] left out: empty\n");
}

#define WXR_ITEM(title, text, more)                                            \
    "<item><title><![CDATA[" title "]]></title><content:encoded><![CDATA[" text \
    "]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>" more \
    "</item>"
#define WXR_KIND(kind, status)                                                 \
    "<wp:status><![CDATA[" status "]]></wp:status><wp:post_type><![CDATA[" kind \
    "]]></wp:post_type>"

/* As wp-admin/includes/export.php writes them. */
static void wordpress_tells_tags_from_categories_and_accounts_from_names(void **state)
{
    (void)state;
    check("<rss version=\"2.0\"><channel><title>Xã Phú Lộc</title>"
          "<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[admin]]>"
          "</wp:author_login><wp:author_display_name><![CDATA[admin]]>"
          "</wp:author_display_name></wp:author>"
          "<wp:author><wp:author_login><![CDATA[lanhuong]]></wp:author_login>"
          "<wp:author_display_name><![CDATA[Lan Hương]]></wp:author_display_name>"
          "</wp:author>"
          "<wp:category><wp:cat_name><![CDATA[Nông nghiệp]]></wp:cat_name></wp:category>"
          "<item><title><![CDATA[Được mùa]]></title><link>https://phuloc.example/1/</link>"
          "<pubDate>Sat, 08 Mar 2025 18:30:00 +0000</pubDate>"
          "<dc:creator><![CDATA[lanhuong]]></dc:creator>"
          "<guid isPermaLink=\"false\">https://phuloc.example/?p=1</guid>"
          "<description></description><content:encoded><![CDATA[<!-- wp:paragraph -->\n"
          "<p>Bà con gặt xong bốn trăm mẫu lúa.</p>\n<!-- /wp:paragraph -->]]>"
          "</content:encoded><excerpt:encoded><![CDATA[Cao nhất năm năm.]]>"
          "</excerpt:encoded>" WXR_KIND("post", "publish")
          "<wp:post_password><![CDATA[]]></wp:post_password>"
          "<category domain=\"category\" nicename=\"nong-nghiep\">"
          "<![CDATA[Nông nghiệp]]></category>"
          "<category domain=\"post_tag\" nicename=\"lua\">"
          "<![CDATA[lúa]]></category>"
          "<category domain=\"post_format\" nicename=\"post-format-video\">"
          "<![CDATA[Video]]></category>"
          "<category domain=\"category\" nicename=\"tin-xa\">"
          "<![CDATA[Tin xã]]></category>"
          "<category domain=\"post_tag\" nicename=\"dong-xuan\">"
          "<![CDATA[đông xuân]]></category>"
          "<wp:comment><wp:comment_content><![CDATA[Hay]]></wp:comment_content></wp:comment>"
          "</item><item><title><![CDATA[Họp tổ]]></title><link>https://phuloc.example/2/</link>"
          "<dc:creator><![CDATA[admin]]></dc:creator><content:encoded><![CDATA["
          "[caption id=\"a_1\" width=\"600\"]<img src=\"a.jpg\" /> Nhà văn hóa[/caption]\n\n"
          "Tổ họp bàn [1] việc làm đường [sic].\n\n[gallery ids=\"12,13\"]\n\n[toc]]]>"
          "</content:encoded>" WXR_KIND("post", "publish")
          "<category domain=\"category\" nicename=\"uncategorized\">"
          "<![CDATA[Chưa phân loại]]></category>"
          "</item></channel></rss>",
        "[tin.rss#1]\ntitle: Được mùa\nlead: Cao nhất năm năm.\n"
        "body: Bà con gặt xong bốn trăm mẫu lúa.\nid: https://phuloc.example/1/\n"
        "author: Lan Hương\ncategory: Nông nghiệp; Tin xã\ntags: lúa; đông xuân\n"
        "url: https://phuloc.example/1/\ndate: 2025-03-09\n"
        "[tin.rss#2]\ntitle: Họp tổ\nbody: Nhà văn hóa\n"
        "Tổ họp bàn [1] việc làm đường [sic].\nid: https://phuloc.example/2/\n"
        "url: https://phuloc.example/2/\n");
}

static void wordpress_leaves_out_what_is_not_published(void **state)
{
    (void)state;
    check("<rss><channel>" WXR_ITEM("Riêng", "Bài để riêng.", WXR_KIND("post", "private"))
          WXR_ITEM("Chờ", "Bài chờ duyệt.", WXR_KIND("post", "pending"))
          WXR_ITEM("Khóa", "Bài có mật khẩu.", WXR_KIND("post", "publish")
              "<wp:post_password><![CDATA[abc]]></wp:post_password>")
          WXR_ITEM("Trang chủ", " ", WXR_KIND("nav_menu_item", "publish"))
          WXR_ITEM("Đầu trang", "Mẫu", WXR_KIND("wp_template", "publish"))
          WXR_ITEM("Giới thiệu", "Xã có chín thôn.", WXR_KIND("page", "publish")
              "<guid>gioi-thieu</guid>")
          "</channel></rss>",
        "[tin.rss#1] left out: unpublished\n[tin.rss#2] left out: unpublished\n"
        "[tin.rss#3] left out: unpublished\n[tin.rss#4] left out: site-part\n"
        "[tin.rss#5] left out: site-part\n"
        "[tin.rss#6]\ntitle: Giới thiệu\nbody: Xã có chín thôn.\nid: gioi-thieu\n");
}

static void sitemaps_have_no_articles(void **state)
{
    (void)state;
    check("<?xml version=\"1.0\"?><urlset xmlns=\"s\"><url><loc>https://a.example/1"
          "</loc><lastmod>2024-01-01</lastmod></url></urlset>",
        "[tin.rss] left out: metadata\n");
    check("<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap>"
          "</sitemapindex>", "[tin.rss] left out: metadata\n");
}

/* ---- as they are written ---- */

static void loose_writing_is_taken(void **state)
{
    (void)state;
    check("\n <rss><channel><item><title>Chợ&nbsp;phiên & lễ hội</title>"
          "<guid>https://cho.example/a?x=1&y=2</guid>"
          "<description>C&ocirc; &#273;&#7891; M\x08Mây</description>"
          "</item></channel></rss>\n",
        "[tin.rss#1]\ntitle: Chợ phiên & lễ hội\nbody: Cô đồ MMây\n"
        "id: https://cho.example/a?x=1&y=2\nurl: https://cho.example/a?x=1&y=2\n");
}

static void what_comes_before_damage_counts(void **state)
{
    (void)state;
    check("<rss><channel><item><title>Một</title><link>https://m.example/1</link>"
          "</item>\n<item><title>Hai</title>",
        "[tin.rss#1]\ntitle: Một\nid: https://m.example/1\n"
        "url: https://m.example/1\n"
        "failed: the XML is damaged in line 2: no element found\n");
    check("<svg><path/></svg>", "failed: XML that is no feed\n");
    check("", "failed: the XML is damaged in line 1: no element found\n");
    check("<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss/>",
        "failed: the XML is damaged in line 1: it declares entities of its own\n");
}

/* Pieces of it end anywhere: within texts, entities' neighbours, CDATA. */
static void a_feed_of_any_size_is_read_alike(void **state)
{
    dx_buf feed, wanted;

    (void)state;
    dx_buf_init(&feed, SIZE_MAX);
    dx_buf_init(&wanted, SIZE_MAX);
    dx_buf_puts(&feed, "\xEF\xBB\xBF<?xml version=\"1.0\"?><rss><channel>");
    for (int i = 1; i <= 4000; i++) {
        dx_buf_printf(&feed, "<item><guid>g%d</guid><title>Tin %d</title><description>", i,
            i);
        dx_buf_printf(&wanted, "[tin.rss#%d]\ntitle: Tin %d\nbody: ", i, i);
        if (i % 2)
            dx_buf_puts(&feed, "<![CDATA[<p>Một & hai > không</p>\n<p>");
        else
            dx_buf_puts(&feed, "Một & hai &gt; không&lt;br&gt; ");
        dx_buf_puts(&wanted, "Một & hai > không\n");
        for (int k = 0; k < i % 97 + 1; k++) {
            dx_buf_puts(&feed, i % 2 ? "<b>ruộng</b> bậc " : "ruộng&nbsp;bậc\n");
            dx_buf_puts(&wanted, k ? " ruộng bậc" : "ruộng bậc");
        }
        dx_buf_puts(&feed, i % 2 ? "</p>]]>" : "");
        dx_buf_puts(&feed, "</description></item>\n");
        dx_buf_printf(&wanted, "\nid: g%d\n", i);
    }
    dx_buf_puts(&feed, "</channel></rss>");
    assert_true(feed.len > 3u << 20);
    const char *got = listing_of(&dx_source_feed, "tin.rss", feed.data, feed.len);
    const char *want = dx_buf_cstr(&wanted);
    size_t same = 0;
    while (got[same] && got[same] == want[same])
        same++;
    if (got[same] != want[same])
        fail_msg("at %zu: %.200s\n---\n%.200s", same, got + (same > 60 ? same - 60 : 0),
            want + (same > 60 ? same - 60 : 0));
    dx_buf_free(&feed);
    dx_buf_free(&wanted);
}

static void feeds_are_known_by_their_root(void **state)
{
    static const struct { const char *text; bool is_feed; } cases[] = {
        {"<rss version=\"2.0\">", true}, {"<?xml version='1.0'?>\n<feed>", true},
        {"<?xml version='1.0'?><!-- a > b --><rdf:RDF xmlns=\"\">", true},
        {"<?xml-stylesheet href='a'?><urlset >", true}, {"<rssx>", false},
        {"<html><rss>", false}, {"<!doctype html><rss>", true}, {"<!--", false},
        {"<rss", false}, {"", false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dx_source_feed.is_sure(dx_str_from(cases[i].text)) !=
            cases[i].is_feed)
            fail_msg("%s", cases[i].text);
}

static void a_failed_allocation_is_reported(void **state)
{
    static const char feed[] = "<rss><channel><item><title>Một</title>"
        "<description>&lt;p&gt;Hai &amp; ba</description></item></channel></rss>";
    const char *listing = NULL;

    (void)state;
    for (int64_t n = 0; !listing; n++) {
        dx_mem_fail_after(n);
        listing = listing_of(&dx_source_feed, "a", feed, sizeof feed - 1);
        dx_mem_fail_after(-1);
        assert_true(n < 2000);
    }
    assert_non_null(strstr(listing, "body: Hai & ba"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss_2_has_a_teaser_or_the_whole_text),
        cmocka_unit_test(atom_says_it_in_attributes),
        cmocka_unit_test(rdf_has_its_items_beside_the_channel),
        cmocka_unit_test(exports_of_wordpress_leave_drafts_and_images_out),
        cmocka_unit_test(wordpress_tells_tags_from_categories_and_accounts_from_names),
        cmocka_unit_test(wordpress_leaves_out_what_is_not_published),
        cmocka_unit_test(sitemaps_have_no_articles),
        cmocka_unit_test(loose_writing_is_taken),
        cmocka_unit_test(what_comes_before_damage_counts),
        cmocka_unit_test(a_feed_of_any_size_is_read_alike),
        cmocka_unit_test(feeds_are_known_by_their_root),
        cmocka_unit_test(a_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
