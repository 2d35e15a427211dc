/* reading.h -- what a reader is asked to do, and what it tells of what it did. */
#ifndef DX_INDEXER_INPUT_READING_H
#define DX_INDEXER_INPUT_READING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/index/field/field.h"
#include "indexer/input/field_map.h"

struct dx_sitemap;
struct dx_selectors;

/* A command of the user's that reads a type of files: the file on its standard
 * input, text or anything else that dx reads on its standard output. */
typedef struct dx_input_filter {
    dx_str type; /* the ending of their names, "djvu" */
    const char *command;
} dx_input_filter;
#define DX_INPUT_FILTERS_MAX 16u

/* What the user wants of all files; constant while a run lasts, so any thread may
 * read it. All zero is the default. What is added here goes into
 * dx_input_options_hash(), too. */
typedef struct dx_input_options {
    bool keep_lists;    /* lists, home, error and search pages become articles, too */
    bool ignore_robots; /* so do pages that say noindex */
    bool split_articles; /* each article of a law in a .json file is one of its own */
    const char *format; /* the type (source.h) of standard input and of files whose
                           name does not tell; NULL: as it looks */
    const char *ocr; /* such a command, for scans; or NULL */
    dx_input_filter filters[DX_INPUT_FILTERS_MAX];
    unsigned filter_count;
    const struct dx_selectors *selectors; /* of sites' pages, or NULL */
    dx_field_map map;   /* names of columns and of members of JSON objects */
    const struct dx_sitemap *sitemap; /* of all mirrors given; NULL: there is none */
    const atomic_bool *stop; /* a long reading looks at it (stop.h); no part of the hash */
} dx_input_options;

/** What differs when the same file would be read otherwise: by other options, or by
 *  another version of the readers. */
uint32_t dx_input_options_hash(const dx_input_options *options);

/** The command for files of this name; NULL: none of the user's. */
const char *dx_input_filter_command(const dx_input_options *options, dx_str name);

/* Why something that was read is no article: a row a reason. Not an error: a run
 * that leaves such out has done all it was asked for.
 *
 *     id, key     DX_LEFT_LIST, and "list" in reports, forever
 *     en, vi      for people, behind the name of the file */
#define DX_LEFT_OUT_MAP(X)                                                     \
    X(LIST, "list", "a list of links, not an article",                         \
        "là danh sách liên kết, không phải bài viết")                          \
    X(ERROR_PAGE, "error-page", "an error page", "là trang báo lỗi")           \
    X(SEARCH, "search", "the answer to a search, not an article",              \
        "là trang kết quả tìm kiếm, không phải bài viết")                      \
    X(PRINT, "print", "another page to print, of an article of its own page",  \
        "là trang để in của một bài viết có trang riêng")                      \
    X(UNFINISHED, "unfinished", "a page under construction",                   \
        "là trang đang hoàn thiện")                                            \
    X(UNPUBLISHED, "unpublished", "not published: a draft, private or deleted", \
        "chưa công bố: bản nháp, riêng tư hoặc đã xóa")                        \
    X(SITE_PART, "site-part", "a part of a site's design, not an article",     \
        "là phần của giao diện trang, không phải bài viết")                    \
    X(SHELL, "script", "the page is made by scripts: its text is not in the file", \
        "trang do script dựng: nội dung không có trong tệp")                   \
    X(NOINDEX, "noindex", "the page asks not to be indexed (robots)",          \
        "trang yêu cầu không lập chỉ mục (robots)")                            \
    X(SCAN, "scan", "a scan without text", "là bản quét, không có văn bản")    \
    X(TABLE, "table", "a table of figures without articles",                   \
        "là bảng số liệu, không có bài viết")                                  \
    X(METADATA, "metadata", "says something about pages that are not here",    \
        "chỉ mô tả những trang không có ở đây")                                \
    X(MEDIA, "media", "an image, a film or a program, not a text",             \
        "là ảnh, phim hay chương trình, không phải văn bản")                   \
    X(OTHER, "other", "of no type that is read",                               \
        "thuộc loại không được đọc")                                           \
    X(REVISIT, "revisit", "fetched again, as it was before",                   \
        "được tải lại, vẫn như trước")                                         \
    X(SUMMARY, "summary", "the same article is there with more text",          \
        "đã có chính bài này với nội dung đầy đủ hơn")                         \
    X(TAKEN_DOWN, "taken-down", "taken down before (dxindex remove --list)",   \
        "đã bị gỡ xuống trước đây (dxindex remove --list)")                    \
    X(EMPTY, "empty", "nothing to read in it", "không có nội dung")

typedef enum dx_left_out {
    DX_LEFT_NOT, /* it is an article */
#define DX_LEFT_OUT_ENUM(id, key, en, vi) DX_LEFT_##id,
    DX_LEFT_OUT_MAP(DX_LEFT_OUT_ENUM)
#undef DX_LEFT_OUT_ENUM
    DX_LEFT_OUT_COUNT
} dx_left_out;

/** "list"; "" of DX_LEFT_NOT. */
const char *dx_left_out_key(dx_left_out why);

/* How an article was read, for reports and `dxindex inspect`. Static strings in
 * small letters; NULL where nobody has said. It is no part of what is indexed. */
typedef struct dx_provenance {
    const char *extractor;        /* "html", "wordpress", "pdf" … */
    const char *encoding;         /* "UTF-8", "TCVN3" … as the file had it */
    const char *field[DX_FIELDS]; /* where each field's value came from:
                                     "og:title", "h1", "label", "path" … */
} dx_provenance;

#endif
