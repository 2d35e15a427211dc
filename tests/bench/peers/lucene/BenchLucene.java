import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFieldVisitor;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene for the benchmark. It keeps to what ../../engine.c keeps to:
 *
 * <pre>
 *   BenchLucene build FOLDED INDEX [fields]
 *   BenchLucene serve INDEX
 *   BenchLucene once INDEX KIND WORDS     one query, the process and all
 * </pre>
 *
 * Terms are split at blanks, positions are kept, id, title and text are stored, everything is one
 * segment. With {@code fields} the body is a field apart from title and lead, for queries of kind
 * {@code body}; without, all is one field.
 */
public final class BenchLucene {
  private static final int TOP = 10;
  private static final int NEAR_SPAN = 10;
  private static final int DEFAULT_COUNTED = 1000; // as IndexSearcher.search(query, n) counts
  private static final int THREADS = 2; // as dx is given in the benchmark
  private static final double BUFFER_MIB = 512;
  // What a searcher shows is stored first; the title is as it was written.
  private static final String ID = "id";
  private static final String SHOWN = "shown";
  private static final String TEXT = "text";
  private static final String HEAD = "head"; // title and lead
  private static final String BODY = "body";

  // ---- building ----

  private static Document document(String line, boolean fields) {
    String[] parts = line.split("\t", 4);
    Document document = new Document();
    document.add(new StoredField(ID, parts[0]));
    document.add(new StoredField(SHOWN, parts[1]));
    if (fields) {
      document.add(new TextField(HEAD, parts[2], Field.Store.YES));
      document.add(new TextField(BODY, parts[3], Field.Store.YES));
    } else {
      document.add(new TextField(TEXT, parts[2] + " " + parts[3], Field.Store.YES));
    }
    return document;
  }

  private static Void feed(BufferedReader in, IndexWriter writer, boolean fields)
      throws IOException {
    for (String line; (line = in.readLine()) != null; ) {
      writer.addDocument(document(line, fields));
    }
    return null;
  }

  private static void build(Path folded, Path index, boolean fields)
      throws IOException, InterruptedException, ExecutionException {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(BUFFER_MIB);
    try (FSDirectory directory = FSDirectory.open(index);
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader in = Files.newBufferedReader(folded);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Void>> feeders = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        feeders.add(pool.submit(() -> feed(in, writer, fields)));
      }
      for (Future<Void> feeder : feeders) {
        feeder.get();
      }
      writer.commit();
      writer.forceMerge(1);
    }
  }

  // ---- searching ----

  private static Query words(String field, List<String> words, Occur occur) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    for (String word : words) {
      builder.add(new TermQuery(new Term(field, word)), occur);
    }
    return builder.build();
  }

  private static Query prefix(List<String> words) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    int last = words.size() - 1;
    for (String word : words.subList(0, last)) {
      builder.add(new TermQuery(new Term(TEXT, word)), Occur.MUST);
    }
    builder.add(new PrefixQuery(new Term(TEXT, words.get(last))), Occur.MUST);
    return builder.build();
  }

  private static Query near(String first, String second) {
    return new IntervalQuery(
        TEXT,
        Intervals.maxwidth(
            NEAR_SPAN + 1, Intervals.unordered(Intervals.term(first), Intervals.term(second))));
  }

  private static Query query(String kind, List<String> words) {
    return switch (kind) {
      case "phrase" -> new PhraseQuery(TEXT, words.toArray(new String[0]));
      case "prefix" -> prefix(words);
      case "near" -> near(words.get(0), words.get(1));
      case "body" -> words(BODY, words, Occur.MUST);
      case "all", "all10" -> words(TEXT, words, Occur.MUST);
      default -> words(TEXT, words, Occur.SHOULD);
    };
  }

  /** Hits to count before documents that cannot be among the best may be passed over. */
  private static int counted(String kind) {
    return switch (kind) {
      case "all", "prefix", "near", "body" -> Integer.MAX_VALUE;
      case "default" -> DEFAULT_COUNTED;
      default -> TOP;
    };
  }

  private static TopDocs search(IndexSearcher searcher, String kind, String words)
      throws IOException {
    return searcher.search(
        query(kind, List.of(words.split(" "))),
        new TopScoreDocCollectorManager(TOP, counted(kind)));
  }

  /** Reads what whoever shows a hit reads, and no byte more. */
  private static final class Shown extends StoredFieldVisitor {
    String id = "";
    String title = "";
    private int read;

    @Override
    public Status needsField(FieldInfo field) {
      if (read == 2) {
        return Status.STOP;
      }
      return field.name.equals(ID) || field.name.equals(SHOWN) ? Status.YES : Status.NO;
    }

    @Override
    public void stringField(FieldInfo field, String value) {
      read++;
      if (field.name.equals(ID)) {
        id = value;
      } else {
        title = value;
      }
    }
  }

  private static int show(IndexSearcher searcher, TopDocs top) throws IOException {
    StoredFields stored = searcher.storedFields();
    int length = 0;
    for (ScoreDoc hit : top.scoreDocs) {
      Shown shown = new Shown();
      stored.document(hit.doc, shown);
      length += shown.id.length() + shown.title.length();
    }
    return length;
  }

  private static void batch(IndexSearcher searcher, String kind, List<String> lines)
      throws IOException {
    StringBuilder out = new StringBuilder();
    for (String line : lines) {
      String words = line.split("\t", 2)[0];
      long start = System.nanoTime();
      TopDocs top = search(searcher, kind, words);
      int length = show(searcher, top);
      double us = (System.nanoTime() - start) / 1000.0;
      if (length == 0 && top.scoreDocs.length > 0) {
        throw new IOException("hits without ids and titles");
      }
      out.append(top.totalHits.value()).append('\t').append(top.scoreDocs.length);
      out.append(String.format(Locale.ROOT, "\t%.3f\n", us));
    }
    System.out.println(out);
    System.out.flush();
  }

  private static IndexSearcher searcher(DirectoryReader reader) {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // no engine here may answer from memory
    return searcher;
  }

  private static void serve(Path index) throws IOException {
    try (MMapDirectory directory = new MMapDirectory(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = searcher(reader);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line; (line = in.readLine()) != null; ) {
        String[] asked = line.split("\t", 2);
        batch(searcher, asked[0], Files.readAllLines(Path.of(asked[1])));
      }
    }
  }

  private static void once(Path index, String kind, String words) throws IOException {
    try (MMapDirectory directory = new MMapDirectory(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = searcher(reader);
      TopDocs top = search(searcher, kind, words);
      System.out.println(top.totalHits.value());
      for (ScoreDoc hit : top.scoreDocs) {
        Shown shown = new Shown();
        searcher.storedFields().document(hit.doc, shown);
        System.out.printf(Locale.ROOT, "%.4f\t%s\t%s\n", hit.score, shown.id, shown.title);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    boolean fields = args.length == 4 && args[3].equals("fields");
    if ((args.length == 3 || fields) && args[0].equals("build")) {
      build(Path.of(args[1]), Path.of(args[2]), fields);
    } else if (args.length == 2 && args[0].equals("serve")) {
      serve(Path.of(args[1]));
    } else if (args.length == 4 && args[0].equals("once")) {
      once(Path.of(args[1]), args[2], args[3]);
    } else {
      System.err.println(
          "usage: BenchLucene build FOLDED INDEX [fields] | serve INDEX | once INDEX KIND WORDS");
      System.exit(2);
    }
  }
}
