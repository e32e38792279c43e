package dev.parley.memorysvc.lucene;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * Compares vectors until a writer is closed, then ends the merge that builds a graph with it.
 * Lucene itself only looks when it writes, which for a large graph is minutes later.
 */
final class EndingScorer implements FlatVectorsScorer {
  private final FlatVectorsScorer own;
  private final BooleanSupplier ended;

  EndingScorer(FlatVectorsScorer own, BooleanSupplier ended) {
    this.own = own;
    this.ended = ended;
  }

  @Override
  public RandomVectorScorerSupplier getRandomVectorScorerSupplier(
      VectorSimilarityFunction similarity, KnnVectorValues values) throws IOException {
    return new Supplier(own.getRandomVectorScorerSupplier(similarity, values));
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, KnnVectorValues values, float[] target)
      throws IOException {
    return own.getRandomVectorScorer(similarity, values, target);
  }

  @Override
  public RandomVectorScorer getRandomVectorScorer(
      VectorSimilarityFunction similarity, KnnVectorValues values, byte[] target)
      throws IOException {
    return own.getRandomVectorScorer(similarity, values, target);
  }

  private final class Supplier implements RandomVectorScorerSupplier {
    private final RandomVectorScorerSupplier suppliers;

    Supplier(RandomVectorScorerSupplier suppliers) {
      this.suppliers = suppliers;
    }

    @Override
    public UpdateableRandomVectorScorer scorer() throws IOException {
      return new Scorer(suppliers.scorer());
    }

    @Override
    public RandomVectorScorerSupplier copy() throws IOException {
      return new Supplier(suppliers.copy());
    }
  }

  private final class Scorer implements UpdateableRandomVectorScorer {
    private final UpdateableRandomVectorScorer scorer;

    Scorer(UpdateableRandomVectorScorer scorer) {
      this.scorer = scorer;
    }

    @Override
    public void setScoringOrdinal(int node) throws IOException {
      if (ended.getAsBoolean()) {
        throw new MergePolicy.MergeAbortedException("the index is closed");
      }
      scorer.setScoringOrdinal(node);
    }

    @Override
    public float score(int node) throws IOException {
      return scorer.score(node);
    }

    @Override
    public float bulkScore(int[] nodes, float[] scores, int count) throws IOException {
      return scorer.bulkScore(nodes, scores, count);
    }

    @Override
    public int maxOrd() {
      return scorer.maxOrd();
    }

    @Override
    public int ordToDoc(int ord) {
      return scorer.ordToDoc(ord);
    }

    @Override
    public Bits getAcceptOrds(Bits accepted) {
      return scorer.getAcceptOrds(accepted);
    }
  }
}
