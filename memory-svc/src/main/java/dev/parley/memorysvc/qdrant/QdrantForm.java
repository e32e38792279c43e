package dev.parley.memorysvc.qdrant;

import static io.qdrant.client.ValueFactory.value;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.VectorSpace;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.OptimizersConfigDiff;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Map;

/**
 * How a collection is made in the server: a named dense vector by cosine, a named sparse one with
 * IDF, and what it holds in its metadata (Qdrant 1.16 and later).
 */
final class QdrantForm {
  private static final String MODEL = "parley_model";
  private static final String EMBEDDED = "parley_embedded";
  private static final String FORM = "parley_form";

  /**
   * How payloads, vectors and their indexes are laid out. A change of it counts it up: collections
   * of earlier forms are copied into new ones. A later one is not ours to touch.
   */
  static final long THIS_FORM = 1;

  /** What was removed is taken off the storage once it is so large a part of a segment. */
  private static final double REMOVED_PART = 0.01;

  private static final long REMOVED_LEAST = 100;

  private final long form;

  /** As of {@link #THIS_FORM}; tests have later ones. */
  QdrantForm(long form) {
    this.form = form;
  }

  /** A new collection. */
  CreateCollection of(String name, VectorSpace space) {
    VectorParams dense =
        VectorParams.newBuilder().setSize(space.dimensions()).setDistance(Distance.Cosine).build();
    SparseVectorParams words = SparseVectorParams.newBuilder().setModifier(Modifier.Idf).build();
    return CreateCollection.newBuilder()
        .setCollectionName(name)
        .setVectorsConfig(
            VectorsConfig.newBuilder()
                .setParamsMap(VectorParamsMap.newBuilder().putMap(Payloads.DENSE, dense)))
        .setSparseVectorsConfig(SparseVectorConfig.newBuilder().putMap(Payloads.WORDS, words))
        .setOptimizersConfig(
            OptimizersConfigDiff.newBuilder()
                .setDeletedThreshold(REMOVED_PART)
                .setVacuumMinVectorNumber(REMOVED_LEAST))
        .putMetadata(FORM, value(form))
        .putMetadata(MODEL, value(space.model()))
        .putMetadata(EMBEDDED, value(space.embedded()))
        .build();
  }

  /** Whether a collection is of an earlier form. */
  boolean isEarlier(CollectionConfig config) {
    return of(config) < form;
  }

  private static long of(CollectionConfig config) {
    return config.getMetadataMap().getOrDefault(FORM, Value.getDefaultInstance()).getIntegerValue();
  }

  /** What a collection holds; fails with STORE_FAILED when it is of a later form or of none. */
  VectorSpace space(CollectionKey key, CollectionConfig config) {
    if (of(config) < 1 || of(config) > form) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "STORE_FAILED",
          "collection %s in qdrant has form %d (expected 1 to %d; Qdrant keeps it from 1.16 on)"
              .formatted(key.id(), of(config), form));
    }
    Map<String, Value> facts = config.getMetadataMap();
    VectorParams dense =
        config
            .getParams()
            .getVectorsConfig()
            .getParamsMap()
            .getMapMap()
            .getOrDefault(Payloads.DENSE, VectorParams.getDefaultInstance());
    return new VectorSpace(
        (int) dense.getSize(),
        facts.get(MODEL).getStringValue(),
        facts.get(EMBEDDED).getBoolValue());
  }
}
