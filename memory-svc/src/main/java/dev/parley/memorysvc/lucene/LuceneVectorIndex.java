package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.Entry;
import dev.parley.memorysvc.recollection.Hit;
import dev.parley.memorysvc.recollection.Scope;
import dev.parley.memorysvc.recollection.Vector;
import dev.parley.memorysvc.recollection.VectorIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;

/**
 * Meanings in a Lucene HNSW graph (Malkov and Yashunin 2016) in one folder. A change is committed,
 * with fsync, before it is acknowledged; changes that wait together share a commit. Searches see
 * committed changes only.
 */
public final class LuceneVectorIndex implements VectorIndex {
  private final int dimensions;
  private final Commits commits;

  private LuceneVectorIndex(int dimensions, Commits commits) {
    this.dimensions = dimensions;
    this.commits = commits;
  }

  /**
   * Opens or creates the index in a folder. One process at a time may.
   *
   * @param model whose vectors it holds; an index of another model is refused
   * @param dimensions numbers in a vector
   * @throws Failure when the folder is in use, not writable, damaged or of another model
   */
  public static LuceneVectorIndex open(Path folder, String model, int dimensions) {
    return new LuceneVectorIndex(dimensions, Commits.open(folder, model + "/" + dimensions));
  }

  @Override
  public void put(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    entries.forEach(entry -> expectDimensions(entry.vector()));
    Entry first = entries.getFirst();
    Query same = Documents.memory(first.owner(), first.memoryId());
    List<Document> documents = entries.stream().map(Documents::document).toList();
    commits.change(writer -> writer.updateDocuments(same, documents));
  }

  @Override
  public List<Hit> nearest(Vector query, Scope scope, int limit) {
    expectDimensions(query);
    Query filter = Documents.query(scope);
    Query nearest = new KnnFloatVectorQuery(Documents.VECTOR, query.values(), limit, filter);
    return commits.search(searcher -> {
      TopDocs found = searcher.search(nearest, limit);
      StoredFields fields = searcher.storedFields();
      List<Hit> hits = new ArrayList<>();
      for (ScoreDoc doc : found.scoreDocs) {
        hits.add(Documents.hit(fields.document(doc.doc), doc.score));
      }
      return hits;
    });
  }

  @Override
  public long remove(Scope scope) {
    Query query = Documents.query(scope);
    long memories = commits.search(searcher -> memories(searcher, query));
    if (memories > 0) {
      commits.change(writer -> erase(writer, query));
    }
    return memories;
  }

  @Override
  public boolean isHealthy() {
    return commits.isHealthy();
  }

  @Override
  public void close() {
    commits.close();
  }

  /** Deleting only marks; merging the marked segments takes the words off the disk. */
  private static void erase(IndexWriter writer, Query query) throws IOException {
    writer.deleteDocuments(query);
    writer.forceMergeDeletes();
  }

  private static long memories(IndexSearcher searcher, Query query) throws IOException {
    int most = Math.max(1, searcher.getIndexReader().maxDoc());
    StoredFields fields = searcher.storedFields();
    Set<String> ids = new HashSet<>();
    for (ScoreDoc doc : searcher.search(query, most).scoreDocs) {
      ids.add(fields.document(doc.doc, Set.of(Documents.MEMORY)).get(Documents.MEMORY));
    }
    return ids.size();
  }

  private void expectDimensions(Vector vector) {
    if (vector.dimensions() != dimensions) {
      throw Failure.invalid(
          "vector", vector.dimensions() + " numbers (expected " + dimensions + ")");
    }
  }
}
