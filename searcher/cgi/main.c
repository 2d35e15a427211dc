/* dxsearch.cgi -- the search as a web page (CGI/1.1). From the shell it takes
 * the query string as argument: dxsearch.cgi 'q=chuyen+doi+so'. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cli/language.h"
#include "common/cli/streams.h"
#include "searcher/serve/respond.h"

#define RESPONSE_BYTES_MAX ((size_t)17 << 20)

static const char *environment(void *ctx, const char *name)
{
    (void)ctx;
    return getenv(name);
}

/* Each line with the program's name before it, as servers' logs are shared. */
static void write_log(const dx_buf *log)
{
    const char *line = (const char *)log->data, *end = line + log->len;

    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        fprintf(stderr, "dxsearch.cgi: %.*s\n",
            (int)((stop ? stop : end) - line), line);
        line = stop ? stop + 1 : end;
    }
}

static bool write_all(const dx_buf *b)
{
    for (size_t done = 0; done < b->len;) {
        ssize_t n = write(STDOUT_FILENO, b->data + done, b->len - done);
        if (n > 0)
            done += (size_t)n;
        else if (n == 0 || errno != EINTR)
            return false;
    }
    return b->status == DX_OK;
}

static bool send_response(const dx_response *r)
{
    dx_buf out;

    dx_buf_init(&out, RESPONSE_BYTES_MAX);
    dx_response_put_cgi(r, &out);
    bool done = write_all(&out);
    if (!done && errno != EPIPE)
        fprintf(stderr, "dxsearch.cgi: cannot write: %s\n", strerror(errno));
    dx_buf_free(&out);
    return done;
}

static const char help_en[] =
    "Usage: dxsearch.cgi [QUERY_STRING]\n"
    "The search page, for web servers with CGI/1.1. From the shell it takes the query\n"
    "string as argument: DX_INDEX=news.dx dxsearch.cgi 'q=chuyen+doi+so'\n"
    "\n"
    "  -h, --help           this help\n"
    "  -V, --version        the version\n"
    "\n"
    "Settings are in /etc/dx/site.conf. See dxsearch.cgi(8).\n";
static const char help_vi[] =
    "Cách dùng: dxsearch.cgi [CHUỖI_TRUY_VẤN]\n"
    "Trang tìm kiếm cho máy chủ web có CGI/1.1. Chạy tay thì chuỗi truy vấn là tham số:\n"
    "DX_INDEX=news.dx dxsearch.cgi 'q=chuyen+doi+so'\n"
    "\n"
    "  -h, --help           trợ giúp này\n"
    "  -V, --version        phiên bản\n"
    "\n"
    "Thiết lập ở /etc/dx/site.conf. Xem dxsearch.cgi(8).\n";

/* Whether `argument` asks for help or the version, which are written then. */
static bool answer_option(const char *argument)
{
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
        fputs(dx_language_from_environment() == DX_VIETNAMESE ? help_vi : help_en, stdout);
    else if (strcmp(argument, "--version") == 0 || strcmp(argument, "-V") == 0)
        puts("dxsearch.cgi " DX_VERSION);
    else
        return false;
    return true;
}

int main(int argc, char **argv)
{
    dx_streams_open();
    dx_web_head head;
    dx_web_request request;
    dx_response response;
    dx_index *ix = NULL;
    dx_site site;

    /* Servers may pass the query string as arguments too: only where there is
     * no server do they count. */
    dx_web_head_read(&head, environment, NULL);
    if (!head.method && argc > 1) {
        if (answer_option(argv[1]))
            return fflush(stdout) == 0 ? 0 : 1;
        head.query_string = argv[1];
    }
    dx_web_request_read(&head, &request);
    dx_response_init(&response);
    dx_site_read(&site, environment, NULL, &response.log);
    dx_status opened = dx_site_open(&site, &ix, &response.log);
    dx_respond(&site, ix, opened, &request, &response);
    write_log(&response.log);
    bool done = send_response(&response);
    bool is_ok = dx_response_is_ok(&response);
    dx_response_free(&response);
    dx_index_close(ix);
    dx_site_free(&site);
    return done && is_ok ? 0 : 1;
}
