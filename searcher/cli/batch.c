/* Many queries, answered by several threads in the order in which they were asked. */
#include "searcher/cli/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/base/mem.h"
#include "common/cli/processors.h"
#include "common/cli/terminal.h"
#include "searcher/cli/answer.h"
#include "searcher/cli/stdout.h"
#include "searcher/cli/view.h"
#include "searcher/output/messages.h"

#define BOM "\xEF\xBB\xBF"
#define BOM_BYTES (sizeof BOM - 1)
#define READ_BYTES ((size_t)1 << 16)
#define LINE_BYTES_MAX ((size_t)1 << 24)
#define ANSWER_BYTES_MAX ((size_t)1 << 30)
#define THREADS_MAX 64u
#define QUERIES_PER_THREAD 32u /* in one round: bounds the answers in memory */
#define ROUND_MAX (QUERIES_PER_THREAD * THREADS_MAX)

typedef struct job {
    const char *qid, *query; /* in the input buffer; NUL-terminated */
    char number[24];         /* the line's number, when it has no id */
    dx_cli_options options;  /* of the command line, changed by those of the line */
    bool is_wrong;           /* they are, and that was said */
    dx_buf out;
    dx_answer answer;
} job;

typedef struct batch {
    dx_index *ix;
    const dx_cli_options *options;
    dx_query_log *log; /* borrowed */
    dx_view view;
    unsigned threads;
    int fd;
    dx_buf input;     /* what has been read and not been answered */
    size_t input_pos; /* start of the next line in it */
    bool at_end;      /* of the file */
    uint64_t line;    /* lines taken */
    job *jobs;        /* [ROUND_MAX], of one round */
    size_t job_count;
    atomic_size_t next; /* job to be done */
    bool found, any_wrong;
} batch;

/* ---- input ---- */

static const char *file_name(const batch *b)
{
    return strcmp(b->options->batch, "-") == 0 ? "<stdin>" : b->options->batch;
}

/* Reads more; the unanswered rest moves to the front. */
static bool read_more(batch *b)
{
    size_t left = b->input.len - b->input_pos;
    char number[24];
    ssize_t n;

    if (left > 0)
        memmove(b->input.data, b->input.data + b->input_pos, left);
    b->input.len = left;
    b->input_pos = 0;
    uint8_t *at = dx_buf_extend(&b->input, READ_BYTES);
    if (!at) {
        snprintf(number, sizeof number, "%llu",
            (unsigned long long)b->line + 1);
        dx_complain(b->options->language, DX_SAY_LINE_TOO_LONG, file_name(b),
            number);
        return false;
    }
    do
        n = read(b->fd, at, READ_BYTES - 1); /* room to end the last line */
    while (n < 0 && errno == EINTR);
    b->input.len = left + (n > 0 ? (size_t)n : 0);
    b->at_end = n == 0;
    if (n < 0)
        dx_complain(b->options->language, DX_SAY_CANNOT_READ, file_name(b),
            strerror(errno));
    return n >= 0;
}

/* Of a file as Windows writes it; it is whole before the first line is taken. */
static void pass_bom(batch *b)
{
    if (b->line == 0 && b->input_pos == 0 && b->input.len >= BOM_BYTES &&
        memcmp(b->input.data, BOM, BOM_BYTES) == 0)
        b->input_pos = BOM_BYTES;
}

/* The next whole line, NUL-terminated in place, or NULL when more must be read.
 * A NUL within a line separates words. */
static char *take_line(batch *b)
{
    pass_bom(b);
    char *line = (char *)b->input.data + b->input_pos;
    size_t left = b->input.len - b->input_pos;
    char *end = left ? memchr(line, '\n', left) : NULL;

    if (!end && !(b->at_end && left > 0))
        return NULL;
    size_t len = end ? (size_t)(end - line) : left;
    b->input_pos += len + (end != NULL);
    b->line++;
    line[len] = '\0';
    if (len > 0 && line[len - 1] == '\r')
        line[--len] = '\0';
    for (size_t i = 0; i < len; i++)
        if (line[i] == '\0')
            line[i] = ' ';
    return line;
}

/* "id<TAB>query<TAB>--options": a tab that no options follow parts words. */
static void read_line(const batch *b, char *line, job *j)
{
    char *tab = strchr(line, '\t');
    char *rest = tab ? strstr(tab + 1, "\t--") : NULL;

    if (tab)
        *tab = '\0';
    else
        snprintf(j->number, sizeof j->number, "%llu",
            (unsigned long long)b->line);
    if (rest)
        *rest++ = '\0';
    j->qid = tab ? line : j->number;
    j->query = tab ? tab + 1 : line;
    j->options = *b->options;
    j->is_wrong =
        rest && !dx_cli_parse_line(rest, *j->query != '\0', &j->options);
}

static void take_jobs(batch *b, size_t max)
{
    char *line;

    for (b->job_count = 0; b->job_count < max && (line = take_line(b));)
        if (*line)
            read_line(b, line, &b->jobs[b->job_count++]);
}

/* ---- answers ---- */

static void *work(void *arg)
{
    batch *b = arg;
    size_t i;

    while ((i = atomic_fetch_add(&b->next, 1)) < b->job_count) {
        job *j = &b->jobs[i];
        if (j->is_wrong)
            dx_answer_put_failure(j->qid, &j->options, &b->view, "bad_options",
                (const char *const[2]){dx_message_text(DX_ENGLISH, DX_SAY_WRONG_LINE),
                    dx_message_text(DX_VIETNAMESE, DX_SAY_WRONG_LINE)},
                &j->out);
        else
            dx_answer_query(b->ix, j->query, j->qid, &j->options, b->log,
                &b->view, &j->out, &j->answer);
    }
    return NULL;
}

/* The caller works too, so a thread that cannot be had costs only speed. */
static void work_together(batch *b)
{
    pthread_t threads[THREADS_MAX];
    unsigned started = 0;

    atomic_store(&b->next, 0);
    while (started + 1 < b->threads && started + 1 < b->job_count &&
           pthread_create(&threads[started], NULL, work, b) == 0)
        started++;
    work(b);
    while (started > 0)
        pthread_join(threads[--started], NULL);
}

static bool write_answer(batch *b, job *j)
{
    int status = DX_EXIT_NOTHING;

    if (j->is_wrong) {
        dx_terminal_printf(stderr, "dxsearch: %s: %s\n", j->qid,
            dx_message_text(b->options->language, DX_SAY_WRONG_LINE));
        b->any_wrong = true;
    } else {
        status = dx_answer_tell(&j->answer, j->qid, &j->options);
    }
    b->found = b->found || status == DX_EXIT_FOUND;
    return status != DX_EXIT_FAILED &&
           dx_output_flush(&j->out, b->options->language);
}

static bool write_answers(batch *b)
{
    for (size_t i = 0; i < b->job_count; i++)
        if (!write_answer(b, &b->jobs[i]))
            return false;
    return true;
}

/* Whoever asks in turn is answered by what was published last; without that, by
 * what there is. */
static void refresh(batch *b)
{
    dx_error err;

    if (b->fd == STDIN_FILENO && dx_index_refresh(b->ix, &err) != DX_OK)
        dx_complain(b->options->language, DX_SAY_NO_REFRESH, err.msg);
}

static bool answer_all(batch *b)
{
    size_t max = (size_t)b->threads * QUERIES_PER_THREAD;

    for (;;) {
        take_jobs(b, max);
        if (b->job_count > 0) {
            refresh(b);
            work_together(b);
            if (!write_answers(b))
                return false;
        } else if (b->at_end) {
            return true;
        } else if (!read_more(b)) {
            return false;
        }
    }
}

/* ---- the run ---- */

static int run(batch *b)
{
    for (size_t i = 0; i < ROUND_MAX; i++)
        dx_buf_init(&b->jobs[i].out, ANSWER_BYTES_MAX);
    bool done = answer_all(b);
    for (size_t i = 0; i < ROUND_MAX; i++)
        dx_buf_free(&b->jobs[i].out);
    return !done          ? DX_EXIT_FAILED
           : b->any_wrong ? DX_EXIT_USAGE
           : b->found     ? DX_EXIT_FOUND
                          : DX_EXIT_NOTHING;
}

int dx_batch_run(dx_index *ix, const dx_cli_options *options, dx_query_log *log)
{
    bool is_stdin = strcmp(options->batch, "-") == 0;
    batch b = {.ix = ix, .options = options, .log = log,
        .view = dx_cli_view(options),
        .threads = options->threads ? options->threads : dx_processors(THREADS_MAX),
        .fd = is_stdin ? STDIN_FILENO
                       : open(options->batch, O_RDONLY | O_CLOEXEC)};

    if (b.fd < 0) {
        dx_complain(options->language, DX_SAY_CANNOT_READ, options->batch,
            strerror(errno));
        return DX_EXIT_FAILED;
    }
    dx_buf_init(&b.input, LINE_BYTES_MAX);
    b.jobs = dx_calloc(ROUND_MAX, sizeof *b.jobs);
    int status = DX_EXIT_FAILED;
    if (b.jobs)
        status = run(&b);
    else
        dx_complain(options->language, DX_SAY_CANNOT_READ, options->batch,
            strerror(ENOMEM));
    dx_free(b.jobs);
    dx_buf_free(&b.input);
    if (!is_stdin)
        close(b.fd);
    return status;
}
