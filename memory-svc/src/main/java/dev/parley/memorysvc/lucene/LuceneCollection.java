package dev.parley.memorysvc.lucene;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.PointQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

/** The points of one collection in one folder. */
final class LuceneCollection implements AutoCloseable {
  private static final Sort BY_ID = new Sort(new SortField(PointFields.ID, SortField.Type.STRING));

  private final int dimensions;
  private final Commits commits;

  private LuceneCollection(int dimensions, Commits commits) {
    this.dimensions = dimensions;
    this.commits = commits;
  }

  static LuceneCollection open(Path folder, int dimensions, Duration pause) {
    return new LuceneCollection(dimensions, Commits.open(folder, pause));
  }

  void upsert(List<Point> points) {
    List<Document> documents = documents(points);
    commits.change(writer -> put(writer, points, documents));
  }

  void replace(List<Condition> conditions, List<Point> points) {
    List<Document> documents = documents(points);
    Query old = Queries.all(conditions);
    commits.change(writer -> {
      writer.deleteDocuments(old);
      put(writer, points, documents);
    });
  }

  long remove(List<Condition> conditions) {
    Query query = Queries.all(conditions);
    long count = commits.search(searcher -> searcher.count(query));
    if (count > 0) {
      commits.change(writer -> writer.deleteDocuments(query));
    }
    return count;
  }

  /** Deleting only marks; merging the marked segments takes the words off the disk. */
  void erase() {
    commits.change(writer -> {
      // A merge that runs takes along what was removed since it began, and is not merged again.
      ((ConcurrentMergeScheduler) writer.getConfig().getMergeScheduler()).sync();
      writer.forceMergeDeletes();
    });
  }

  Found query(PointQuery query) {
    query.vector().ifPresent(this::expectDimensions);
    return commits.search(searcher -> new PointSearch(searcher, query).run());
  }

  List<Point> scan(List<Condition> conditions, String after, int limit) {
    Query query = Queries.all(conditions);
    return commits.search(searcher -> {
      int last = Math.max(0, searcher.getIndexReader().maxDoc() - 1);
      Object[] id = {new BytesRef(after)};
      TopDocs found =
          after.isEmpty()
              ? searcher.search(query, limit, BY_ID)
              : searcher.searchAfter(new FieldDoc(last, Float.NaN, id), query, limit, BY_ID);
      return points(searcher, found);
    });
  }

  List<Point> largest(List<Condition> conditions, String name, long below, int limit) {
    Sort falling = PointFields.falling(name);
    Query fits = within(conditions, name, Optional.empty(), below);
    return commits.search(searcher -> {
      TopDocs found = searcher.search(fits, limit, falling);
      if (found.scoreDocs.length == limit) {
        long last = (long) ((FieldDoc) found.scoreDocs[limit - 1]).fields[0];
        Query all = within(conditions, name, Optional.of(last), below);
        found = searcher.search(all, Math.max(1, searcher.count(all)), falling);
      }
      List<Point> points = new ArrayList<>();
      for (ScoreDoc doc : found.scoreDocs) {
        points.add(PointFields.point(searcher.storedFields().document(doc.doc)));
      }
      return points;
    });
  }

  private static Query within(
      List<Condition> conditions, String name, Optional<Long> atLeast, long below) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(new Condition.InRange(name, atLeast, Optional.of(below)));
    return Queries.all(all);
  }

  Set<String> existing(Set<String> ids) {
    return commits.search(searcher -> {
      StoredFields fields = searcher.storedFields();
      Set<String> there = new HashSet<>();
      TopDocs found = searcher.search(Queries.ids(ids), Math.max(1, ids.size()));
      for (ScoreDoc doc : found.scoreDocs) {
        there.add(fields.document(doc.doc, Set.of(PointFields.ID)).get(PointFields.ID));
      }
      return there;
    });
  }

  long count() {
    return commits.search(searcher -> (long) searcher.getIndexReader().numDocs());
  }

  void copyTo(Path folder) {
    commits.copyTo(folder);
  }

  boolean isHealthy() {
    return commits.isHealthy();
  }

  @Override
  public void close() {
    commits.close();
  }

  private List<Document> documents(List<Point> points) {
    points.forEach(point -> point.vector().ifPresent(this::expectDimensions));
    return points.stream().map(PointFields::document).toList();
  }

  private static void put(IndexWriter writer, List<Point> points, List<Document> documents)
      throws IOException {
    for (int i = 0; i < points.size(); i++) {
      writer.updateDocument(new Term(PointFields.ID, points.get(i).id()), documents.get(i));
    }
  }

  private static List<Point> points(IndexSearcher searcher, TopDocs found) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (ScoreDoc doc : found.scoreDocs) {
      numbers.add(doc.doc);
    }
    Map<Integer, Vector> vectors = StoredVectors.of(searcher.getIndexReader(), numbers);
    StoredFields fields = searcher.storedFields();
    List<Point> points = new ArrayList<>();
    for (int number : numbers) {
      Point bare = PointFields.point(fields.document(number));
      points.add(vectors.containsKey(number) ? bare.with(vectors.get(number)) : bare);
    }
    return points;
  }

  private void expectDimensions(Vector vector) {
    if (vector.dimensions() != dimensions) {
      throw Failure.invalid(
          "vector", vector.dimensions() + " numbers (expected " + dimensions + ")");
    }
  }
}
