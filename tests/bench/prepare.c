/* bench_prepare OUT ARTICLES CORPUS…: from JSONL files (also .zst, .gz) what
 * the benchmark works on, in folder OUT:
 *
 *     corpus.jsonl  the first ARTICLES lines of each as they are: for dx
 *     folded.tsv    id TAB title TAB folded title and lead TAB folded body: what
 *                   the rivals index
 *     values.tsv    date TAB source TAB category, line for line with it
 *     words.tsv     folded TAB accented: 3 to 8 syllables from an article's
 *                   opening, for all-words and any-words queries
 *     phrases.tsv   the same with 3 to 5
 *
 * The queries are a sample with a fixed seed, of plain syllables only: there
 * all engines agree on what a term is. Prints the number of articles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/civil.h"
#include "common/base/hash.h"
#include "common/text/analyzer.h"
#include "common/text/lexer.h"
#include "common/text/term.h"
#include "indexer/input/byte_stream.h"
#include "indexer/input/lines.h"
#include "indexer/input/source.h"

#define SAMPLE 1000u
#define OPENING 24u   /* syllables a query may come from */
#define RUN_MAX 8u
#define SEED 0x64782d62656e6368u
#define CACHE_SLOTS (1u << 20)

typedef struct sample { /* reservoir: every article has the same chance */
    char *queries[SAMPLE];
    unsigned shortest, longest; /* syllables */
    uint64_t seen;
} sample;

typedef struct opening { /* an article's first syllables */
    dx_buf folded, accented;         /* joined by blanks */
    size_t folded_at[OPENING + 1], accented_at[OPENING + 1]; /* starts */
    unsigned count;
    bool ended; /* something else than a syllable came */
} opening;

typedef struct cached { /* a word's folded terms, as put_plain() made them */
    uint64_t hash;
    char *text; /* owned; NULL: free */
} cached;

typedef struct work {
    dx_analyzer *analyzer;
    cached *cache; /* CACHE_SLOTS; a newer word takes an older one's place */
    dx_buf head, body; /* the article's folded terms */
    opening opening;
    sample words, phrases;
    uint64_t random;
    FILE *corpus, *folded, *values;
} work;

/* xorshift64*: the same queries on every machine. */
static uint64_t random_below(work *w, uint64_t n)
{
    w->random ^= w->random >> 12;
    w->random ^= w->random << 25;
    w->random ^= w->random >> 27;
    return (w->random * 0x2545f4914f6cdd1du >> 11) % n;
}

/* ---- terms ---- */

/* Letters and digits only, so that no rival's tokenizer cuts a term. */
static void put_plain(dx_buf *out, dx_str term)
{
    size_t before = out->len;

    if (out->len)
        dx_buf_putc(out, ' ');
    for (size_t i = 0; i < term.len; i++) {
        unsigned char c = (unsigned char)term.ptr[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            dx_buf_putc(out, (char)c);
    }
    if (out->len == before + 1 && before)
        out->len = before;
}

static void put_opening(opening *o, const dx_term *t)
{
    if (t->kind != DX_TERM_SYLLABLE)
        o->ended = true;
    if (o->ended || o->count == OPENING)
        return;
    if (o->count) {
        dx_buf_putc(&o->folded, ' ');
        dx_buf_putc(&o->accented, ' ');
    }
    o->folded_at[o->count] = o->folded.len;
    o->accented_at[o->count] = o->accented.len;
    dx_buf_put_str(&o->folded, t->folded);
    dx_buf_put_str(&o->accented, t->exact);
    o->count++;
    o->folded_at[o->count] = o->folded.len + 1;
    o->accented_at[o->count] = o->accented.len + 1;
}

static dx_status analyze(work *w, dx_str word, bool is_opening, dx_buf *plain)
{
    const dx_term *terms;
    size_t count;

    DX_TRY(dx_analyzer_word(w->analyzer, word, &terms, &count));
    for (size_t i = 0; i < count; i++) {
        if (terms[i].overlay)
            continue;
        put_plain(plain, terms[i].folded);
        if (is_opening)
            put_opening(&w->opening, &terms[i]);
    }
    return plain->status;
}

/* 64 bits of hash stand for the word: a collision among the few hundred
 * thousand words of a corpus is not to be expected. */
static dx_status put_cached(work *w, dx_str word, dx_buf *out)
{
    uint64_t hash = dx_hash64(word.ptr, word.len);
    cached *c = &w->cache[hash % CACHE_SLOTS];

    if (!c->text || c->hash != hash) {
        dx_buf plain;
        dx_buf_init(&plain, SIZE_MAX);
        DX_TRY(analyze(w, word, false, &plain));
        free(c->text);
        c->text = strdup(dx_buf_cstr(&plain));
        c->hash = hash;
        dx_buf_free(&plain);
    }
    if (!c->text)
        return DX_ERR_NOMEM;
    if (out->len && *c->text)
        dx_buf_putc(out, ' ');
    dx_buf_puts(out, c->text);
    return out->status;
}

static dx_status put_field(work *w, dx_str text, bool is_body, dx_buf *out)
{
    dx_lexer lx = dx_lexer_new(text);
    const opening *o = &w->opening;
    dx_str gap, word;

    while (text.len && dx_lexer_next(&lx, &gap, &word)) {
        bool is_opening = is_body && !o->ended && o->count < OPENING;
        if (is_opening)
            DX_TRY(analyze(w, word, true, out));
        else
            DX_TRY(put_cached(w, word, out));
    }
    return DX_OK;
}

/* ---- the sample ---- */

static char *join(const opening *o, unsigned from, unsigned n)
{
    dx_buf both;
    size_t f = o->folded_at[from], a = o->accented_at[from];

    dx_buf_init(&both, SIZE_MAX);
    dx_buf_put(&both, o->folded.data + f, o->folded_at[from + n] - 1 - f);
    dx_buf_putc(&both, '\t');
    dx_buf_put(&both, o->accented.data + a, o->accented_at[from + n] - 1 - a);
    char *query = strdup(dx_buf_cstr(&both));
    dx_buf_free(&both);
    return query;
}

static void consider(work *w, sample *s)
{
    const opening *o = &w->opening;

    if (o->count < RUN_MAX)
        return;
    uint64_t at = s->seen < SAMPLE ? s->seen : random_below(w, s->seen + 1);
    unsigned n = s->shortest +
                 (unsigned)random_below(w, s->longest - s->shortest + 1);
    unsigned from = (unsigned)random_below(w, o->count - n + 1);
    s->seen++;
    if (at >= SAMPLE)
        return;
    free(s->queries[at]);
    s->queries[at] = join(o, from, n);
}

static bool write_sample(const sample *s, const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    for (size_t i = 0; out && i < SAMPLE && s->queries[i]; i++)
        fprintf(out, "%s\n", s->queries[i]);
    return out && fclose(out) == 0;
}

/* ---- articles ---- */

static void put_values(FILE *out, const dx_article *a)
{
    char date[DX_CIVIL_BYTES];

    dx_civil_put(a->date, date);
    fprintf(out, "%s\t%.*s\t%.*s\n", date, (int)a->source.len, a->source.ptr,
        (int)a->category.len, a->category.ptr);
}

/* A title is one line without tabs. */
static void put_folded(work *w, const dx_article *a)
{
    fprintf(w->folded, "%.*s\t", (int)a->id.len, a->id.ptr);
    for (size_t i = 0; i < a->title.len; i++) {
        char c = a->title.ptr[i];
        putc(c == '\t' || c == '\n' || c == '\r' ? ' ' : c, w->folded);
    }
    fprintf(w->folded, "\t%s\t%s\n", dx_buf_cstr(&w->head),
        dx_buf_cstr(&w->body));
}

static dx_status take_article(work *w, dx_str line, dx_arena *arena,
    dx_error *err)
{
    dx_article a;
    char *copy = dx_arena_strndup(arena, line.ptr, line.len);

    if (!copy)
        return DX_ERR_NOMEM;
    fprintf(w->corpus, "%.*s\n", (int)line.len, line.ptr);
    dx_record record = {.bytes = {copy, line.len}};
    DX_TRY(dx_source_read(&dx_source_jsonl, &record,
        &(dx_input_options){0}, DX_STR_LIT("-#1"), arena, &a, err));
    dx_buf_clear(&w->head);
    dx_buf_clear(&w->body);
    dx_buf_clear(&w->opening.folded);
    dx_buf_clear(&w->opening.accented);
    w->opening.count = 0;
    w->opening.ended = false;
    DX_TRY(put_field(w, a.title, false, &w->head));
    DX_TRY(put_field(w, a.lead, a.lead.len != 0, &w->head));
    DX_TRY(put_field(w, a.body, a.lead.len == 0, &w->body));
    consider(w, &w->words);
    consider(w, &w->phrases);
    put_folded(w, &a);
    put_values(w->values, &a);
    return w->head.status != DX_OK ? w->head.status : w->body.status;
}

static dx_status take_all(work *w, const char *corpus, uint64_t wanted,
    uint64_t *count, dx_error *err)
{
    dx_arena arena = DX_ARENA_INIT;
    dx_byte_stream *reader;
    dx_status rc = DX_OK;
    dx_str line;

    DX_TRY(dx_byte_stream_open(corpus, &reader, err));
    while (wanted-- && (rc = dx_byte_stream_line(reader, &line, err)) == DX_OK &&
           line.ptr) {
        dx_arena_reset(&arena);
        rc = take_article(w, line, &arena, err);
        if (rc != DX_OK)
            break;
        ++*count;
    }
    dx_arena_free(&arena);
    dx_byte_stream_close(reader);
    return rc;
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out)
        perror(path);
    return out;
}

int main(int argc, char **argv)
{
    static work w;
    dx_error err = {0};
    uint64_t count = 0;

    if (argc < 4) {
        fputs("usage: bench_prepare OUT ARTICLES CORPUS…\n", stderr);
        return 2;
    }
    w.random = SEED;
    w.words.shortest = w.phrases.shortest = 3;
    w.words.longest = RUN_MAX;
    w.phrases.longest = 5;
    w.analyzer = dx_analyzer_new();
    w.cache = calloc(CACHE_SLOTS, sizeof *w.cache);
    dx_buf_init(&w.head, SIZE_MAX);
    dx_buf_init(&w.body, SIZE_MAX);
    dx_buf_init(&w.opening.folded, SIZE_MAX);
    dx_buf_init(&w.opening.accented, SIZE_MAX);
    w.corpus = create(argv[1], "corpus.jsonl");
    w.folded = create(argv[1], "folded.tsv");
    w.values = create(argv[1], "values.tsv");
    if (!w.analyzer || !w.cache || !w.corpus || !w.folded || !w.values)
        return 1;
    for (int i = 3; i < argc; i++)
        if (take_all(&w, argv[i], strtoull(argv[2], NULL, 10), &count, &err) !=
            DX_OK) {
            fprintf(stderr, "bench_prepare: %s\n", err.msg);
            return 1;
        }
    if (fclose(w.corpus) != 0 || fclose(w.folded) != 0 ||
        fclose(w.values) != 0 ||
        !write_sample(&w.words, argv[1], "words.tsv") ||
        !write_sample(&w.phrases, argv[1], "phrases.tsv"))
        return 1;
    printf("%llu\n", (unsigned long long)count);
    return 0;
}
