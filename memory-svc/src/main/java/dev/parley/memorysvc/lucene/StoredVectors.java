package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.embedding.Vector;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;

/** Vectors as they lie in the index. */
final class StoredVectors {
  private StoredVectors() {}

  /** The vectors of documents by their numbers; those without one are left out. */
  static Map<Integer, Vector> of(IndexReader reader, List<Integer> documents) throws IOException {
    Map<Integer, Vector> vectors = new HashMap<>();
    List<LeafReaderContext> leaves = reader.leaves();
    for (int document : documents) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
      FloatVectorValues values = leaf.reader().getFloatVectorValues(PointFields.VECTOR);
      if (values == null) {
        continue;
      }
      KnnVectorValues.DocIndexIterator iterator = values.iterator();
      int local = document - leaf.docBase;
      if (iterator.advance(local) == local) {
        vectors.put(document, Vector.of(values.vectorValue(iterator.index()).clone()));
      }
    }
    return vectors;
  }
}
