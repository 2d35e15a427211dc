/* The texts of dxserve's messages, and its help. */
#include "searcher/daemon/messages.h"

static const char *const texts[DX_DAEMON_MESSAGE_COUNT][2] = {
#define DX_DAEMON_MESSAGE_TEXTS(name, english, vietnamese) {english, vietnamese},
    DX_DAEMON_MESSAGE_MAP(DX_DAEMON_MESSAGE_TEXTS)
#undef DX_DAEMON_MESSAGE_TEXTS
};

static const char usage_english[] =
    "Usage: dxserve [OPTION…]\n"
    "Serves the search page: to web servers by FastCGI or HTTP, or for trying out.\n\n"
    "  -i, --index DIR         the index, again for more; default as set for the\n"
    "                          site, $DX_INDEX, else ./dx.index\n"
    "      --http ADDRESS      answer HTTP there; default 127.0.0.1:8080\n"
    "      --fastcgi ADDRESS   answer FastCGI there\n"
    "      --path PATH         where the page is, by HTTP; default /\n"
    "      --public            also addresses that other machines reach\n"
    "      --threads N         requests answered at once; default twice the\n"
    "                          processors, at least 4\n"
    "      --connections N     HTTP connections at once; default 256\n"
    "  -h, --help              this help\n"
    "  -V, --version           the version\n\n"
    "ADDRESS is a port, HOST:PORT, or the path of a socket, with a / in it. The sockets\n"
    "that systemd gives by name, http or fastcgi, come besides.\n"
    "By HTTP, /healthz says whether an index answers, and /metrics counts.\n"
    "Signals: HUP reads settings again and reopens logs, TERM ends when all is answered.\n"
    "Exit status: 0 ended by a signal, 2 wrong usage, 3 failed.\n";
static const char usage_vietnamese[] =
    "Cách dùng: dxserve [TÙY_CHỌN…]\n"
    "Phục vụ trang tìm kiếm: cho máy chủ web qua FastCGI hay HTTP, hoặc để dùng thử.\n\n"
    "  -i, --index THƯ_MỤC     chỉ mục, lặp lại để tìm trong nhiều chỉ mục; mặc\n"
    "                          định theo cấu hình, $DX_INDEX, rồi ./dx.index\n"
    "      --http ĐỊA_CHỈ      trả lời HTTP ở đó; mặc định 127.0.0.1:8080\n"
    "      --fastcgi ĐỊA_CHỈ   trả lời FastCGI ở đó\n"
    "      --path ĐƯỜNG_DẪN    trang tìm kiếm nằm ở đâu khi dùng HTTP; mặc định /\n"
    "      --public            cho cả những địa chỉ mà máy khác vào được\n"
    "      --threads N         số yêu cầu trả lời cùng lúc; mặc định gấp đôi số bộ\n"
    "                          xử lý, ít nhất 4\n"
    "      --connections N     số kết nối HTTP cùng lúc; mặc định 256\n"
    "  -h, --help              hướng dẫn này\n"
    "  -V, --version           phiên bản\n\n"
    "ĐỊA_CHỈ là một cổng, MÁY:CỔNG, hoặc đường dẫn của một ổ cắm, có dấu /. Các ổ cắm\n"
    "mà systemd giao theo tên, http hoặc fastcgi, được dùng thêm.\n"
    "Qua HTTP, /healthz cho biết chỉ mục có trả lời không, /metrics là các số đếm.\n"
    "Tín hiệu: HUP đọc lại cấu hình và mở lại nhật ký, TERM dừng sau khi trả lời hết.\n"
    "Mã thoát: 0 dừng vì tín hiệu, 2 dùng sai, 3 gặp lỗi.\n";

const char *dx_daemon_text(dx_language language, dx_daemon_message message)
{
    return texts[message][language];
}

const char *dx_daemon_usage(dx_language language)
{
    return language == DX_VIETNAMESE ? usage_vietnamese : usage_english;
}
