/* bench_web_load PORT TARGETS CONNECTIONS SECONDS RATE: asks an HTTP server on 127.0.0.1 for
 * the targets in the file TARGETS, one a line, again and again over so many connections that
 * stay open. RATE requests a second, or 0: as many as it answers. Prints requests a second,
 * requests, errors, median, 99th percentile and longest time in milliseconds, bytes of body.
 *
 * At a rate, a request's time counts from when it was due, not from when a connection was free
 * for it: what waits behind a slow answer is slow, too. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define TARGETS_MAX 100000
#define CONNECTIONS_MAX 256
#define SAMPLES_MAX 4000000
#define BUFFER_BYTES (1u << 20)

static char *targets[TARGETS_MAX];
static size_t target_count;
static unsigned port;
static double rate, seconds, start;
static unsigned connections;

typedef struct client {
    pthread_t thread;
    unsigned number;
    float *ms; /* of each request */
    size_t count, errors, bytes;
} client;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_until(double when)
{
    double left = when - now();
    struct timespec t = {.tv_sec = (time_t)left};

    if (left <= 0.0)
        return;
    t.tv_nsec = (long)((left - (double)t.tv_sec) * 1e9);
    nanosleep(&t, NULL);
}

static int connect_to_server(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    perror("bench_web_load");
    exit(1);
}

/* The body's bytes, or -1 when it is no "200" of the length that its head says. */
static long ask(int fd, const char *target, char *buffer)
{
    int n = snprintf(buffer, BUFFER_BYTES,
        "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target);
    size_t have = 0;
    char *end = NULL;

    if (write(fd, buffer, (size_t)n) != n)
        return -1;
    while (!end) {
        ssize_t got = read(fd, buffer + have, BUFFER_BYTES - 1 - have);
        if (got <= 0)
            return -1;
        have += (size_t)got;
        buffer[have] = '\0';
        end = strstr(buffer, "\r\n\r\n");
    }
    *end = '\0';
    const char *length = strcasestr(buffer, "\r\nContent-Length:");
    long body = length ? strtol(length + 17, NULL, 10) : -1;
    if (strncmp(buffer, "HTTP/1.1 200", 12) != 0)
        body = -1;
    for (long left = body - (buffer + have - (end + 4)); left > 0;) {
        ssize_t got = read(fd, buffer, BUFFER_BYTES);
        if (got <= 0)
            return -1;
        left -= got;
    }
    return body;
}

static void *run(void *ctx)
{
    client *c = ctx;
    char *buffer = malloc(BUFFER_BYTES);
    int fd = connect_to_server();

    for (size_t i = c->number;; i += connections) {
        double due = rate > 0.0 ? start + (double)i / rate : now();
        if (due - start >= seconds || now() - start >= seconds * 2 ||
            c->count == SAMPLES_MAX / connections)
            break;
        sleep_until(due);
        long body = ask(fd, targets[i % target_count], buffer);
        c->ms[c->count++] = (float)((now() - due) * 1e3);
        if (body < 0) {
            c->errors++;
            close(fd);
            fd = connect_to_server();
        } else {
            c->bytes += (size_t)body;
        }
    }
    close(fd);
    free(buffer);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static void read_targets(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[8192];

    if (!file) {
        perror(path);
        exit(1);
    }
    while (target_count < TARGETS_MAX && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        targets[target_count++] = strdup(line);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    static client clients[CONNECTIONS_MAX];
    size_t count = 0, errors = 0, bytes = 0;

    if (argc != 6) {
        fprintf(stderr, "usage: %s PORT TARGETS CONNECTIONS SECONDS RATE\n", argv[0]);
        return 2;
    }
    port = (unsigned)strtoul(argv[1], NULL, 10);
    read_targets(argv[2]);
    connections = (unsigned)strtoul(argv[3], NULL, 10);
    seconds = strtod(argv[4], NULL);
    rate = strtod(argv[5], NULL);
    if (connections < 1 || connections > CONNECTIONS_MAX || target_count == 0)
        return 2;
    float *all = malloc(SAMPLES_MAX * sizeof *all);
    start = now();
    for (unsigned i = 0; i < connections; i++) {
        clients[i].number = i;
        clients[i].ms = malloc(SAMPLES_MAX / connections * sizeof(float));
        pthread_create(&clients[i].thread, NULL, run, &clients[i]);
    }
    for (unsigned i = 0; i < connections; i++) {
        pthread_join(clients[i].thread, NULL);
        memcpy(all + count, clients[i].ms, clients[i].count * sizeof *all);
        count += clients[i].count;
        errors += clients[i].errors;
        bytes += clients[i].bytes;
    }
    double took = now() - start;
    qsort(all, count, sizeof *all, compare);
    printf("%.0f\t%zu\t%zu\t%.2f\t%.2f\t%.2f\t%zu\n", (double)count / took, count,
        errors, (double)all[count / 2], (double)all[count * 99 / 100],
        (double)all[count - 1], bytes);
    return errors > 0;
}
