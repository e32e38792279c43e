package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Deadline;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.Fusion;
import dev.parley.memorysvc.vectors.Fusion.Fused;
import dev.parley.memorysvc.vectors.Fusion.Ranked;
import dev.parley.memorysvc.vectors.Leg;
import dev.parley.memorysvc.vectors.PointHit;
import dev.parley.memorysvc.vectors.PointQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/** One question to an index: each way of looking in turn, then the two lists as one. */
final class PointSearch {
  /** An HNSW graph is walked for at least so many, since walking it for few finds worse ones. */
  private static final int LEAST_WALKED = 64;

  private final IndexSearcher searcher;
  private final PointQuery query;
  private final Set<Leg> leftOut = EnumSet.noneOf(Leg.class);

  /** The searcher must be this search's own, since its time limit is. */
  PointSearch(IndexSearcher searcher, PointQuery query) {
    this.searcher = searcher;
    this.query = query;
  }

  Found run() throws IOException {
    int wanted = query.isHybrid() ? query.candidates() : query.limit();
    // By words first: it is the faster one, so that a short deadline leaves something.
    List<Ranked> lexical = query.words().isBlank() ? List.of() : lexical(wanted);
    List<Ranked> dense = query.vector().isPresent() ? dense(wanted) : List.of();
    return new Found(hits(order(dense, lexical)), leftOut);
  }

  private List<Fused> order(List<Ranked> dense, List<Ranked> lexical) {
    List<Fused> fused = Fusion.of(dense, lexical, query.limit());
    if (query.isHybrid()) {
      return fused;
    }
    return fused.stream()
        .map(it ->
            new Fused(
                it.id(),
                it.denseRank() > 0 ? it.cosine() : it.bm25(),
                it.cosine(),
                it.denseRank(),
                it.bm25(),
                it.lexicalRank()))
        .toList();
  }

  private List<Ranked> lexical(int wanted) throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    Query words = Queries.words(query.words(), query.conditions());
    for (ScoreDoc doc : within(Leg.LEXICAL, words, wanted)) {
      ranked.add(new Ranked(Integer.toString(doc.doc), doc.score));
    }
    return ranked;
  }

  private List<Ranked> dense(int wanted) throws IOException {
    Vector vector = query.vector().orElseThrow();
    Optional<Query> filter =
        Optional.of(query.conditions()).filter(it -> !it.isEmpty()).map(Queries::all);
    Query nearest =
        new KnnFloatVectorQuery(
            PointFields.VECTOR,
            vector.values(),
            Math.max(wanted, LEAST_WALKED),
            filter.orElse(null));
    List<Ranked> ranked = new ArrayList<>();
    for (ScoreDoc doc : within(Leg.DENSE, nearest, wanted)) {
      // Lucene's score of a dot product is (1 + cosine) / 2.
      ranked.add(new Ranked(Integer.toString(doc.doc), 2.0 * doc.score - 1.0));
    }
    return ranked;
  }

  private ScoreDoc[] within(Leg leg, Query what, int wanted) throws IOException {
    Deadline deadline = query.deadline();
    if (!deadline.isOver()) {
      searcher.setTimeout(deadline::isOver);
      // Hits beyond those wanted are not counted, so that poor ones are passed over from the first
      // on.
      TopDocs found = searcher.search(what, new TopScoreDocCollectorManager(wanted, null, wanted));
      if (!searcher.timedOut() && !deadline.isOver()) {
        return found.scoreDocs;
      }
    }
    leftOut.add(leg);
    return new ScoreDoc[0];
  }

  private List<PointHit> hits(List<Fused> order) throws IOException {
    Map<Integer, Double> cosines = cosines(order);
    StoredFields fields = searcher.storedFields();
    List<PointHit> hits = new ArrayList<>();
    for (Fused it : order) {
      int doc = Integer.parseInt(it.id());
      hits.add(
          new PointHit(
              PointFields.point(fields.document(doc)),
              it.score(),
              it.denseRank() > 0 ? it.cosine() : cosines.getOrDefault(doc, 0.0),
              it.denseRank(),
              it.bm25(),
              it.lexicalRank()));
    }
    return hits;
  }

  /** Of those that only words found, how near they are. */
  private Map<Integer, Double> cosines(List<Fused> order) throws IOException {
    Map<Integer, Double> cosines = new HashMap<>();
    if (query.vector().isEmpty() || leftOut.contains(Leg.DENSE)) {
      return cosines;
    }
    List<Integer> missing =
        order.stream()
            .filter(it -> it.denseRank() == 0)
            .map(it -> Integer.valueOf(it.id()))
            .toList();
    Vector asked = query.vector().orElseThrow();
    StoredVectors.of(searcher.getIndexReader(), missing)
        .forEach((doc, vector) -> cosines.put(doc, vector.cosine(asked)));
    return cosines;
  }
}
