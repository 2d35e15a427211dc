/* zlib behind five functions. */
#include "indexer/input/packed/gunzip.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>

#include "common/base/mem.h"
#include "indexer/input/chars/chars.h"

#define BUFFER_BYTES (128u << 10)
#define KEPT_BYTES (32u << 10) /* of it, that are unpacked: the next member may have
                                  begun in there before damage was noticed */
#define HEAD_BYTES 4u         /* that tell a member: its mark, method and flags */
#define TRIED_BYTES (4u << 10) /* of a member, to see how its text begins */
#define MARK_MAX_BYTES 16u
#define WINDOW_BITS (15 + 16) /* as large as gzip's can be; 16: gzip */

typedef enum state { BETWEEN, WITHIN, DAMAGED, AT_END } state;

struct dx_gunzip {
    dx_packed_feed feed;
    void *ctx;
    z_stream z;
    state state;
    const char *why; /* static or of zlib: what is damaged */
    bool has_any;    /* a member */
    dx_str block;    /* borrowed: given and not yet in the buffer */
    bool is_fed_up;  /* there is nothing more to be given */
    size_t member;   /* where the one at hand begins in the buffer; 0: before it */
    size_t start, end;
    unsigned char buffer[BUFFER_BYTES]; /* [start, end) is still packed */
};

static void *allocate(void *ctx, unsigned count, unsigned size)
{
    (void)ctx;
    return dx_calloc(count, size);
}

static void release(void *ctx, void *p)
{
    (void)ctx;
    dx_free(p);
}

bool dx_gunzip_is_gzip(dx_str first)
{
    return first.len >= 2 && memcmp(first.ptr, "\x1F\x8B", 2) == 0;
}

dx_status dx_gunzip_new(dx_packed_feed feed, void *ctx, dx_gunzip **out,
    dx_error *err)
{
    dx_gunzip *g = dx_calloc(1, sizeof *g);

    *out = NULL;
    if (!g)
        return dx_fail_nomem(err);
    g->feed = feed;
    g->ctx = ctx;
    g->z.zalloc = allocate;
    g->z.zfree = release;
    if (inflateInit2(&g->z, WINDOW_BITS) != Z_OK) {
        dx_free(g);
        return dx_fail_nomem(err);
    }
    *out = g;
    return DX_OK;
}

/* ---- packed bytes ---- */

static size_t at_hand(const dx_gunzip *g) { return g->end - g->start; }

static void make_room(dx_gunzip *g)
{
    size_t gone = g->start > KEPT_BYTES ? g->start - KEPT_BYTES : 0;

    if (gone)
        memmove(g->buffer, g->buffer + gone, g->end - gone);
    g->start -= gone;
    g->end -= gone;
    g->member = g->member > gone ? g->member - gone : 0;
}

/* Takes bytes in until there are `want`, a few KiB, or all that there are. */
static dx_status take_in(dx_gunzip *g, size_t want, dx_error *err)
{
    while (at_hand(g) < want && !g->is_fed_up) {
        if (g->block.len == 0) {
            const void *block = NULL;
            ssize_t n = g->feed(g->ctx, &block);
            if (n < 0)
                return dx_fail(err, DX_ERR_IO, "cannot decompress: %s",
                    strerror(errno));
            g->is_fed_up = n == 0;
            g->block = (dx_str){block, (size_t)n};
        }
        make_room(g);
        size_t room = BUFFER_BYTES - g->end;
        size_t n = g->block.len < room ? g->block.len : room;
        if (n > 0)
            memcpy(g->buffer + g->end, g->block.ptr, n);
        g->end += n;
        g->block = dx_str_from_offset(g->block, n);
    }
    return DX_OK;
}

/* ---- members ---- */

static void note_damage(dx_gunzip *g, const char *why)
{
    g->state = DAMAGED;
    g->why = why;
}

static dx_status start_member(dx_gunzip *g, dx_error *err)
{
    DX_TRY(take_in(g, 2, err));
    g->member = g->start;
    while (g->has_any && at_hand(g) > 0 && g->buffer[g->start] == 0) {
        g->start++;
        DX_TRY(take_in(g, 2, err));
    }
    if (at_hand(g) == 0) {
        g->state = AT_END;
    } else if (!dx_gunzip_is_gzip((dx_str){(const char *)g->buffer + g->start,
                   at_hand(g)})) {
        note_damage(g, "what is behind a member of gzip is none");
    } else {
        inflateReset(&g->z);
        g->state = WITHIN;
        g->has_any = true;
    }
    return DX_OK;
}

/* In words that who reads can tell from others. */
static const char *reason(const dx_gunzip *g)
{
    const char *why = g->z.msg;

    if (!why)
        return "no gzip that can be read";
    return strcmp(why, "incorrect data check") == 0 ||
                   strcmp(why, "incorrect length check") == 0
               ? DX_GUNZIP_WRONG_SUM
               : why;
}

static dx_status inflate_some(dx_gunzip *g, size_t *got, dx_error *err)
{
    size_t room = g->z.avail_out;

    DX_TRY(take_in(g, 1, err));
    if (at_hand(g) == 0) {
        note_damage(g, "truncated gzip input");
        return DX_OK;
    }
    g->z.next_in = g->buffer + g->start;
    g->z.avail_in = (unsigned)at_hand(g);
    int rc = inflate(&g->z, Z_NO_FLUSH);
    g->start = g->end - g->z.avail_in;
    *got += room - g->z.avail_out;
    if (rc == Z_MEM_ERROR)
        return dx_fail_nomem(err);
    if (rc == Z_STREAM_END) {
        g->state = BETWEEN;
    } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
        note_damage(g, reason(g));
    }
    return DX_OK;
}

dx_status dx_gunzip_read(dx_gunzip *g, void *to, size_t n, size_t *got,
    dx_error *err)
{
    *got = 0;
    g->z.next_out = to;
    g->z.avail_out = n < (1u << 30) ? (unsigned)n : 1u << 30;
    do {
        if (g->state == BETWEEN)
            DX_TRY(start_member(g, err));
        while (g->state == WITHIN && g->z.avail_out > 0)
            DX_TRY(inflate_some(g, got, err));
    } while (*got == 0 && g->state == BETWEEN); /* it was an empty one */
    if (*got == 0 && g->state == DAMAGED)
        return dx_fail(err, DX_ERR_FORMAT,
            "cannot decompress: %s; is the file complete?", g->why);
    return DX_OK;
}

/* ---- behind damage ---- */

/* Whether a member that begins with `mark` is at hand. */
static dx_status try_member(dx_gunzip *g, dx_str mark, bool *is_one,
    dx_error *err)
{
    const unsigned char *p = g->buffer + g->start;
    unsigned char text[MARK_MAX_BYTES];

    *is_one = false;
    if (at_hand(g) < HEAD_BYTES || memcmp(p, "\x1F\x8B\x08", 3) != 0 ||
        (p[3] & 0xE0) != 0)
        return DX_OK;
    inflateReset(&g->z);
    g->z.next_in = g->buffer + g->start;
    g->z.avail_in = (unsigned)at_hand(g);
    g->z.next_out = text;
    g->z.avail_out = (unsigned)mark.len;
    int rc = inflate(&g->z, Z_NO_FLUSH);
    if (rc == Z_MEM_ERROR)
        return dx_fail_nomem(err);
    *is_one = (rc == Z_OK || rc == Z_STREAM_END) && g->z.avail_out == 0 &&
              memcmp(text, mark.ptr, mark.len) == 0;
    return DX_OK;
}

dx_status dx_gunzip_skip_to(dx_gunzip *g, dx_str mark, bool *found,
    dx_error *err)
{
    *found = false;
    if (mark.len > MARK_MAX_BYTES)
        mark.len = MARK_MAX_BYTES;
    g->start = g->member < g->end ? g->member + 1 : g->end;
    for (;;) {
        DX_TRY(take_in(g, TRIED_BYTES, err));
        DX_TRY(try_member(g, mark, found, err));
        if (*found || at_hand(g) == 0)
            break;
        const unsigned char *p = g->buffer + g->start, *next =
            memchr(p + 1, 0x1F, at_hand(g) - 1);
        g->start = next ? (size_t)(next - g->buffer) : g->end;
    }
    g->state = *found ? BETWEEN : AT_END;
    return DX_OK;
}

void dx_gunzip_free(dx_gunzip *g)
{
    if (!g)
        return;
    inflateEnd(&g->z);
    dx_free(g);
}
