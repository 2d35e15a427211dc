/* notices.h -- what dxindex says, in Vietnamese and English: in the language of
 * the environment (common/cli/language.h). What programs read stays the same in
 * both: `dump`, `analyze`, --json, the JSONL report. The help of each command is
 * in its own file. */
#ifndef DX_INDEXER_CLI_NOTICES_H
#define DX_INDEXER_CLI_NOTICES_H

#include <stdint.h>
#include <stdio.h>

#include "common/base/status.h"
#include "common/cli/number.h"
#include "indexer/input/reading.h"

/* Name, English, Vietnamese. Both take the same arguments, all strings. */
#define DX_NOTICE_MAP(X)                                                       \
    /* the command line */                                                     \
    X(NO_PATH, "give a folder or file to index, e.g. dxindex corpus/",         \
        "hãy cho một thư mục hay tệp để lập chỉ mục, ví dụ: dxindex corpus/")  \
    X(NO_COMMAND, "there is no command, file or folder '%s'; did you mean "    \
                  "'dxindex %s'?",                                             \
        "không có lệnh, tệp hay thư mục nào tên '%s'; có phải 'dxindex %s' "   \
        "không?")                                                              \
    X(NOTHING_THERE, "%s: there is nothing of that name; no index is made",    \
        "%s: không có tệp hay thư mục nào tên như vậy; không tạo chỉ mục")     \
    X(SEVERAL_INDEXES,                                                         \
        "DX_INDEX names several indexes: say which one by --index; it is “%s”", \
        "DX_INDEX nêu nhiều chỉ mục: hãy chọn một bằng --index; nó là “%s”")   \
    X(JAIL, "programs that read documents run under: %s",                      \
        "các chương trình đọc tài liệu chạy dưới: %s")                         \
    X(CORRUPT_REMEDY,                                                          \
        "'dxindex check' tells what is damaged; restore a backup by 'dxindex "  \
        "restore BACKUP', or make a new index of the same folders: dxindex "   \
        "--index NEW FOLDER…",                                                 \
        "Hãy xem chỗ hỏng bằng 'dxindex check', rồi khôi phục bản sao lưu bằng " \
        "'dxindex restore BẢN_SAO', hoặc lập chỉ mục mới từ các thư mục cũ: "  \
        "dxindex --index MỚI THƯ_MỤC…")                                        \
    X(UNWANTED, "what is '%s' for?", "không rõ '%s' để làm gì")                \
    X(BACKUP_WHERE, "give the new directory to copy to",                       \
        "hãy cho thư mục mới để chép vào")                                     \
    X(REBUILD_WHERE, "give the new directory to make the index in",            \
        "hãy cho thư mục mới để tạo chỉ mục")                                  \
    X(DOC_OR_TERM, "--doc and a term exclude each other",                      \
        "không dùng --doc cùng với từ")                                        \
    X(WANT_FILTER,                                                             \
        "--filter %s: give TYPE=COMMAND, such as djvu='djvutxt /dev/stdin', "  \
        "16 times at most",                                                    \
        "--filter %s: hãy cho LOẠI=LỆNH, ví dụ djvu='djvutxt /dev/stdin', "    \
        "nhiều nhất 16 lần")                                                   \
    X(WANT_SIZE, "--memory %s: give a size such as 512M or 2G",                \
        "--memory %s: hãy cho một cỡ như 512M hay 2G")                         \
    X(WANT_MEMORY, "--memory %s: at least 64M is needed",                      \
        "--memory %s: cần ít nhất 64M")                                        \
    X(WANT_FORMAT, "--format %s: give one of %s",                              \
        "--format %s: hãy cho một trong %s")                                   \
    X(WANT_FIELD, "--map %s: there is no such field; the fields are %s",       \
        "--map %s: không có trường nào như vậy; các trường là %s")             \
    X(WANT_NAME, "--map %s: give FIELD=NAME, e.g. --map title=ten_bai",        \
        "--map %s: hãy cho TRƯỜNG=TÊN, ví dụ: --map title=ten_bai")            \
    X(MAPPED_TWICE, "--map %s: this name is mapped already",                   \
        "--map %s: tên này đã được gán rồi")                                   \
    X(MAP_FULL, "--map %s: at most %s names can be mapped",                    \
        "--map %s: chỉ gán được nhiều nhất %s tên")                            \
    X(WANT_COUNT, "--limit %s: give a number", "--limit %s: hãy cho một số")   \
    /* a run */                                                                \
    X(SKIPPED, "skipped %s: %s", "bỏ qua %s: %s")                              \
    X(MISSED, "field '%s' is kept but not searched; --map %s=%s",              \
        "trường '%s' được giữ lại nhưng không tìm được; --map %s=%s")          \
    X(INTERRUPTED, "interrupted; the index is as it was before",               \
        "đã dừng giữa chừng; chỉ mục vẫn như trước")                           \
    X(PUBLISHED,                                                               \
        "what this run has changed is in the index all the same; merging "     \
        "segments was not finished, a later run does it",                      \
        "tuy vậy, những thay đổi của lần chạy này đã vào chỉ mục; việc gộp "   \
        "phân đoạn chưa xong, lần chạy sau sẽ làm")                                      \
    X(STOPPED_MERGING, "interrupted while merging",                            \
        "đã dừng trong khi gộp phân đoạn")                                     \
    X(NOTHING_TAKEN,                                                           \
        "nothing was taken in: all there is was skipped, left out or ignored", \
        "không nhận được bài nào: mọi thứ đều bị bỏ qua, không nhận hoặc "     \
        "không xét")                                                           \
    X(REMOTE_INDEX,                                                            \
        "%s is on %s: supported only while programs of one machine use the "   \
        "index; see dx(7)",                                                    \
        "%s nằm trên %s: chỉ dùng được khi mọi chương trình dùng chỉ mục đều " \
        "chạy trên một máy; xem dx(7)")                                        \
    X(MORE_SKIPPED,                                                            \
        "… and %s more skipped; --verbose or --report FILE tells all",         \
        "… và bỏ qua thêm %s; --verbose hay --report TỆP cho biết tất cả")     \
    X(CANNOT_OPEN_REPORT, "--report %s: %s", "--report %s: %s")                \
    X(CANNOT_WRITE_REPORT, "--report %s: could not be written: %s",            \
        "--report %s: không ghi được: %s")                                     \
    X(ADDED, "added", "thêm")                                                  \
    X(UPDATED, "updated", "cập nhật")                                          \
    X(UNCHANGED, "unchanged", "không đổi")                                     \
    X(REMOVED, "removed", "gỡ bỏ")                                             \
    X(KEPT, "kept", "giữ lại")                                                 \
    X(KEPT_MANY,                                                               \
        "kept %s articles that are not in their files any more: they are more " \
        "than a fifth of the index. Is a folder not mounted, a file cut short? " \
        "To remove them: --remove-many",                                       \
        "giữ lại %s bài không còn trong tệp, vì nhiều hơn một phần năm chỉ mục. " \
        "Có thư mục nào chưa được gắn (mount) hay tệp nào bị cắt cụt không? Nếu " \
        "đúng là cần gỡ bỏ: --remove-many")                                    \
    X(REPEATED, "repeated", "lặp lại")                                         \
    X(CONTESTED, "same id", "trùng mã")                                        \
    X(LEFT_OUT, "left out", "không nhận")                                        \
    X(LEFT_OUT_COUNT, "%s left out: %s", "không nhận %s: %s")                    \
    X(SKIPPED_COUNT, "%s skipped: %s", "bỏ qua %s: %s")                        \
    X(IGNORED_COUNT, "%s ignored, of types that dx does not read",             \
        "không xét %s tệp, thuộc những loại mà dx không đọc")                  \
    X(NO_EXTENSION, "(no extension)", "(không có đuôi)")                       \
    X(IGNORED, "ignored", "không xét")                                         \
    X(COUNTS,                                                                  \
        "%s added, %s updated, %s unchanged, %s removed, %s skipped",          \
        "thêm %s, cập nhật %s, không đổi %s, gỡ bỏ %s, bỏ qua %s")             \
    X(WOULD_BE, "would be: ", "chạy thật thì sẽ: ")                            \
    X(REPEATED_COUNT, " (%s given again, kept once)",                          \
        " (%s bài lặp lại, chỉ giữ một bản)")                                  \
    X(CONTESTED_COUNT, " (%s share an id or address, all kept)",               \
        " (%s bài trùng mã hoặc địa chỉ, vẫn giữ tất cả)")                     \
    X(KEPT_COUNT, " (%s not in their files any more, kept)",                   \
        " (%s bài không còn trong tệp, vẫn giữ)")                              \
    X(OTHER_REASONS, "other reasons", "lý do khác")                            \
    X(INDEX_NOW, "%s: %s articles, %s MB in %s; %s s",                         \
        "%s: %s bài, %s MB trong %s; %s giây")                                 \
    X(REBUILT, "%s: %s articles", "%s: %s bài")                                \
    X(ONE_SEGMENT, "%s segment", "%s phân đoạn")                               \
    X(SEGMENTS_FULL,                                                           \
        "not merged into one: a segment has at most %s articles, and 3.7 GB "  \
        "of text or of lists",                                                 \
        "không gộp thành một: mỗi phân đoạn có nhiều nhất %s bài, và 3,7 GB "  \
        "văn bản hoặc danh sách")                                              \
    X(SEGMENTS, "%s segments", "%s phân đoạn")                                 \
    /* watching */                                                             \
    X(WATCHING, "watching for changes; Ctrl-C ends it",                        \
        "đang theo dõi thay đổi; nhấn Ctrl-C để dừng")                         \
    X(POLLING, "looking for changes every %s seconds; Ctrl-C ends it",         \
        "cứ %s giây xem thay đổi một lần; nhấn Ctrl-C để dừng")                \
    X(NO_WATCHES,                                                              \
        "the kernel watches no more folders (fs.inotify.max_user_watches): "   \
        "looking for changes every %s seconds; Ctrl-C ends it",                \
        "hệ thống không theo dõi thêm thư mục được nữa "                       \
        "(fs.inotify.max_user_watches): cứ %s giây xem thay đổi một lần; "     \
        "nhấn Ctrl-C để dừng")                                                 \
    /* restore */                                                              \
    X(RESTORE_WHAT, "give the folder of the backup",                           \
        "hãy cho thư mục của bản sao lưu")                                     \
    X(SAME_INDEX, "%s: is the index itself", "%s: chính là chỉ mục này")       \
    X(BAD_BACKUP, "%s: is damaged; nothing is restored",                       \
        "%s: bị hỏng; không khôi phục gì")                                     \
    X(DOWN_AGAIN, "%s was taken down since the backup; it is taken down again", \
        "%s đã bị gỡ sau khi sao lưu; nay được gỡ lại")                        \
    X(RESTORED, "%s: restored, %s articles", "%s: đã khôi phục, %s bài")       \
    X(RESTORED_NOT_ALL,                                                        \
        "the backup has taken the index's place all the same; articles that "  \
        "were taken down since may be in it: give them to dxindex remove again", \
        "tuy vậy, bản sao đã thay chỉ mục; những bài bị gỡ từ khi sao lưu có " \
        "thể đã trở lại: hãy gỡ lại bằng dxindex remove")                      \
    X(RESTORED_ALL,                                                            \
        "the backup has taken the index's place all the same",                 \
        "tuy vậy, bản sao đã thay chỉ mục")                                    \
    /* remove */                                                               \
    X(REMOVE_WHAT, "give ids of articles, --url or --query; see also --list",  \
        "hãy cho mã của bài, --url hay --query; xem thêm --list")              \
    X(WANT_URL, "--url %s: give the address of an article, such as "           \
                "https://bao.example/tin-1.html",                              \
        "--url %s: hãy cho địa chỉ của một bài, ví dụ "                        \
        "https://bao.example/tin-1.html")                                      \
    X(NO_SEARCH, "--query %s: dxsearch could not be asked; nothing is removed", \
        "--query %s: không hỏi được dxsearch; không gỡ gì")                    \
    X(FOUND_TOO_MANY, "--query %s: finds %s articles or more; ask for fewer, "  \
                      "nothing is removed",                                    \
        "--query %s: tìm thấy %s bài trở lên; hãy tìm hẹp hơn, không gỡ gì")   \
    X(NO_INPUT, "standard input: %s", "đầu vào chuẩn: %s")                     \
    X(NONE_NAMED, "no article has the id or address %s",                       \
        "không có bài nào mang mã hay địa chỉ %s")                             \
    X(DOWN_ALREADY, "%s is taken down already", "%s đã được gỡ từ trước")      \
    X(REMOVED_COUNT, "%s articles taken down", "đã gỡ %s bài")                 \
    X(WOULD_REMOVE, "%s articles would be taken down", "sẽ gỡ %s bài")         \
    X(REMOVE_MANY, "%s articles are more than a fifth of the index: nothing "  \
                   "is removed. If that is meant: --remove-many",              \
        "%s bài là nhiều hơn một phần năm chỉ mục: không gỡ gì. Nếu đúng là "  \
        "cần gỡ: --remove-many")                                               \
    X(LIFTED, "%s may come back: the next run over its files brings it",       \
        "%s được trở lại: lần chạy sau trên các tệp của nó sẽ đưa vào")        \
    X(LIFTED_STDIN, "%s may come back: no file is known to have it, so give "  \
                    "it again",                                                \
        "%s được trở lại: không rõ tệp nào có bài này, hãy đưa vào lại")       \
    X(NOT_DOWN, "%s is not taken down; see --list",                            \
        "%s không nằm trong những bài đã gỡ; xem --list")                      \
    /* inspect */                                                              \
    X(INSPECT_WHAT, "give a file or folder to look into, e.g. page.html",      \
        "hãy cho tệp hay thư mục cần xem, ví dụ trang.html")                   \
    X(ARTICLE, "article", "bài viết")                                          \
    X(UNREAD, "cannot be read", "không đọc được")                              \
    X(READ_BY, "read as", "đọc theo")                                          \
    X(MORE_RECORDS, "%s: more than %s records; --limit N shows more",          \
        "%s: có hơn %s bản ghi; --limit N để xem thêm")                        \
    /* progress */                                                             \
    X(ARTICLES, "%s articles", "%s bài")                                       \
    X(WRITING, "writing a segment", "đang ghi phân đoạn")                      \
    X(OPENING, "opening the index", "đang mở chỉ mục")                         \
    X(SETTLING, "comparing articles", "đang đối chiếu các bài")                \
    X(MERGING, "merging segments", "đang gộp các phân đoạn")                   \
    X(CHECKING, "checking, %s %%", "đang kiểm tra, %s %%")                     \
    X(PERCENT, "%s %%", "%s %%")                                               \
    X(TIME_LEFT, "%s:%s left", "còn %s:%s")                                    \
    X(SPEED, "%s MB/s", "%s MB/giây")                                          \
    /* check */                                                                \
    X(ONE_PROBLEM,                                                             \
        "%s problem; restore a backup, or index again into a new directory",   \
        "%s lỗi; hãy khôi phục bản sao lưu, hoặc lập chỉ mục lại vào thư mục " \
        "mới")                                                                 \
    X(PROBLEMS,                                                                \
        "%s problems; restore a backup, or index again into a new directory",  \
        "%s lỗi; hãy khôi phục bản sao lưu, hoặc lập chỉ mục lại vào thư mục " \
        "mới")                                                                 \
    X(SOUND,                                                                   \
        "sound: %s articles in %s; %s lists, %s of pairs, %s of triples; "     \
        "%s MB",                                                               \
        "không có lỗi: %s bài trong %s; %s danh sách, %s của cặp, %s của bộ "  \
        "ba; %s MB")                                                           \
    X(LEFT_OVER,                                                               \
        "%s records of an interrupted run; the next run removes them",         \
        "%s bản ghi còn lại của một lần chạy bị ngắt; lần chạy sau sẽ dọn")    \
    X(DEADLY, "%s: so damaged that reading it ends with signal %s (%s)",       \
        "%s: hỏng đến mức đọc vào thì chương trình dừng vì tín hiệu %s (%s)")  \
    /* dump and analyze */                                                     \
    X(FAULT, "%s: %s", "%s: %s")                                               \
    X(THREE_WORDS, "give one word, or two in quotes for a pair",               \
        "hãy cho một từ, hoặc hai từ trong ngoặc kép nếu là cặp")              \
    X(TITLE_PAIR, "there are no pairs of titles alone; give one word",         \
        "không có cặp từ riêng của đầu đề; hãy cho một từ")                    \
    X(NO_WORD, "there is no word in it", "trong đó không có từ nào")           \
    X(NO_MEMORY, "out of memory", "hết bộ nhớ")                                \
    X(DICTIONARY, "the dictionary: %s", "từ điển: %s")                         \
    X(NO_DOC, "no article has the id %s", "không có bài nào mang mã %s")       \
    X(DAMAGED_DOC, "article %s: %s; run `dxindex check`",                      \
        "bài %s: %s; hãy chạy `dxindex check`")                                \
    X(TEXT_TOO_LONG, "out of memory, or over 1 GiB",                           \
        "hết bộ nhớ, hoặc quá 1 GiB")                                          \
    X(CANNOT_WRITE, "standard output: %s", "đầu ra chuẩn: %s")                 \
    /* stats */                                                                \
    X(INDEX, "index", "chỉ mục")                                               \
    X(FORMAT_VERSION, "format version", "phiên bản định dạng")                 \
    X(TEXT_RULES, "text rules (analyzer id)", "quy tắc tách từ")               \
    X(GENERATION, "generation", "thế hệ")                                      \
    X(ARTICLE_COUNT, "articles", "bài")                                        \
    X(DELETED_COUNT, "deleted, not yet merged", "đã xóa, chưa gộp")            \
    X(HIDDEN_COUNT, "hidden", "ẩn")                                            \
    X(SEGMENT_COUNT, "segments", "phân đoạn")                                  \
    X(SYLLABLES, "syllables, titles double", "âm tiết, đầu đề gấp đôi")        \
    X(AVERAGE_LENGTH, "average article length", "độ dài trung bình")           \
    X(FOLDED_TERMS, "different folded terms", "từ không dấu khác nhau")        \
    X(EXACT_TERMS, "different exact terms", "từ có dấu khác nhau")             \
    X(ATTRIBUTES, "attributes' values", "giá trị thuộc tính")                  \
    X(PAIR_LISTS, "pair lists", "danh sách cặp")                               \
    X(TRIPLE_LISTS, "triple lists", "danh sách bộ ba")                         \
    X(PART_DICTIONARY, "dictionary", "từ điển")                                \
    X(PART_SYLLABLES, "syllable lists", "danh sách âm tiết")                   \
    X(PART_FORMS, "word forms", "dạng của từ")                                 \
    X(PART_TEXT, "text", "văn bản")                                            \
    X(PART_FIELDS, "stored fields", "trường được lưu")                         \
    X(PART_COLUMNS, "columns", "cột")                                          \
    X(BYTES, "bytes", "byte")                                                  \
    X(ALL_SEGMENTS, "all segments", "mọi phân đoạn")                           \
    X(ATTRIBUTE_LISTS, "attributes' lists in them", "danh sách thuộc tính")    \
    X(FILE_BYTES, "file", "tệp")                                               \
    X(FREE_BYTES, "free pages in it", "trang trống trong tệp")                 \
    X(SEGMENT_HEADING, "segment", "phân đoạn")                                 \
    X(PAIRS_HEADING, "pair lists", "cặp")                                      \
    X(DELETED, "deleted", "đã xóa")

typedef enum dx_notice {
#define DX_NOTICE_ENUM(name, english, vietnamese) DX_NOTICE_##name,
    DX_NOTICE_MAP(DX_NOTICE_ENUM)
#undef DX_NOTICE_ENUM
    DX_NOTICE_COUNT
} dx_notice;

/** A format string. */
const char *dx_notice_text(dx_notice notice);

/** Writes the notice to `out`, without a newline. No string can steer a terminal, neither
 *  here nor below (dx_terminal_printf()). */
void dx_notice_put(FILE *out, dx_notice notice, ...);

/** Writes "dxindex: ", the notice and a newline to standard error. */
void dx_notice_error(dx_notice notice, ...);

/** Says on standard error what failed, and in case of damage to `index` (NULL: it is
 *  named) that it is this one, and what can be done. */
void dx_notice_failure(const char *index, const dx_error *err);

/** The same for what failed after the index had changed: an interrupt says here that
 *  merging was interrupted, since its message would deny the change. */
void dx_notice_late_failure(const char *index, const dx_error *err);

/** Why something was left out: the words that follow its name. */
const char *dx_notice_left_out(dx_left_out why);

/** `n` in digits, grouped as in the user's language. */
const char *dx_notice_number(uint64_t n, char out[DX_FORMAT_BYTES]);

/** `n` with one decimal. */
const char *dx_notice_decimal(double n, char out[DX_FORMAT_BYTES]);

/** "1 segment", "2 segments". */
const char *dx_notice_segments(uint64_t n, char out[64]);

#endif
