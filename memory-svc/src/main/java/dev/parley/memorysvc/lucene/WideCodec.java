package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.vectors.VectorSpace;
import java.io.IOException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** Lucene's own format, for vectors of more than 1024 numbers too; plain Lucene reads it. */
final class WideCodec extends FilterCodec {
  private final KnnVectorsFormat vectors =
      new PerFieldKnnVectorsFormat() {
        private final KnnVectorsFormat wide = new Wide();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return wide;
        }
      };

  WideCodec() {
    super(Codec.getDefault().getName(), Codec.getDefault());
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return vectors;
  }

  private static final class Wide extends KnnVectorsFormat {
    private final Lucene99HnswVectorsFormat own = new Lucene99HnswVectorsFormat();

    Wide() {
      super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return own.fieldsWriter(state);
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
