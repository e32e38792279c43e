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

  /** How payloads and vectors are laid out; another number is not ours to touch. */
  private static final long THIS_FORM = 1;

  /** What was removed is taken off the storage once it is so large a part of a segment. */
  private static final double REMOVED_PART = 0.01;

  private static final long REMOVED_LEAST = 100;

  private QdrantForm() {}

  /** A new collection. */
  static CreateCollection of(String name, VectorSpace space) {
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
        .putMetadata(FORM, value(THIS_FORM))
        .putMetadata(MODEL, value(space.model()))
        .putMetadata(EMBEDDED, value(space.embedded()))
        .build();
  }

  /** What a collection holds; fails with STORE_FAILED when it is of another form. */
  static VectorSpace space(CollectionKey key, CollectionConfig config) {
    Map<String, Value> facts = config.getMetadataMap();
    long form = facts.getOrDefault(FORM, Value.getDefaultInstance()).getIntegerValue();
    if (form != THIS_FORM) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "STORE_FAILED",
          "collection "
              + key.id()
              + " in qdrant has form "
              + form
              + " (expected "
              + THIS_FORM
              + "; Qdrant keeps it from 1.16 on)");
    }
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
