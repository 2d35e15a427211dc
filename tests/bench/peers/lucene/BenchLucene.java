import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene for the benchmark: {@code build FOLDED INDEX}, then {@code serve
 * INDEX}, which answers over a pipe as ../../peer_pipe.c wants it. Terms are
 * split at blanks, positions and the text are kept, everything is one segment.
 */
public final class BenchLucene {
  private static final int TOP = 10;
  private static final double BUFFER_MIB = 512;
  private static final String FIELD = "text";

  private static void build(Path folded, Path index) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer());
    config.setRAMBufferSizeMB(BUFFER_MIB);
    try (FSDirectory directory = FSDirectory.open(index);
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader in = Files.newBufferedReader(folded)) {
      for (String line; (line = in.readLine()) != null; ) {
        Document document = new Document();
        String text = line.substring(line.indexOf('\t') + 1);
        document.add(new TextField(FIELD, text, Field.Store.YES));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static Query query(String kind, String[] words) {
    if (kind.equals("phrase")) {
      return new PhraseQuery(FIELD, words);
    }
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    BooleanClause.Occur occur =
        kind.equals("all") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    for (String word : words) {
      builder.add(new TermQuery(new Term(FIELD, word)), occur);
    }
    return builder.build();
  }

  private static String answer(IndexSearcher searcher, String line) throws IOException {
    int tab = line.indexOf('\t');
    String kind = line.substring(0, tab);
    long start = System.nanoTime();
    Query query = query(kind, line.substring(tab + 1).split(" "));
    int countedHits = kind.equals("all") ? Integer.MAX_VALUE : TOP;
    TopDocs top = searcher.search(query, new TopScoreDocCollectorManager(TOP, countedHits));
    double us = (System.nanoTime() - start) / 1000.0;
    return String.format(
        Locale.ROOT, "%d\t%d\t%.3f\n", top.totalHits.value(), top.scoreDocs.length, us);
  }

  private static void serve(Path index) throws IOException {
    try (MMapDirectory directory = new MMapDirectory(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setQueryCache(null); // no engine here may answer from memory
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line; (line = in.readLine()) != null; ) {
        System.out.print(answer(searcher, line));
        System.out.flush();
      }
    }
  }

  public static void main(String[] args) throws IOException {
    if (args.length == 3 && args[0].equals("build")) {
      build(Path.of(args[1]), Path.of(args[2]));
    } else if (args.length == 2 && args[0].equals("serve")) {
      serve(Path.of(args[1]));
    } else {
      System.err.println("usage: BenchLucene build FOLDED INDEX | serve INDEX");
      System.exit(2);
    }
  }
}
