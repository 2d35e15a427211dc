/* What dxserve is asked to do. */
#include "searcher/daemon/options.h"

#include <stdio.h>

#include "common/base/buf.h"
#include "common/base/mem.h"
#include "common/cli/options.h"
#include "common/cli/processors.h"
#include "searcher/daemon/journal.h"

#define NAMES_BYTES_MAX ((size_t)1 << 20)
#define THREADS_LEAST 4u

typedef enum option_id {
    OPT_INDEX, OPT_HTTP, OPT_FASTCGI, OPT_PATH, OPT_PUBLIC, OPT_THREADS,
    OPT_CONNECTIONS, OPT_HELP, OPT_VERSION
} option_id;

static const dx_option known[] = {
    {"index", 'i', DX_VALUE_NEEDED, OPT_INDEX, NULL},
    {"http", '\0', DX_VALUE_NEEDED, OPT_HTTP, NULL},
    {"fastcgi", '\0', DX_VALUE_NEEDED, OPT_FASTCGI, NULL},
    {"path", '\0', DX_VALUE_NEEDED, OPT_PATH, NULL},
    {"public", '\0', DX_VALUE_NONE, OPT_PUBLIC, NULL},
    {"threads", '\0', DX_VALUE_NUMBER, OPT_THREADS, NULL},
    {"connections", '\0', DX_VALUE_NUMBER, OPT_CONNECTIONS, NULL},
    {"help", 'h', DX_VALUE_NONE, OPT_HELP, NULL},
    {"version", 'V', DX_VALUE_NONE, OPT_VERSION, NULL},
    {0},
};

static bool add_index(dx_daemon_options *o, const dx_option_reader *r)
{
    const char *name;
    dx_buf names;

    if (!dx_option_directory(r, &name))
        return false;
    dx_buf_init(&names, NAMES_BYTES_MAX);
    dx_buf_printf(&names, "%s%s%s", o->indexes ? o->indexes : "",
        o->indexes ? "\n" : "", name);
    char *fresh = names.status == DX_OK
                      ? dx_strndup((const char *)names.data, names.len)
                      : NULL;
    dx_buf_free(&names);
    dx_free(o->indexes);
    o->indexes = fresh;
    return fresh != NULL;
}

void dx_daemon_tell_too_many(void)
{
    char most[16];

    snprintf(most, sizeof most, "%u", DX_LISTENERS_MAX);
    dx_journal_tell(DX_TELL_TOO_MANY_ADDRESSES, most);
}

static bool add_address(dx_daemon_options *o, const dx_option_reader *r)
{
    dx_address *a = &o->addresses[o->address_count];

    if (o->address_count == DX_LISTENERS_MAX) {
        dx_daemon_tell_too_many();
        return false;
    }
    if (!dx_address_read(r->text, a)) {
        dx_journal_tell(DX_TELL_NO_ADDRESS, r->option->name, r->text);
        return false;
    }
    a->protocol = r->option->id == OPT_HTTP ? DX_HTTP : DX_FASTCGI;
    o->address_count++;
    return true;
}

static bool set_path(dx_daemon_options *o, const dx_option_reader *r)
{
    o->path = r->text;
    if (*r->text == '/')
        return true;
    dx_journal_tell(DX_TELL_NO_PATH, r->text);
    return false;
}

/* -1, or the exit status. */
static int take_option(dx_daemon_options *o, const dx_option_reader *r)
{
    bool is_right = true;

    switch ((option_id)r->option->id) {
    case OPT_INDEX: is_right = add_index(o, r); break;
    case OPT_HTTP:
    case OPT_FASTCGI: is_right = add_address(o, r); break;
    case OPT_PATH: is_right = set_path(o, r); break;
    case OPT_PUBLIC: o->is_public = true; break;
    case OPT_THREADS:
        is_right = dx_option_number(r, 1, DX_DAEMON_THREADS_MAX, &o->threads);
        break;
    case OPT_CONNECTIONS:
        is_right = dx_option_number(r, 1, DX_DAEMON_CONNECTIONS_MAX,
            &o->connections);
        break;
    case OPT_HELP:
        return fputs(dx_daemon_usage(o->language), stdout) == EOF ||
                       fflush(stdout) == EOF
                   ? DX_DAEMON_FAILED
                   : 0;
    case OPT_VERSION:
        return puts("dxserve " DX_VERSION) == EOF || fflush(stdout) == EOF
                   ? DX_DAEMON_FAILED
                   : 0;
    }
    if (is_right)
        return -1;
    dx_option_try_help(r);
    return DX_DAEMON_USAGE;
}

static int check(const dx_daemon_options *o, const dx_option_reader *r)
{
    for (unsigned i = 0; i < o->address_count; i++) {
        const dx_address *a = &o->addresses[i];
        if (o->is_public || dx_address_is_local(a))
            continue;
        dx_journal_tell(DX_TELL_NOT_LOOPBACK, dx_protocol_name(a->protocol),
            a->text);
        dx_option_try_help(r);
        return DX_DAEMON_USAGE;
    }
    return -1;
}

int dx_daemon_parse(int argc, char **argv, dx_daemon_options *out)
{
    dx_option_reader r = dx_option_reader_new("dxserve", known, argc, argv);
    unsigned processors = dx_processors(DX_DAEMON_THREADS_MAX / 2);
    dx_argument what;

    *out = (dx_daemon_options){.language = r.language, .path = "/",
        .threads = processors * 2, .connections = 256};
    if (out->threads < THREADS_LEAST)
        out->threads = THREADS_LEAST;
    dx_journal_open(r.language);
    while ((what = dx_option_next(&r)) == DX_ARGUMENT_OPTION) {
        int status = take_option(out, &r);
        if (status >= 0)
            return status;
    }
    if (what == DX_ARGUMENT_TEXT) {
        dx_journal_tell(DX_TELL_NO_ARGUMENT, r.text);
        dx_option_try_help(&r);
    }
    return what == DX_ARGUMENT_END ? check(out, &r) : DX_DAEMON_USAGE;
}

void dx_daemon_options_free(dx_daemon_options *options)
{
    dx_free(options->indexes);
}
