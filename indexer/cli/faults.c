/* The sentences of readers' errors in Vietnamese. */
#include "indexer/cli/faults.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "common/cli/language.h"

/* Each % stands for a part of any length, which both have in the same order and
 * which may be such a sentence itself. The first row that fits counts. A test holds
 * that all sentences of indexer/input/ have one. */
static const struct {
    const char *english, *vietnamese;
} sentences[] = {
    /* JSON */
    {"not valid JSON: %", "không phải JSON hợp lệ: %"},
    {"an article must be a JSON object {…}", "bài viết phải là một đối tượng JSON {…}"},
    {"not JSON articles: expected an object {…} at byte %",
        "không phải bài viết JSON: lẽ ra có đối tượng {…} ở byte thứ %"},
    {"not JSON articles: expected an object {…}",
        "không phải bài viết JSON: lẽ ra là đối tượng {…}"},
    {"the JSON object at byte % does not end; is the file complete?",
        "đối tượng JSON ở byte thứ % không có chỗ kết thúc; tệp có bị thiếu không?"},
    {"a JSON object that does not end, or is too large (see --memory)",
        "đối tượng JSON không có chỗ kết thúc, hoặc quá lớn (xem --memory)"},
    {"the JSON array does not end; is the file complete?",
        "mảng JSON không có chỗ kết thúc; tệp có bị thiếu không?"},
    {"empty: no JSON object in it", "rỗng: không có đối tượng JSON nào"},
    {"a JSON array is too long", "một mảng JSON quá dài"},
    {"neither an array nor an object", "không phải mảng hay đối tượng"},
    {"too many values", "quá nhiều giá trị"},
    {"nested too deeply", "lồng nhau quá sâu"},
    {"% (byte %)", "% (byte thứ %)"},
    {"parse error: premature EOF", "kết thúc giữa chừng"},
    {"parse error: trailing garbage", "có phần thừa ở cuối"},
    {"parse error: unallowed token at this point in JSON text",
        "chỗ này không được có ký hiệu đó"},
    {"parse error: invalid object key (must be a string)",
        "tên trường phải là một chuỗi"},
    {"parse error: object key and value must be separated by a colon (':')",
        "giữa tên trường và giá trị phải có dấu hai chấm"},
    {"parse error: after key and value, inside map, I expect ',' or '}'",
        "sau một trường phải có dấu , hoặc }"},
    {"parse error: after array element, I expect ',' or ']'",
        "sau một phần tử của mảng phải có dấu , hoặc ]"},
    {"lexical error: invalid char in json text.", "có ký tự không hợp lệ"},
    {"lexical error: invalid bytes in UTF8 string.", "chuỗi có byte không phải UTF-8"},
    {"a line of more than % MiB; more with a larger --memory",
        "có dòng dài quá % MiB; đọc được dòng dài hơn nếu tăng --memory"},
    {"it takes more than % MiB of memory to read; more with a larger --memory",
        "cần hơn % MiB bộ nhớ để đọc; đọc được nếu tăng --memory"},
    {"a line of more than % MiB", "có dòng dài quá % MiB"},
    {"%: a line is longer than % MiB and was skipped",
        "%: bỏ qua một dòng dài quá % MiB"},
    {"a part of more than % MiB", "có phần dài quá % MiB"},
    {"a text of more than % MiB", "văn bản dài quá % MiB"},
    {"too long a row of a table", "một hàng của bảng quá dài"},
    {"too long a text", "văn bản quá dài"},
    /* HTML and text */
    {"an HTML page of more than % MiB is no article",
        "trang HTML lớn hơn % MiB không phải là bài viết"},
    {"an HTML page of more than % elements", "trang HTML có hơn % phần tử"},
    {"an HTML paragraph is too long", "một đoạn HTML quá dài"},
    {"no HTML in it; rename it to .txt if it is plain text",
        "không có HTML; nếu là văn bản thuần thì hãy đổi đuôi thành .txt"},
    {"not a text file; leave it out or convert it",
        "không phải tệp văn bản; hãy bỏ ra ngoài hoặc chuyển sang dạng khác"},
    {"neither a title nor text in it; nothing to index",
        "không có đầu đề hay nội dung; không có gì để lập chỉ mục"},
    {"deleted, but it has neither an id nor an address",
        "được báo là đã xóa, nhưng không có mã hay địa chỉ"},
    {"too many different words for one article, or over 1 MiB in fields other than "
     "title, lead and body",
        "quá nhiều từ khác nhau cho một bài, hoặc các trường ngoài đầu đề, dẫn nhập và "
        "nội dung dài quá 1 MiB"},
    /* tables */
    {"a row of more than % MiB", "có hàng dài quá % MiB"},
    {"the row of names at its head does not end within % KiB, or names over % "
     "columns; is a quote not closed?",
        "hàng tên cột ở đầu dài quá % KiB hoặc có hơn % cột; có dấu nháy nào chưa đóng "
        "không?"},
    {"it has % values for % columns; a value that has the delimiter or a quote in it "
     "belongs in quotes",
        "có % giá trị cho % cột; giá trị có chứa dấu phân cách hay dấu nháy phải đặt "
        "trong dấu nháy"},
    {"a quote that opens a value of this row is not closed",
        "dấu nháy mở một giá trị của hàng này chưa được đóng"},
    /* XML, feeds and mail */
    {"the XML is damaged in line %: %", "XML bị hỏng ở dòng %: %"},
    {"too many elements within elements", "các phần tử lồng nhau quá sâu"},
    {"it declares entities of its own", "tệp tự khai báo thực thể (entity) riêng"},
    {"no element found", "không có phần tử nào hoặc kết thúc giữa chừng"},
    {"not well-formed (invalid token)", "có ký hiệu không hợp lệ"},
    {"mismatched tag", "thẻ đóng không khớp thẻ mở"},
    {"unclosed token", "có ký hiệu chưa đóng"},
    {"unclosed CDATA section", "có phần CDATA chưa đóng"},
    {"undefined entity", "có thực thể (entity) chưa khai báo"},
    {"XML that is no feed", "là XML nhưng không phải nguồn tin (RSS, Atom)"},
    {"no tag ends within % MiB: it is no feed",
        "không có thẻ nào kết thúc trong % MiB: không phải nguồn tin (RSS, Atom)"},
    {"an entry of more than 32 MiB", "có mục dài quá 32 MiB"},
    {"no entry of a feed", "không phải mục của nguồn tin"},
    {"the message ends within its parts; is the file complete?",
        "thư kết thúc giữa chừng; tệp có bị thiếu không?"},
    {"parts within parts more than % deep", "các phần của thư lồng nhau quá % tầng"},
    {"more than % parts", "có hơn % phần"},
    /* archives and compressed files */
    {"cannot decompress: %; is the file complete?",
        "không giải nén được: %; tệp có bị thiếu không?"},
    {"cannot decompress: %", "không giải nén được: %"},
    {"unknown reason", "không rõ lý do"},
    {"unpacks to more than % times its size; unpack it first if it may be so",
        "giải nén ra lớn hơn % lần; nếu đúng là như vậy thì hãy giải nén trước"},
    {"it unpacks to more than % MiB; split it",
        "giải nén ra lớn hơn % MiB; hãy chia nhỏ"},
    {"%: larger than % MiB; split it, or make it JSONL",
        "%: lớn hơn % MiB; hãy chia nhỏ hoặc chuyển thành JSONL"},
    {"larger than % MiB; split it, or make it JSONL",
        "lớn hơn % MiB; hãy chia nhỏ hoặc chuyển thành JSONL"},
    {"the WARC record is damaged: %", "bản ghi WARC bị hỏng: %"},
    {"it does not say how long it is", "không ghi độ dài"},
    {"its length is wrong", "độ dài ghi sai"},
    {"it ends too early; is the file complete?",
        "kết thúc quá sớm; tệp có bị thiếu không?"},
    {"none begins where one should; reading goes on at the next",
        "chỗ này lẽ ra bắt đầu một bản ghi mà không có; đọc tiếp từ bản ghi sau"},
    {"too large a WARC record (see --memory)", "bản ghi WARC quá lớn (xem --memory)"},
    {"its check sum is wrong", "tổng kiểm tra không khớp"},
    {"the check sum is wrong", "tổng kiểm tra không khớp"},
    {"truncated gzip input", "dữ liệu gzip bị cụt"},
    {"what is behind a member of gzip is none", "sau một phần gzip có thứ không phải gzip"},
    {"no gzip that can be read", "không phải gzip đọc được"},
    {"the archive ends too early; is the file complete?",
        "tệp nén kết thúc quá sớm; tệp có bị thiếu không?"},
    {"damaged: of the files in its directory, % are not in it",
        "bị hỏng: danh mục của nó có % tệp không tìm thấy"},
    {"compressed by Brotli, which dx cannot read; crawl without it",
        "được nén bằng Brotli mà dx không đọc được; hãy thu thập lại không dùng Brotli"},
    {"a file of files is no article", "tệp chứa nhiều tệp không phải là bài viết"},
    {"more than % archives within each other; unpack it first",
        "hơn % tệp nén lồng trong nhau; hãy giải nén trước"},
    {"more than % files in one archive; unpack it first",
        "hơn % tệp trong một tệp nén; hãy giải nén trước"},
    /* documents */
    {"no program to read it with; install % (it has %)",
        "không có chương trình để đọc; hãy cài % (gói này có %)"},
    {"there is no program %", "không có chương trình %"},
    {"there is no filter for it", "không có lệnh --filter cho loại này"},
    {"% wrote more than % MiB of text", "% cho ra hơn % MiB văn bản"},
    {"% took longer than % s", "% chạy quá % giây"},
    {"% took more than % s of processor time", "% dùng quá % giây bộ xử lý"},
    {"% broke off (signal %); is the file damaged?",
        "% dừng đột ngột (tín hiệu %); tệp có bị hỏng không?"},
    {"% could not read it: %", "% không đọc được: %"},
    {"% could not read it", "% không đọc được"},
    {"cannot start a program: %: %", "không chạy được chương trình: %: %"},
    {"more than % MiB of text", "có hơn % MiB văn bản"},
    {"no Word document; give it the ending of what it is",
        "không phải tài liệu Word; hãy đặt đuôi tệp đúng với loại của nó"},
    {"no Word, Excel or PowerPoint document in it",
        "bên trong không có tài liệu Word, Excel hay PowerPoint"},
    {"an old Excel file; save it as .xlsx",
        "tệp Excel đời cũ; hãy lưu lại thành .xlsx"},
    {"an old PowerPoint file; save it as .pdf",
        "tệp PowerPoint đời cũ; hãy lưu lại thành .pdf"},
    {"it needs a password; save it without one",
        "tệp có mật khẩu; hãy lưu lại không có mật khẩu"},
    {"no document in it, or one that needs a password",
        "bên trong không có tài liệu, hoặc tài liệu có mật khẩu"},
    {"no compound file", "không phải tệp Office đời cũ (compound file)"},
    {"the file is damaged", "tệp bị hỏng"},
    /* files */
    {"%: cannot open: %", "%: không mở được: %"},
    {"%: cannot read: %", "%: không đọc được: %"},
    {"cannot open: %", "không mở được: %"},
    {"cannot read: %", "không đọc được: %"},
    {"%: is a folder, not a file", "%: là thư mục, không phải tệp"},
    {"is a folder, not a file", "là thư mục, không phải tệp"},
    {"No such file or directory", "không có tệp hay thư mục đó"},
    {"Permission denied", "không có quyền đọc"},
    {"Input/output error", "lỗi đọc đĩa"},
    {"out of memory", "hết bộ nhớ"},
};

enum { PARTS_MAX = 4 };

typedef struct parts {
    struct { const char *start; size_t len; } at[PARTS_MAX];
    size_t count;
} parts;

/* Whether [p, end) is `sentence`, with what stands for its %. */
static bool fits(const char *p, const char *end, const char *sentence, parts *found)
{
    found->count = 0;
    for (;;) {
        size_t n = strcspn(sentence, "%");
        if ((size_t)(end - p) < n || memcmp(p, sentence, n) != 0)
            return false;
        p += n;
        sentence += n;
        if (*sentence == '\0')
            return p == end;
        sentence++;
        n = strcspn(sentence, "%");
        const char *next = n == 0 ? end : *sentence && sentence[n]
            ? memmem(p, (size_t)(end - p), sentence, n)
            : (size_t)(end - p) >= n ? end - n : NULL; /* the last words */
        if (!next || next == p || found->count == PARTS_MAX)
            return false;
        found->at[found->count].start = p;
        found->at[found->count++].len = (size_t)(next - p);
        p = next;
    }
}

typedef struct writer {
    char *at, *end;
} writer;

static void put(writer *w, const char *text, size_t len)
{
    size_t room = (size_t)(w->end - w->at);

    len = len < room ? len : room;
    memcpy(w->at, text, len);
    w->at += len;
}

/* Parts are sentences themselves once more: "not valid JSON: nested too deeply". */
static void translate(writer *w, const char *p, size_t len, int depth)
{
    parts found;
    size_t i = 0, part = 0, count = sizeof sentences / sizeof *sentences;

    while (i < count && !fits(p, p + len, sentences[i].english, &found))
        i++;
    if (i == count || depth == 0) {
        put(w, p, len);
        return;
    }
    for (const char *s = sentences[i].vietnamese; *s; s++)
        if (*s == '%' && part < found.count) {
            translate(w, found.at[part].start, found.at[part].len, depth - 1);
            part++;
        } else {
            put(w, s, 1);
        }
}

const char *dx_fault_text(const char *english, char out[DX_FAULT_BYTES])
{
    const int depth = 3;
    writer w = {out, out + DX_FAULT_BYTES - 1};

    if (dx_language_from_environment() != DX_VIETNAMESE)
        return english;
    translate(&w, english, strlen(english), depth);
    *w.at = '\0';
    return out;
}
