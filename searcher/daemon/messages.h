/* messages.h -- what dxserve says, in Vietnamese and English. */
#ifndef DX_SEARCHER_DAEMON_MESSAGES_H
#define DX_SEARCHER_DAEMON_MESSAGES_H

#include "common/cli/language.h"

/* Name, English, Vietnamese. Both take the same arguments, all strings. */
#define DX_DAEMON_MESSAGE_MAP(X)                                               \
    X(NO_ARGUMENT, "%s: takes options only", "%s: chỉ nhận tùy chọn")          \
    X(NO_ADDRESS,                                                              \
        "--%s %s: not a port, HOST:PORT with a numeric host, or a path with /", \
        "--%s %s: không phải là cổng, MÁY:CỔNG với địa chỉ bằng số, hay đường " \
        "dẫn có dấu /")                                                        \
    X(NOT_LOOPBACK,                                                            \
        "--%s %s: reachable from other machines; put a web server before it " \
        "(see docs/deploy), or say --public",                                  \
        "--%s %s: máy khác cũng vào được; hãy đặt một máy chủ web phía trước " \
        "(xem docs/deploy), hoặc thêm --public")                               \
    X(NO_PATH, "--path %s: does not begin with /",                             \
        "--path %s: không bắt đầu bằng /")                                     \
    X(TOO_MANY_ADDRESSES, "at most %s addresses", "tối đa %s địa chỉ")         \
    X(CANNOT_LISTEN, "%s: cannot listen: %s", "%s: không mở cổng được: %s")    \
    X(IN_USE, "%s: another server answers there",                              \
        "%s: đã có máy chủ khác ở đó")                                         \
    X(NO_SOCKET_NAME,                                                          \
        "systemd gave a socket named %s: FileDescriptorName= must be http or " \
        "fastcgi",                                                             \
        "systemd giao ổ cắm tên %s: FileDescriptorName= phải là http hoặc "    \
        "fastcgi")                                                             \
    X(CANNOT_START, "cannot start: %s", "không chạy được: %s")                 \
    X(LISTENING, "%s on %s", "%s tại %s")                                      \
    X(READY, "%s articles; version %s", "%s bài; phiên bản %s")                \
    X(NO_INDEX_YET, "answers 503 until there is an index",                     \
        "trả lời 503 cho đến khi có chỉ mục")                                  \
    X(INDEX_BACK, "the index is there: %s articles",                           \
        "đã có chỉ mục: %s bài")                                               \
    X(RELOADED, "settings read again", "đã đọc lại cấu hình")                  \
    X(NOT_RELOADED, "the settings stay as they were", "giữ cấu hình cũ")       \
    X(STOPPING, "stopping; what was asked is still answered",                                \
        "đang dừng; trả lời nốt các yêu cầu")                                  \
    X(LEFT, "ended with %s requests unanswered",                               \
        "đã dừng khi còn %s yêu cầu chưa trả lời")                             \
    X(AGAIN, "%s times more: %s", "thêm %s lần: %s")

typedef enum dx_daemon_message {
#define DX_DAEMON_MESSAGE_NAME(name, english, vietnamese) DX_TELL_##name,
    DX_DAEMON_MESSAGE_MAP(DX_DAEMON_MESSAGE_NAME)
#undef DX_DAEMON_MESSAGE_NAME
    DX_DAEMON_MESSAGE_COUNT
} dx_daemon_message;

/** The text of `message`, a format for printf() whose arguments are all strings. */
const char *dx_daemon_text(dx_language language, dx_daemon_message message);

/** What --help prints. */
const char *dx_daemon_usage(dx_language language);

#endif
