/* listener.h -- where requests come in: sockets of our own or of systemd, and what is
 * spoken there. */
#ifndef DX_SEARCHER_DAEMON_LISTENER_H
#define DX_SEARCHER_DAEMON_LISTENER_H

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

#define DX_LISTENERS_MAX 8u
#define DX_LISTENER_NAME_BYTES 160
#define DX_SOCKET_PATH_BYTES sizeof(((struct sockaddr_un *)0)->sun_path)

typedef enum dx_protocol { DX_HTTP, DX_FASTCGI } dx_protocol;

typedef struct dx_address {
    const char *text; /* as it was given, borrowed */
    dx_protocol protocol;
    struct sockaddr_storage socket;
    socklen_t socket_bytes;
} dx_address;

typedef struct dx_listener {
    int fd; /* non-blocking, closed on exec */
    dx_protocol protocol;
    char name[DX_LISTENER_NAME_BYTES]; /* "http://127.0.0.1:8080/", "/run/dx/http.sock" */
    char path[DX_SOCKET_PATH_BYTES]; /* to be removed in the end, or "" */
} dx_listener;

/** "http" or "fastcgi". */
const char *dx_protocol_name(dx_protocol protocol);

/** Reads "8080", "127.0.0.1:8080", "localhost:8080", "[::1]:8080" or the path of a socket,
 *  which has a '/' in it. Port 0: any that is free. False when it is none of these. */
bool dx_address_read(const char *text, dx_address *out);

/** Whether only this machine reaches it. */
bool dx_address_is_local(const dx_address *a);

/** Listens there. The socket of a path has the rights that the umask leaves; one that
 *  nobody answers at any more is replaced. False after having said why. */
bool dx_listener_open(const dx_address *a, dx_listener *out);

/** Takes over listening sockets that systemd opened (sd_listen_fds(3)), named "http" or
 *  "fastcgi": at most `max`, into `out`. Returns how many, or -1 after having said what is
 *  wrong. */
int dx_listener_inherit(dx_listener *out, unsigned max);

/** Stops listening; removes a path that it made. */
void dx_listener_close(dx_listener *l);

/** Tells systemd, if it wants to know, "READY=1" and the like (sd_notify(3)). */
void dx_notify(const char *state);

#endif
