/* dxsearch.cgi -- the search as a web page (CGI/1.1). From the shell it takes
 * the query string as argument: dxsearch.cgi 'q=chuyen+doi+so'. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    if (!head.method && argc > 1)
        head.query_string = argv[1];
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
