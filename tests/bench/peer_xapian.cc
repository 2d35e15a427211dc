/* Xapian 1.4: glass database, positions, id, title and text as document data, commits
 * every 100,000 documents, compacted afterwards. Terms are added directly, so
 * no term generator costs time. Date, source and category are values. */
#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tests/bench/peer.h"

namespace {

bool complain(const Xapian::Error &e)
{
    std::fprintf(stderr, "bench: xapian: %s\n", e.get_description().c_str());
    return false;
}

void add_postings(Xapian::Document &doc, const char *text)
{
    Xapian::termpos position = 0;

    while (*text) {
        size_t n = std::strcspn(text, " ");
        if (n)
            doc.add_posting(std::string(text, n), ++position);
        text += n + (text[n] == ' ');
    }
}

std::vector<std::string> words_of(const char *query)
{
    std::vector<std::string> words;

    while (*query) {
        size_t n = std::strcspn(query, " ");
        words.emplace_back(query, n);
        query += n + (query[n] == ' ');
    }
    return words;
}

/* dx takes the most frequent so many of the words with a prefix, too. */
const Xapian::termcount prefix_words_max = 4096;

Xapian::Query query_of(bench_kind kind, std::vector<std::string> &words)
{
    using Xapian::Query;
    std::string last = words.back();
    bool any = kind == BENCH_ANY || kind == BENCH_DEFAULT;
    Query::op op = any                    ? Query::OP_OR
                   : kind == BENCH_PHRASE ? Query::OP_PHRASE
                   : kind == BENCH_NEAR   ? Query::OP_NEAR
                                          : Query::OP_AND;

    if (kind == BENCH_PREFIX)
        words.pop_back();
    /* A window has one position more than its ends are apart. */
    Query query(op, words.begin(), words.end(),
        kind == BENCH_NEAR ? BENCH_NEAR_SPAN + 1 : 0);
    if (kind == BENCH_PREFIX)
        query &= Query(Query::OP_WILDCARD, last, prefix_words_max,
            Query::WILDCARD_LIMIT_MOST_FREQUENT);
    if (kind == BENCH_DATES)
        query = Query(Query::OP_FILTER, query,
            Query(Query::OP_VALUE_RANGE, BENCH_DATE, BENCH_FROM, BENCH_TO));
    return query;
}

/* Id and title are the first two lines of the data. */
size_t shown_bytes(const std::string &data)
{
    size_t id = data.find('\n');

    return data.find('\n', id + 1);
}

bool xapian_search(bench_peer *p, bench_kind kind, const char *text,
    bench_answer *out)
try {
    Xapian::Database &db = *static_cast<Xapian::Database *>(p->state);
    Xapian::ValueCountMatchSpy sources(BENCH_SOURCE);
    Xapian::ValueCountMatchSpy categories(BENCH_CATEGORY);
    size_t bytes = 0; /* whoever shows hits reads these */

    double start = bench_now_us();
    std::vector<std::string> words = words_of(text);
    Xapian::Enquire enquire(db);
    enquire.set_query(query_of(kind, words));
    if (kind == BENCH_NEWEST)
        enquire.set_sort_by_value(BENCH_DATE, true);
    if (kind == BENCH_FACETS) {
        enquire.add_matchspy(&sources);
        enquire.add_matchspy(&categories);
    }
    Xapian::doccount at_least =
        bench_is_counted(kind) ? db.get_doccount() : 0;
    Xapian::MSet hits = enquire.get_mset(0, BENCH_TOP, at_least);
    if (kind == BENCH_FACETS) {
        sources.top_values_begin(BENCH_TOP);
        categories.top_values_begin(BENCH_TOP);
    }
    out->total = hits.get_matches_estimated();
    out->hits = hits.size();
    for (auto hit = hits.begin(); hit != hits.end(); ++hit)
        bytes += shown_bytes(hit.get_document().get_data());
    out->us = bench_now_us() - start;
    return out->hits == 0 || bytes > 0;
} catch (const Xapian::Error &e) {
    return complain(e);
}

void xapian_close(bench_peer *p)
{
    delete static_cast<Xapian::Database *>(p->state);
}

void add_values(Xapian::Document &doc, FILE *values, char **line)
{
    char *cells[BENCH_VALUES];

    if (bench_read_values(values, line, cells))
        for (unsigned i = 0; i < BENCH_VALUES; i++)
            doc.add_value(i, cells[i]);
}

void add_all(const char *path, FILE *in, FILE *values)
{
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    bench_article a = {};
    char *values_line = nullptr;

    while (bench_read_article(in, &a)) {
        Xapian::Document doc;
        add_postings(doc, a.text);
        doc.set_data(std::string(a.id) + '\n' + a.title + '\n' + a.text);
        add_values(doc, values, &values_line);
        db.add_document(doc);
    }
    std::free(values_line);
    db.commit();
}

} // namespace

bool bench_xapian_build(const char *path, const char *folded,
    const char *values)
try {
    std::string loose = std::string(path) + ".loose";
    FILE *in = std::fopen(folded, "r");
    FILE *values_in = values ? std::fopen(values, "r") : nullptr;

    if (!in || (values && !values_in))
        return false;
    setenv("XAPIAN_FLUSH_THRESHOLD", "100000", 1);
    add_all(loose.c_str(), in, values_in);
    std::fclose(in);
    if (values_in)
        std::fclose(values_in);
    Xapian::Database(loose).compact(path);
    return std::system(("rm -r '" + loose + "'").c_str()) == 0;
} catch (const Xapian::Error &e) {
    return complain(e);
}

bool bench_xapian_open(const char *path, bench_peer *out)
try {
    out->state = new Xapian::Database(path);
    out->search = xapian_search;
    out->close = xapian_close;
    return true;
} catch (const Xapian::Error &e) {
    return complain(e);
}
