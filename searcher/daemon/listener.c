/* Opens listening sockets, or takes those of systemd over. */
#include "searcher/daemon/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cli/options.h"
#include "searcher/daemon/journal.h"

#define BACKLOG 511
#define HOST_BYTES 64
#define FIRST_INHERITED 3 /* SD_LISTEN_FDS_START */

const char *dx_protocol_name(dx_protocol protocol)
{
    return protocol == DX_HTTP ? "http" : "fastcgi";
}

/* ---- addresses ---- */

static bool read_path(const char *text, dx_address *out)
{
    struct sockaddr_un *un = (struct sockaddr_un *)&out->socket;
    size_t len = strlen(text);

    if (len >= sizeof un->sun_path)
        return false;
    un->sun_family = AF_UNIX;
    memcpy(un->sun_path, text, len + 1);
    out->socket_bytes = sizeof *un;
    return true;
}

static bool read_host(const char *host, unsigned port, dx_address *out)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)&out->socket;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&out->socket;
    size_t len = strlen(host);
    char inner[HOST_BYTES];

    if (strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        out->socket_bytes = sizeof *v4;
        return true;
    }
    if (len < 3 || host[0] != '[' || host[len - 1] != ']')
        return false;
    snprintf(inner, sizeof inner, "%.*s", (int)(len - 2), host + 1);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t)port);
    out->socket_bytes = sizeof *v6;
    return inet_pton(AF_INET6, inner, &v6->sin6_addr) == 1;
}

bool dx_address_read(const char *text, dx_address *out)
{
    const char *colon = strrchr(text, ':');
    const char *digits = colon ? colon + 1 : text;
    char host[HOST_BYTES] = "127.0.0.1";
    unsigned port;

    *out = (dx_address){.text = text};
    if (strchr(text, '/'))
        return read_path(text, out);
    if (!dx_option_parse_number(digits, &port) || port > UINT16_MAX ||
        (colon && (size_t)(colon - text) >= sizeof host))
        return false;
    if (colon)
        snprintf(host, sizeof host, "%.*s", (int)(colon - text), text);
    return read_host(host, port, out);
}

bool dx_address_is_local(const dx_address *a)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)&a->socket;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&a->socket;

    if (a->socket.ss_family == AF_INET)
        return ntohl(v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    return a->socket.ss_family == AF_UNIX ||
           IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

/* ---- listening ---- */

/* What to call it: its port may have been chosen just now. */
static void name_listener(dx_listener *l)
{
    struct sockaddr_storage at = {0};
    socklen_t bytes = sizeof at;
    const char *scheme = l->protocol == DX_HTTP ? "http://" : "";
    const char *end = l->protocol == DX_HTTP ? "/" : "";
    char host[HOST_BYTES] = "";

    getsockname(l->fd, (struct sockaddr *)&at, &bytes);
    if (at.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&at;
        inet_ntop(AF_INET, &v4->sin_addr, host, sizeof host);
        snprintf(l->name, sizeof l->name, "%s%s:%u%s", scheme, host,
            ntohs(v4->sin_port), end);
    } else if (at.ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&at;
        inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof host);
        snprintf(l->name, sizeof l->name, "%s[%s]:%u%s", scheme, host,
            ntohs(v6->sin6_port), end);
    } else {
        const struct sockaddr_un *un = (const struct sockaddr_un *)&at;
        snprintf(l->name, sizeof l->name, "%s", un->sun_path);
    }
}

/* Whether a server answers at the socket of a path. One that has none left, as after a
 * kill, is removed. */
static bool is_taken(const dx_address *a)
{
    const struct sockaddr_un *un = (const struct sockaddr_un *)&a->socket;
    struct stat file;
    bool answers;

    if (a->socket.ss_family != AF_UNIX || stat(un->sun_path, &file) != 0 ||
        !S_ISSOCK(file.st_mode))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    answers = fd >= 0 && (connect(fd, (const struct sockaddr *)&a->socket,
                              a->socket_bytes) == 0 ||
                             errno != ECONNREFUSED);
    if (fd >= 0)
        close(fd);
    if (!answers)
        unlink(un->sun_path);
    return answers;
}

static bool start_listening(const dx_address *a, int fd)
{
    int on = 1;

    return fd >= 0 &&
           setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
           bind(fd, (const struct sockaddr *)&a->socket, a->socket_bytes) == 0 &&
           listen(fd, BACKLOG) == 0;
}

bool dx_listener_open(const dx_address *a, dx_listener *out)
{
    const struct sockaddr_un *un = (const struct sockaddr_un *)&a->socket;

    *out = (dx_listener){.fd = -1, .protocol = a->protocol};
    if (is_taken(a)) {
        dx_journal_tell(DX_TELL_IN_USE, a->text);
        return false;
    }
    out->fd = socket(a->socket.ss_family,
        SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (!start_listening(a, out->fd)) {
        dx_journal_tell(DX_TELL_CANNOT_LISTEN, a->text, strerror(errno));
        dx_listener_close(out);
        return false;
    }
    if (a->socket.ss_family == AF_UNIX)
        memcpy(out->path, un->sun_path, sizeof out->path);
    name_listener(out);
    return true;
}

void dx_listener_close(dx_listener *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
    if (*l->path)
        unlink(l->path);
    l->path[0] = '\0';
}

/* ---- systemd ---- */

static bool inherit(int fd, const char *name, size_t len, dx_listener *out)
{
    char text[HOST_BYTES];
    int flags = fcntl(fd, F_GETFL);

    snprintf(text, sizeof text, "%.*s", (int)len, name);
    *out = (dx_listener){.fd = fd};
    if (strcmp(text, dx_protocol_name(DX_FASTCGI)) == 0)
        out->protocol = DX_FASTCGI;
    else if (strcmp(text, dx_protocol_name(DX_HTTP)) != 0)
        return dx_journal_tell(DX_TELL_NO_SOCKET_NAME, text), false;
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0 ||
        fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return dx_journal_tell(DX_TELL_CANNOT_LISTEN, text, strerror(errno)),
               false;
    name_listener(out);
    return true;
}

int dx_listener_inherit(dx_listener *out, unsigned max)
{
    const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
    const char *name = getenv("LISTEN_FDNAMES");
    unsigned count = 0, for_whom = 0;

    if (!pid || !fds || !dx_option_parse_number(pid, &for_whom) ||
        (pid_t)for_whom != getpid() || !dx_option_parse_number(fds, &count))
        return 0;
    name = name ? name : "";
    for (unsigned i = 0; i < count && i < max; i++) {
        size_t len = strcspn(name, ":");
        if (!inherit(FIRST_INHERITED + (int)i, name, len, &out[i]))
            return -1;
        name += len + (name[len] == ':');
    }
    return (int)(count < max ? count : max);
}

void dx_notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t len = path ? strlen(path) : 0;

    if (len == 0 || len >= sizeof to.sun_path)
        return;
    memcpy(to.sun_path, path, len);
    if (*path == '@') /* an abstract one */
        to.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    /* Nobody to tell is no failure: then it was not wanted. */
    ssize_t sent = sendto(fd, state, strlen(state), MSG_NOSIGNAL,
        (const struct sockaddr *)&to,
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    (void)sent;
    close(fd);
}
