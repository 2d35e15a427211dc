/* Reads the command line argument by argument, and complains about mistakes. */
#include "common/cli/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/cli/nearest.h"
#include "common/cli/terminal.h"
#include "common/cli/number.h"

/* ---- complaints ---- */

/* Name, English, Vietnamese. Both take the same arguments, all strings. */
#define MESSAGES(X)                                                            \
    X(UNKNOWN, "there is no option %s", "không có tùy chọn %s")                \
    X(DID_YOU_MEAN, "; did you mean --%s?", "; có phải --%s không?")           \
    X(AS_TEXT, "If it is meant as text: %s -- %s",                             \
        "Nếu muốn dùng chính chữ đó: %s -- %s")                                \
    X(NEEDS_VALUE, "%s needs a value", "%s cần có giá trị đi kèm")             \
    X(TAKES_NO_VALUE, "--%s takes no value", "--%s không có giá trị đi kèm")   \
    X(WANT_NUMBER, "--%s %s: give a number from %s to %s",                     \
        "--%s %s: hãy cho một số từ %s đến %s")                                \
    X(WANT_WORD, "--%s %s: give one of %s", "--%s %s: hãy chọn một trong %s")  \
    X(WANT_DIRECTORY, "--%s: give a directory", "--%s: hãy cho một thư mục")   \
    X(TRY_HELP, "Try '%s --help'.", "Xem hướng dẫn bằng '%s --help'.")

typedef enum message {
#define MESSAGE_ENUM(name, english, vietnamese) name,
    MESSAGES(MESSAGE_ENUM) MESSAGE_COUNT
#undef MESSAGE_ENUM
} message;

static const char *const texts[MESSAGE_COUNT][2] = {
#define MESSAGE_TEXTS(name, english, vietnamese) {english, vietnamese},
    MESSAGES(MESSAGE_TEXTS)
#undef MESSAGE_TEXTS
};

static void say(const dx_option_reader *r, message m, ...)
{
    va_list args;

    va_start(args, m);
    dx_terminal_vprintf(stderr, texts[m][r->language], args);
    va_end(args);
}

static void complain(const dx_option_reader *r, message m, ...)
{
    va_list args;

    fprintf(stderr, "%s: ", r->program);
    va_start(args, m);
    dx_terminal_vprintf(stderr, texts[m][r->language], args);
    va_end(args);
    fputc('\n', stderr);
}

void dx_option_try_help(const dx_option_reader *r)
{
    say(r, TRY_HELP, r->program);
    fputc('\n', stderr);
}

static dx_argument unknown(const dx_option_reader *r, const char *arg)
{
    dx_nearest best = DX_NEAREST_INIT;

    for (const dx_option *o = r->options; o->name && arg[1] == '-'; o++)
        dx_nearest_consider(&best, arg + 2, o->name);
    fprintf(stderr, "%s: ", r->program);
    say(r, UNKNOWN, arg);
    if (best.name)
        say(r, DID_YOU_MEAN, best.name);
    fputc('\n', stderr);
    if (r->dash_is_text) {
        say(r, AS_TEXT, r->program, arg);
        fputc('\n', stderr);
    }
    dx_option_try_help(r);
    return DX_ARGUMENT_WRONG;
}

/* ---- values ---- */

/* The number of `text` among `words`, from 0; or -1. */
static int find_word(const char *words, const char *text)
{
    size_t len = strlen(text), n;
    int at = 0;

    for (const char *p = words; *p; p += n + (p[n] == ' '), at++) {
        n = strcspn(p, " ");
        if (n == len && memcmp(p, text, n) == 0)
            return at;
    }
    return -1;
}

/* strtoul() would take a sign and blanks. */
bool dx_option_parse_number(const char *s, unsigned *out)
{
    unsigned n = 0;

    for (const char *p = s; *p; p++) {
        if (*p < '0' || *p > '9' || n > 100000000u)
            return false;
        n = n * 10 + (unsigned)(*p - '0');
    }
    *out = n;
    return *s != '\0';
}

void dx_option_want_number(const dx_option_reader *r, unsigned min,
    unsigned max)
{
    char from[DX_FORMAT_BYTES], to[DX_FORMAT_BYTES];

    complain(r, WANT_NUMBER, r->option->name, r->text,
        dx_number_text(r->language, min, from),
        dx_number_text(r->language, max, to));
}

bool dx_option_number(const dx_option_reader *r, unsigned min, unsigned max,
    unsigned *out)
{
    if (dx_option_parse_number(r->text, out) && *out >= min && *out <= max)
        return true;
    dx_option_want_number(r, min, max);
    return false;
}

bool dx_option_choose(const dx_option_reader *r, const char *words,
    unsigned *out)
{
    int which = find_word(words, r->text);

    if (which < 0) {
        complain(r, WANT_WORD, r->option->name, r->text, words);
        return false;
    }
    *out = (unsigned)which;
    return true;
}

bool dx_option_directory(const dx_option_reader *r, const char **out)
{
    *out = r->text;
    if (*r->text)
        return true;
    complain(r, WANT_DIRECTORY, r->option->name);
    return false;
}

/* ---- arguments ---- */

dx_option_reader dx_option_reader_new(const char *program,
    const dx_option *options, int argc, char **argv)
{
    return (dx_option_reader){.program = program, .options = options,
        .argc = argc, .argv = argv, .at = 1,
        .language = dx_language_from_environment()};
}

static bool looks_like_option(const char *arg)
{
    return arg[0] == '-' && arg[1] == '-' && arg[2] >= 'a' && arg[2] <= 'z';
}

static const dx_option *find_letter(const dx_option_reader *r, char letter)
{
    for (const dx_option *o = r->options; o->name; o++)
        if (o->letter && o->letter == letter)
            return o;
    return NULL;
}

static const dx_option *find_name(const dx_option_reader *r, const char *name,
    size_t len)
{
    for (const dx_option *o = r->options; o->name; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return o;
    return NULL;
}

/* `arg` is the option as it was written; a value that is not in it is the next
 * argument. */
static dx_argument take_option(dx_option_reader *r, const char *arg)
{
    const dx_option *o = r->option;
    const char *next = r->at < r->argc ? r->argv[r->at] : NULL;

    if (o->value == DX_VALUE_NONE && r->text) {
        complain(r, TAKES_NO_VALUE, o->name);
        dx_option_try_help(r);
        return DX_ARGUMENT_WRONG;
    }
    if (r->text || o->value == DX_VALUE_NONE ||
        (o->value == DX_VALUE_OPTIONAL &&
            !(next && find_word(o->words, next) >= 0)))
        return DX_ARGUMENT_OPTION;
    if (!next) {
        complain(r, NEEDS_VALUE, arg);
        dx_option_try_help(r);
        return DX_ARGUMENT_WRONG;
    }
    r->text = next;
    r->at++;
    return DX_ARGUMENT_OPTION;
}

static dx_argument take_name(dx_option_reader *r, const char *arg)
{
    size_t len = strcspn(arg + 2, "=");

    r->option = find_name(r, arg + 2, len);
    if (!r->option)
        return unknown(r, arg);
    r->text = arg[2 + len] == '=' ? arg + 2 + len + 1 : NULL;
    return take_option(r, arg);
}

/* Where text may start with '-', a letter stands alone; only a number may
 * directly follow it: "-n5". */
static bool is_text(const dx_option_reader *r, const char *letters)
{
    const dx_option *o = find_letter(r, letters[0]);
    unsigned number;

    return r->dash_is_text &&
           (!o || (letters[1] && !(o->value == DX_VALUE_NUMBER &&
                                     dx_option_parse_number(letters + 1,
                                         &number))));
}

/* Takes the next letter of "-v", "-vq", "-n5". */
static dx_argument take_letter(dx_option_reader *r)
{
    const char letter[] = {'-', *r->letters++, '\0'};

    r->option = find_letter(r, letter[1]);
    if (!r->option)
        return unknown(r, r->argv[r->at - 1]);
    if (r->option->value != DX_VALUE_NONE && *r->letters) {
        r->text = r->letters;
        r->letters = "";
    }
    return take_option(r, letter);
}

dx_argument dx_option_next(dx_option_reader *r)
{
    r->option = NULL;
    r->text = NULL;
    if (r->letters && *r->letters)
        return take_letter(r);
    if (!r->only_arguments && r->at < r->argc &&
        strcmp(r->argv[r->at], "--") == 0) {
        r->only_arguments = true;
        r->at++;
    }
    if (r->at >= r->argc)
        return DX_ARGUMENT_END;
    const char *arg = r->argv[r->at++];
    if (!r->only_arguments && looks_like_option(arg))
        return take_name(r, arg);
    if (!r->only_arguments && arg[0] == '-' && arg[1] && !is_text(r, arg + 1)) {
        r->letters = arg + 1;
        return take_letter(r);
    }
    r->text = arg;
    return DX_ARGUMENT_TEXT;
}
