//! Tantivy for the benchmark. It keeps to what ../../engine.c keeps to:
//!
//!     bench-tantivy build FOLDED INDEX [fields]
//!     bench-tantivy serve INDEX
//!     bench-tantivy once INDEX KIND WORDS     one query, the process and all
//!
//! Terms are split at blanks, positions are kept, id, title and text are stored,
//! everything is one segment. With `fields` the body is a field apart from title and
//! lead, for queries of kind `body`; without, all is one field.
use std::fs;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value, STORED,
};
use tantivy::{DocAddress, Index, IndexWriter, Searcher, TantivyDocument, Term};

const TOP: usize = 10;
const NEAR_SPAN: u32 = 10;
const THREADS: usize = 2; // as dx is given in the benchmark
const MEMORY_BYTES: usize = 512 << 20;
// What a searcher shows is stored first; the title is as it was written.
const ID: &str = "id";
const SHOWN: &str = "shown";
const ONE_FIELD: [&str; 1] = ["text"];
const TWO_FIELDS: [&str; 2] = ["head", "body"];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn build(folded: &str, path: &str, names: &[&str]) -> Result<()> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let searched = TextOptions::default().set_indexing_options(indexing).set_stored();
    let mut schema = Schema::builder();
    let id = schema.add_text_field(ID, STORED);
    let shown = schema.add_text_field(SHOWN, STORED);
    let fields: Vec<Field> =
        names.iter().map(|name| schema.add_text_field(name, searched.clone())).collect();

    fs::create_dir_all(path)?;
    let index = Index::create_in_dir(path, schema.build())?;
    let mut writer: IndexWriter = index.writer_with_num_threads(THREADS, MEMORY_BYTES)?;
    for line in io::BufReader::with_capacity(1 << 20, fs::File::open(folded)?).lines() {
        let line = line?;
        let parts: Vec<&str> = line.splitn(4, '\t').collect();
        let [name, title, head, body] = parts[..] else {
            return Err("a line without four cells".into());
        };
        let mut document = TantivyDocument::default();
        document.add_text(id, name);
        document.add_text(shown, title);
        if let [text] = fields[..] {
            document.add_text(text, format!("{head} {body}"));
        } else {
            document.add_text(fields[0], head);
            document.add_text(fields[1], body);
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An index that is asked.
struct Engine {
    searcher: Searcher,
    id: Field,
    shown: Field,
    searched: Field, // the whole text, or the body where fields are two
}

impl Engine {
    fn open(path: &str) -> Result<Engine> {
        let index = Index::open_in_dir(path)?;
        let schema = index.schema();
        let searched = schema.get_field("text").or_else(|_| schema.get_field("body"))?;
        Ok(Engine {
            searcher: index.reader()?.searcher(),
            id: schema.get_field(ID)?,
            shown: schema.get_field(SHOWN)?,
            searched,
        })
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.searched, word)
    }

    fn leaf(&self, word: &str) -> Box<dyn Query> {
        Box::new(TermQuery::new(self.term(word), IndexRecordOption::WithFreqs))
    }

    fn query(&self, kind: &str, words: &[&str]) -> Box<dyn Query> {
        let (last, others) = words.split_last().expect("a query has a word");
        match kind {
            "prefix" => {
                let mut clauses = self.clauses(Occur::Must, others);
                let begun = FuzzyTermQuery::new_prefix(self.term(last), 0, true);
                clauses.push((Occur::Must, Box::new(begun)));
                Box::new(BooleanQuery::new(clauses))
            }
            _ if others.is_empty() => self.leaf(last),
            "phrase" => {
                Box::new(PhraseQuery::new(words.iter().map(|w| self.term(w)).collect()))
            }
            // The nearest it has: a sloppy phrase, in either order.
            "near" => Box::new(BooleanQuery::new(vec![
                (Occur::Should, self.sloppy(words[0], words[1])),
                (Occur::Should, self.sloppy(words[1], words[0])),
            ])),
            "all" | "all10" | "body" => {
                Box::new(BooleanQuery::new(self.clauses(Occur::Must, words)))
            }
            _ => Box::new(BooleanQuery::new(self.clauses(Occur::Should, words))),
        }
    }

    fn clauses(&self, occur: Occur, words: &[&str]) -> Vec<(Occur, Box<dyn Query>)> {
        words.iter().map(|word| (occur, self.leaf(word))).collect()
    }

    fn sloppy(&self, first: &str, second: &str) -> Box<dyn Query> {
        let terms = vec![(0, self.term(first)), (1, self.term(second))];
        Box::new(PhraseQuery::new_with_offset_and_slop(terms, NEAR_SPAN - 1))
    }

    /// The total, if the kind is counted, and the best hits.
    fn search(&self, kind: &str, words: &str) -> Result<(usize, Vec<(f32, DocAddress)>)> {
        let query = self.query(kind, &words.split(' ').collect::<Vec<_>>());
        let top = TopDocs::with_limit(TOP).order_by_score();
        if matches!(kind, "all" | "prefix" | "near" | "body") {
            let (hits, total) = self.searcher.search(&*query, &(top, Count))?;
            return Ok((total, hits));
        }
        let hits = self.searcher.search(&*query, &top)?;
        Ok((hits.len(), hits))
    }

    /// Reads what whoever shows the hit reads.
    fn show(&self, address: DocAddress) -> Result<(String, String)> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = |field| {
            document.get_first(field).and_then(|v| v.as_str()).unwrap_or("").to_owned()
        };
        Ok((text(self.id), text(self.shown)))
    }

    fn batch(&self, kind: &str, queries: &str) -> Result<String> {
        let mut out = String::new();
        for line in queries.lines() {
            let words = line.split('\t').next().unwrap_or("");
            let start = Instant::now();
            let (total, hits) = self.search(kind, words)?;
            for (_, address) in &hits {
                black_box(self.show(*address)?);
            }
            let us = start.elapsed().as_nanos() as f64 / 1000.0;
            out.push_str(&format!("{total}\t{}\t{us:.3}\n", hits.len()));
        }
        out.push('\n');
        Ok(out)
    }
}

fn serve(path: &str) -> Result<()> {
    let engine = Engine::open(path)?;
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (kind, file) = line.split_once('\t').ok_or("no tab")?;
        out.write_all(engine.batch(kind, &fs::read_to_string(file)?)?.as_bytes())?;
        out.flush()?;
    }
    Ok(())
}

fn once(path: &str, kind: &str, words: &str) -> Result<()> {
    let engine = Engine::open(path)?;
    let (total, hits) = engine.search(kind, words)?;
    println!("{total}");
    for (score, address) in hits {
        let (id, title) = engine.show(address)?;
        println!("{score:.4}\t{id}\t{title}");
    }
    Ok(())
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "build", folded, path] => build(folded, path, &ONE_FIELD),
        [_, "build", folded, path, "fields"] => build(folded, path, &TWO_FIELDS),
        [_, "serve", path] => serve(path),
        [_, "once", path, kind, words] => once(path, kind, words),
        _ => Err("usage: bench-tantivy build FOLDED INDEX [fields] | serve INDEX | \
                  once INDEX KIND WORDS"
            .into()),
    }
}
