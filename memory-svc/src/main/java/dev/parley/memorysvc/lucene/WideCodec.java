package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.vectors.VectorSpace;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsWriter;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own format, for vectors of more than 1024 numbers too; plain Lucene reads it. Merges end
 * when the writer is closed.
 */
final class WideCodec extends FilterCodec {
  private final KnnVectorsFormat vectors;

  WideCodec(BooleanSupplier closing) {
    super(Codec.getDefault().getName(), Codec.getDefault());
    KnnVectorsFormat wide = new Wide(closing);
    this.vectors =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return wide;
          }
        };
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return vectors;
  }

  private static final class Wide extends KnnVectorsFormat {
    private static final int ONE_THREAD = 1;

    private final Lucene99HnswVectorsFormat own = new Lucene99HnswVectorsFormat();
    private final FlatVectorsFormat flat;

    Wide(BooleanSupplier closing) {
      super("Lucene99HnswVectorsFormat");
      var scorer = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
      this.flat = new Lucene99FlatVectorsFormat(new EndingScorer(scorer, closing));
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return new Lucene99HnswVectorsWriter(
          state,
          Lucene99HnswVectorsFormat.DEFAULT_MAX_CONN,
          Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH,
          flat,
          flat.fieldsWriter(state),
          ONE_THREAD,
          null);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return own.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return VectorSpace.MOST_DIMENSIONS;
    }
  }
}
