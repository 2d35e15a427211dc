/* Xapian 1.4: glass database, positions, the text as document data, commits
 * every 100,000 documents, compacted afterwards. Terms are added directly, so
 * no term generator costs time. */
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

bool xapian_search(bench_peer *p, bench_kind kind, const char *text,
    bench_answer *out)
try {
    static const Xapian::Query::op ops[] = {Xapian::Query::OP_AND,
        Xapian::Query::OP_OR, Xapian::Query::OP_PHRASE};
    Xapian::Database &db = *static_cast<Xapian::Database *>(p->state);

    double start = bench_now_us();
    std::vector<std::string> words = words_of(text);
    Xapian::Query query(ops[kind], words.begin(), words.end());
    Xapian::Enquire enquire(db);
    enquire.set_query(query);
    Xapian::doccount at_least = kind == BENCH_ALL ? db.get_doccount() : 0;
    Xapian::MSet hits = enquire.get_mset(0, BENCH_TOP, at_least);
    out->total = hits.get_matches_estimated();
    out->hits = hits.size();
    out->us = bench_now_us() - start;
    return true;
} catch (const Xapian::Error &e) {
    return complain(e);
}

void xapian_close(bench_peer *p)
{
    delete static_cast<Xapian::Database *>(p->state);
}

void add_all(const char *path, FILE *in)
{
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    char *line = nullptr;
    size_t cap = 0;

    while (getline(&line, &cap, in) > 0) {
        Xapian::Document doc;
        const char *text = bench_line_text(line);
        add_postings(doc, text);
        doc.set_data(text);
        db.add_document(doc);
    }
    std::free(line);
    db.commit();
}

} // namespace

bool bench_xapian_build(const char *path, const char *folded)
try {
    std::string loose = std::string(path) + ".loose";
    FILE *in = std::fopen(folded, "r");

    if (!in)
        return false;
    setenv("XAPIAN_FLUSH_THRESHOLD", "100000", 1);
    add_all(loose.c_str(), in);
    std::fclose(in);
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
