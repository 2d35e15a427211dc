/* field.h -- the fields of an article: one table, a row a field.
 *
 * Whoever does something with every field loops over this table: input, content
 * hash, stored fields, attributes, queries, filters, facets, output, dump. So a
 * new field is a new row here, and a line of documentation.
 *
 * A row of DX_FIELD_MAP has:
 *
 *     id, name    DX_FIELD_SOURCE, and `source` in C, in JSON and in dumps
 *     number      its name in the index, forever: below 62, docs/FORMAT.md
 *     kind        what it holds: dx_field_kind
 *     find        how a query finds articles by it: dx_field_find
 *     show        where it is shown: a sum of dx_field_show
 *     input       its names in JSON and tables that are indexed, in any case, with
 *                 or without marks, underscores, hyphens and blanks
 *                 (input_name.h); the first one that has a usable value counts
 *     query       its names in queries, in small letters, without underscores,
 *                 Vietnamese ones with and without marks; dx writes the first
 *     vi, en      its label, for people
 *
 * The order is that of facets and of output. */
#ifndef DX_INDEX_FIELD_FIELD_H
#define DX_INDEX_FIELD_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

typedef enum dx_field_kind {
    DX_KIND_TEXT,   /* paragraphs, a line each */
    DX_KIND_LINE,   /* one line */
    DX_KIND_VALUE,  /* a value that other articles may have, too */
    DX_KIND_MAKER,  /* likewise, of who made it: the bodies of the state that it
                       names are agencies of the article, too */
    DX_KIND_VALUES, /* several, joined by "; ": names that have commas in them */
    DX_KIND_LIST,   /* several values, joined by ", " */
    DX_KIND_DATE,   /* YYYY-MM-DD */
    DX_KIND_NUMBER, /* digits */
    DX_KIND_FLAG,   /* "1", or absent */
    DX_KIND_OBJECT, /* JSON: what the input has beside all these */
    DX_KIND_DAY,    /* a column of the index, not a stored string */
    DX_KIND_FOUND   /* not stored: found in the text or in other fields */
} dx_field_kind;

typedef enum dx_field_find {
    DX_FIND_NOT,
    DX_FIND_WORDS,  /* words in this part of the text */
    DX_FIND_PART,   /* articles whose stored string has the value in it */
    DX_FIND_DAY,    /* articles within a range of days, by the column */
    /* by attributes, which the index has of these (attribute.h): */
    DX_FIND_VALUE,  /* articles that have this value, however it is spelt */
    DX_FIND_PROVINCE,  /* likewise, also by names that the province had */
    DX_FIND_HOST,   /* likewise, also hosts under it */
    DX_FIND_DOCNO,  /* likewise, and those with this number in their text */
    DX_FIND_DAYS,   /* articles within a range of days */
    DX_FIND_SELF    /* for dx's own use: in no query */
} dx_field_find;

typedef enum dx_field_show {
    DX_SHOW_ALWAYS = 1, /* in JSON even if empty, as in version 0.1 */
    DX_SHOW_FACET = 2,  /* its values are counted */
    DX_SHOW_ON_PAGE = 4, /* and offered on the page of dxsearch.cgi */
    DX_SHOW_NEVER = 8    /* for dx's own use: in no answer */
} dx_field_show;

/* clang-format off */
#define DX_FIELD_MAP(X)                                                        \
    X(TITLE, title, 30, LINE, WORDS, 0,                                        \
        ("title", "headline", "tieu_de", "ten_bai", "ten_bai_viet",            \
            "tieu_de_bai_viet", "tieu_de_tin", "ten_van_ban", "post_title",    \
            "article_title", "title_vi", "subject", "heading", "name",         \
            "ten"),                                                            \
        ("title", "intitle", "tieude", "tiêuđề"), "Tiêu đề", "Title")          \
    X(LEAD, lead, 31, TEXT, WORDS, 0,                                          \
        ("lead", "abstract", "sapo", "description", "summary", "excerpt",      \
            "tom_tat", "trich_yeu", "trich_yeu_noi_dung", "mo_ta",             \
            "mo_ta_ngan", "standfirst", "teaser", "intro", "introduction",     \
            "subtitle", "short_description", "meta_description",               \
            "og_description", "post_excerpt", "content_snippet", "notes",      \
            "gioi_thieu"),                                                     \
        ("lead", "sapo"),                                                      \
        "Tóm tắt", "Summary")                                                  \
    X(BODY, body, 32, TEXT, WORDS, 0,                                          \
        ("body", "content", "text", "article_body", "noi_dung",                \
            "noi_dung_bai_viet", "noi_dung_chi_tiet", "noi_dung_van_ban",      \
            "toan_van", "than_bai", "chi_tiet", "full_text", "content_html",   \
            "content_text", "body_html", "body_text", "article_text",          \
            "article_content", "post_content", "main_text", "page_content",    \
            "full_content", "cleaned_text", "plain_text", "raw_text",          \
            "raw_content", "content_encoded", "detail", "story", "article",    \
            "paragraphs", "markdown", "html", "raw_html", "page_html"),        \
        ("body", "intext", "noidung", "nộidung"), "Nội dung", "Text")          \
    X(ID, id, 0, LINE, NOT, 0,                                                 \
        ("id", "article_id", "post_id", "news_id", "doc_id", "document_id",    \
            "item_id", "uuid", "guid", "ma_bai", "ma_bai_viet", "ma_tin",      \
            "id_bai_viet"),                                                    \
        (NULL), "Mã", "Id")                                                    \
    X(DATE, date, 33, DAY, DAY, DX_SHOW_ALWAYS,                                \
        ("date", "published", "pubdate", "publish_date", "published_at",       \
            "date_published", "publication_date", "published_date",            \
            "date_publish", "published_time", "publish_time", "published_on",  \
            "publish_at", "pub_time", "ngay_dang", "ngay_dang_tin",            \
            "ngay_dang_bai", "ngay_xuat_ban", "ngay_cong_bo",                  \
            "ngay_phat_hanh", "thoi_gian_dang", "gio_dang",                    \
            "article_published_time", "posted_at", "post_date",                \
            "date_posted", "posted_on", "posted", "release_date",              \
            "display_date", "datetime", "created_at", "date_created",          \
            "created", "created_date", "created_time", "ngay_tao"),            \
        ("date", "ngay", "ngày"),                                              \
        "Ngày đăng", "Published")                                              \
    X(MODIFIED, modified, 8, DATE, DAYS, 0,                                    \
        ("modified", "updated", "ngay_cap_nhat", "updated_at", "modified_at",  \
            "date_modified", "modified_date", "date_updated", "updated_date",  \
            "update_date", "last_modified", "last_updated", "updated_time",    \
            "modified_time", "post_modified", "article_modified_time",         \
            "ngay_sua", "ngay_chinh_sua", "cap_nhat", "lastmod"),              \
        ("modified", "capnhat", "cậpnhật"), "Ngày cập nhật", "Updated")        \
    X(SOURCE, source, 3, MAKER, VALUE,                                         \
        DX_SHOW_ALWAYS | DX_SHOW_FACET | DX_SHOW_ON_PAGE,                      \
        ("source", "nguon", "nguon_tin", "ten_nguon", "source_name",           \
            "news_source", "publisher", "newspaper", "publication", "outlet",  \
            "site_name", "ten_bao", "toa_soan", "bao", "website",              \
            "source_domain", "domain"),                                        \
        ("source", "nguon", "nguồn"), "Nguồn", "Source")                       \
    X(AUTHOR, author, 4, MAKER, VALUE, DX_SHOW_ALWAYS | DX_SHOW_FACET,         \
        ("author", "authors", "tac_gia", "author_name", "byline", "creator",   \
            "writer", "nguoi_viet", "phong_vien", "but_danh", "nha_bao",       \
            "article_author"),                                                 \
        ("author", "tacgia", "tácgiả"), "Tác giả", "Author")                   \
    X(CATEGORY, category, 5, VALUES, VALUE,                                    \
        DX_SHOW_ALWAYS | DX_SHOW_FACET | DX_SHOW_ON_PAGE,                      \
        ("category", "categories", "chuyen_muc", "ten_chuyen_muc", "section",  \
            "article_section", "category_name", "section_name", "danh_muc",    \
            "linh_vuc", "chu_de", "the_loai", "topic", "cate", "rubric",       \
            "nhom_tin"),                                                       \
        ("category", "chuyenmuc", "chuyênmục"), "Chuyên mục", "Category")      \
    X(PROVINCE, province, 27, FOUND, PROVINCE,                                 \
        DX_SHOW_FACET | DX_SHOW_ON_PAGE,                                       \
        (NULL), ("province", "tinh", "tỉnh"), "Tỉnh, thành phố", "Province")   \
    X(AGENCY, agency, 28, FOUND, VALUE, DX_SHOW_FACET | DX_SHOW_ON_PAGE,       \
        (NULL), ("agency", "coquan", "cơquan"), "Cơ quan", "Agency")           \
    X(DOCTYPE, doctype, 11, VALUE, VALUE, DX_SHOW_FACET | DX_SHOW_ON_PAGE,     \
        ("doctype", "document_type", "loai_van_ban", "loai_vb",                \
            "hinh_thuc_van_ban", "the_loai_van_ban", "ten_loai_van_ban"),      \
        ("doctype", "loai", "loại", "loaivanban", "loạivănbản"),               \
        "Loại văn bản", "Document type")                                       \
    X(DOCNO, docno, 9, LIST, DOCNO, 0,                                         \
        ("docno", "document_number", "so_ky_hieu", "so_hieu", "so_ki_hieu",    \
            "so_hieu_van_ban", "so_ky_hieu_van_ban", "so_van_ban", "so_vb",    \
            "document_no", "doc_number", "law_number", "ky_hieu"),             \
        ("docno", "sohieu", "sốhiệu"), "Số, ký hiệu", "Document number")       \
    X(CITES, cites, 10, LIST, DOCNO, 0,                                        \
        ("cites", "vien_dan", "van_ban_vien_dan"),                             \
        ("cites", "viendan", "việndẫn"), "Văn bản được viện dẫn", "Cites")     \
    X(ISSUER, issuer, 12, MAKER, VALUE, DX_SHOW_FACET | DX_SHOW_ON_PAGE,       \
        ("issuer", "issued_by", "co_quan_ban_hanh", "issuing_agency",          \
            "issuing_body", "issuing_authority", "noi_ban_hanh",               \
            "don_vi_ban_hanh", "cqbh"),                                        \
        ("issuer", "coquanbanhanh", "cơquanbanhành"),                          \
        "Cơ quan ban hành", "Issued by")                                       \
    X(SIGNER, signer, 13, MAKER, VALUE, DX_SHOW_FACET,                         \
        ("signer", "signed_by", "nguoi_ky", "nguoi_ki", "nguoi_ky_ban_hanh",   \
            "signatory"),                                                      \
        ("signer", "nguoiky", "ngườiký"), "Người ký", "Signed by")             \
    X(STATUS, status, 14, VALUE, VALUE, DX_SHOW_FACET | DX_SHOW_ON_PAGE,       \
        ("status", "tinh_trang", "tinh_trang_hieu_luc", "trang_thai",          \
            "trang_thai_hieu_luc", "legal_status", "effect_status"),           \
        ("status", "tinhtrang", "tìnhtrạng"), "Tình trạng", "Status")          \
    X(ISSUED, issued, 15, DATE, DAYS, 0,                                       \
        ("issued", "issue_date", "ngay_ban_hanh", "issued_date",               \
            "date_issued", "issued_at", "ngay_ky", "signed_date",              \
            "date_signed"),                                                    \
        ("issued", "ngaybanhanh", "ngàybanhành"), "Ngày ban hành", "Issued")   \
    X(EFFECTIVE, effective, 16, DATE, DAYS, 0,                                 \
        ("effective", "effective_date", "ngay_hieu_luc", "ngay_co_hieu_luc",   \
            "effect_date", "effective_from", "hieu_luc_tu",                    \
            "hieu_luc_tu_ngay", "thoi_gian_hieu_luc"),                         \
        ("effective", "hieuluc", "hiệulực"), "Ngày có hiệu lực",               \
        "In force from")                                                       \
    X(EXPIRES, expires, 17, DATE, DAYS, 0,                                     \
        ("expires", "expiry_date", "ngay_het_hieu_luc", "expired_date",        \
            "expiration_date", "effective_to", "hieu_luc_den"),                \
        ("expires", "hethieuluc", "hếthiệulực"), "Ngày hết hiệu lực",          \
        "In force until")                                                      \
    X(CREDIT, credit, 18, MAKER, VALUE, 0,                                     \
        ("credit", "dan_nguon", "source_credit", "nguon_dan"),                 \
        ("credit", "dannguon", "dẫnnguồn"), "Dẫn nguồn", "Credit")             \
    X(TAGS, tags, 6, LIST, VALUE, DX_SHOW_ALWAYS | DX_SHOW_FACET,              \
        ("tags", "tag", "keywords", "tu_khoa", "hashtags", "tag_names",        \
            "labels"),                                                         \
        ("tag"), "Từ khóa", "Tags")                                            \
    X(SITE, site, 24, FOUND, HOST, DX_SHOW_FACET, (NULL), ("site"),            \
        "Trang", "Site")                                                       \
    X(LANG, lang, 25, FOUND, VALUE, DX_SHOW_FACET, (NULL), ("lang"),           \
        "Ngôn ngữ", "Language")                                                \
    X(TYPE, type, 26, FOUND, VALUE, DX_SHOW_FACET, (NULL),                     \
        ("type", "filetype"), "Loại tệp", "File type")                         \
    X(MIME, mime, 19, LINE, NOT, 0,                                            \
        ("mime", "content_type", "mime_type"),                                 \
        (NULL),                                                                \
        "Kiểu nội dung", "Content type")                                       \
    X(PAGES, pages, 20, NUMBER, NOT, 0,                                        \
        ("pages", "so_trang", "page_count", "num_pages"),                      \
        (NULL),                                                                \
        "Số trang", "Pages")                                                   \
    X(PAGE_STARTS, page_starts, 34, LINE, NOT, DX_SHOW_NEVER, (NULL), (NULL),  \
        "Chỗ bắt đầu các trang", "Where pages begin")                          \
    X(IMAGE, image, 21, LINE, NOT, 0,                                          \
        ("image", "thumbnail", "image_url", "anh", "hinh_anh",                 \
            "anh_dai_dien", "anh_bia", "featured_image", "lead_image_url",     \
            "top_image", "cover_image", "cover", "thumb", "og_image",          \
            "picture", "photo"),                                               \
        (NULL),                                                                \
        "Ảnh", "Image")                                                        \
    X(CAPTION, caption, 22, LINE, NOT, 0,                                      \
        ("caption", "chu_thich", "chu_thich_anh", "image_caption"),            \
        (NULL),                                                                \
        "Chú thích ảnh", "Caption")                                            \
    X(URL, url, 2, LINE, PART, DX_SHOW_ALWAYS,                                 \
        ("url", "link", "permalink", "article_url", "page_url", "web_url",     \
            "canonical_url", "canonical", "source_url", "original_url",        \
            "duong_dan", "lien_ket", "duong_link", "url_goc", "url_bai_viet",  \
            "external_url", "share_url", "href", "uri", "loc"),                \
        ("url", "inurl"),                                                      \
        "Địa chỉ", "Address")                                                  \
    X(PATH, path, 1, LINE, NOT, DX_SHOW_ALWAYS, (NULL), (NULL),                \
        "Tệp", "File")                                                         \
    X(HIDDEN, hidden, 23, FLAG, SELF, 0, ("hidden"), (NULL), "Ẩn", "Hidden")   \
    X(DELETED, deleted, 35, FLAG, NOT, DX_SHOW_NEVER, ("deleted"), (NULL),     \
        "Đã gỡ", "Taken down")                                                 \
    X(SHORT, shorts, 29, FOUND, SELF, 0, (NULL), ("short"),                    \
        "Viết tắt", "Abbreviation")                                            \
    X(EXTRA, extra, 7, OBJECT, NOT, 0, (NULL), (NULL), "Khác", "Other")
/* clang-format on */

typedef enum dx_field {
#define DX_FIELD_ENUM(id, ...) DX_FIELD_##id,
    DX_FIELD_MAP(DX_FIELD_ENUM)
#undef DX_FIELD_ENUM
    DX_FIELDS
} dx_field;

/* The first ones: what has words to be searched. */
#define DX_TEXT_FIELDS ((unsigned)DX_FIELD_BODY + 1)

typedef struct dx_field_row {
    const char *name;
    uint8_t number;
    uint8_t kind, find, show; /* dx_field_kind, dx_field_find, dx_field_show */
    const char *const *input_names, *const *query_names; /* NULL at the end */
    const char *vi, *en;
} dx_field_row;

extern const dx_field_row dx_fields[DX_FIELDS];

#define DX_FIELD_NUMBERS 62u

/** The field with this name or number; DX_FIELDS for none. */
dx_field dx_field_named(dx_str name);
dx_field dx_field_numbered(unsigned number);

#define DX_FIELD_INPUT_NAMES 40u /* of one field, at most */

/** What queries, facets and dumps call it; its name where none does, "?" for
 *  DX_FIELDS. And the field that they call so; DX_FIELDS for none. */
const char *dx_field_asked(dx_field field);
dx_field dx_field_asked_as(dx_str name);

/** Whether it is a string that an index stores of each article, other than the
 *  text. */
static inline bool dx_field_is_stored(dx_field field)
{
    return field >= DX_TEXT_FIELDS && field < DX_FIELDS &&
           dx_fields[field].kind < DX_KIND_DAY;
}

/** Whether the index has an attribute for each of its values. */
static inline bool dx_field_is_attribute(dx_field field)
{
    return dx_fields[field].find >= DX_FIND_VALUE;
}

/* Within a struct, the values that an article has: `a.source` is the same as
 * `a.at[DX_FIELD_SOURCE]`. What is no string of it is named `date_text`. */
#define DX_FIELD_VALUES                                                        \
    union {                                                                    \
        dx_str at[DX_FIELDS];                                                  \
        struct {                                                               \
            DX_FIELD_MAP(DX_FIELD_MEMBER)                                      \
        };                                                                     \
    }
#define DX_FIELD_MEMBER(id, name, number, kind, ...) DX_MEMBER_##kind(name)
#define DX_MEMBER_TEXT(name) dx_str name;
#define DX_MEMBER_LINE(name) dx_str name;
#define DX_MEMBER_VALUE(name) dx_str name;
#define DX_MEMBER_VALUES(name) dx_str name;
#define DX_MEMBER_MAKER(name) dx_str name;
#define DX_MEMBER_LIST(name) dx_str name;
#define DX_MEMBER_DATE(name) dx_str name;
#define DX_MEMBER_NUMBER(name) dx_str name;
#define DX_MEMBER_FLAG(name) dx_str name;
#define DX_MEMBER_OBJECT(name) dx_str name;
#define DX_MEMBER_DAY(name) dx_str name##_text;
#define DX_MEMBER_FOUND(name) dx_str name##_text;

#endif
