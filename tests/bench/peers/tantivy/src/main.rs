//! Tantivy for the benchmark: `build FOLDED INDEX`, then `serve INDEX`, which
//! answers over a pipe as ../../peer_pipe.c wants it. Terms are split at
//! blanks, positions and the text are kept, everything is one segment.
use std::fs;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

const TOP: usize = 10;
const THREADS: usize = 2; // as many as dx gets on the reference machine
const MEMORY_BYTES: usize = 512 << 20;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn build(folded: &str, path: &str) -> Result<()> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema.add_text_field(
        "text",
        TextOptions::default().set_indexing_options(indexing).set_stored(),
    );
    fs::create_dir_all(path)?;
    let index = Index::create_in_dir(path, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, MEMORY_BYTES)?;
    for line in io::BufReader::new(fs::File::open(folded)?).lines() {
        let line = line?;
        let body = line.split_once('\t').map_or("", |parts| parts.1);
        let mut document = TantivyDocument::default();
        document.add_text(text, body);
        writer.add_document(document)?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(())
}

fn query(kind: &str, words: &str, text: Field) -> Box<dyn Query> {
    let terms: Vec<Term> = words.split(' ').map(|w| Term::from_field_text(text, w)).collect();
    if kind == "phrase" {
        return Box::new(PhraseQuery::new(terms));
    }
    let occur = if kind == "all" { Occur::Must } else { Occur::Should };
    let clauses = terms
        .into_iter()
        .map(|t| {
            let leaf: Box<dyn Query> = Box::new(TermQuery::new(t, IndexRecordOption::WithFreqs));
            (occur, leaf)
        })
        .collect();
    Box::new(BooleanQuery::new(clauses))
}

fn answer(searcher: &Searcher, line: &str, text: Field) -> Result<String> {
    let (kind, words) = line.split_once('\t').ok_or("no tab")?;
    let start = Instant::now();
    let query = query(kind, words, text);
    let top = TopDocs::with_limit(TOP).order_by_score();
    let (total, hits) = if kind == "all" {
        let (hits, total) = searcher.search(&*query, &(top, Count))?;
        (total, hits.len())
    } else {
        let hits = searcher.search(&*query, &top)?;
        (hits.len(), hits.len())
    };
    let us = start.elapsed().as_nanos() as f64 / 1000.0;
    Ok(format!("{total}\t{hits}\t{us:.3}\n"))
}

fn serve(path: &str) -> Result<()> {
    let index = Index::open_in_dir(path)?;
    let text = index.schema().get_field("text")?;
    let searcher = index.reader()?.searcher();
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        out.write_all(answer(&searcher, &line?, text)?.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "build", folded, path] => build(folded, path),
        [_, "serve", path] => serve(path),
        _ => Err("usage: bench-tantivy build FOLDED INDEX | serve INDEX".into()),
    }
}
