package dev.parley.memorysvc.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.Vector;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server in memory answers as Qdrant's own client in local mode did; {@code
 * src/test/python/qdrant_local.py} asked it.
 */
class FakeQdrantTest {
  private static final JsonObject LOCAL = local();

  private FakeQdrant qdrant;
  private QdrantClient client;

  @BeforeEach
  void fill() throws Exception {
    qdrant = FakeQdrant.start();
    client =
        new QdrantClient(
            QdrantGrpcClient.newBuilder("127.0.0.1", qdrant.address().getPort(), false, false)
                .build());
    VectorParams dense =
        VectorParams.newBuilder()
            .setSize(LOCAL.get("size").getAsInt())
            .setDistance(Distance.Cosine)
            .build();
    SparseVectorParams words = SparseVectorParams.newBuilder().setModifier(Modifier.Idf).build();
    client
        .createCollectionAsync(
            CreateCollection.newBuilder()
                .setCollectionName("notes")
                .setVectorsConfig(
                    VectorsConfig.newBuilder()
                        .setParamsMap(VectorParamsMap.newBuilder().putMap("dense", dense)))
                .setSparseVectorsConfig(SparseVectorConfig.newBuilder().putMap("words", words))
                .build())
        .get();
    client.upsertAsync("notes", each("points", FakeQdrantTest::point)).get();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    qdrant.close();
  }

  @Test
  void filtersLetTheSamePointsThrough() throws Exception {
    for (JsonElement question : LOCAL.getAsJsonArray("questions")) {
      ScrollPoints all =
          ScrollPoints.newBuilder()
              .setCollectionName("notes")
              .setFilter(where(question.getAsJsonObject()))
              .setLimit(1000)
              .build();
      List<String> ids =
          client.scrollAsync(all).get().getResultList().stream()
              .map(it -> it.getId().getUuid())
              .toList();
      assertThat(ids)
          .containsExactlyElementsOf(strings(question.getAsJsonObject().getAsJsonArray("where")));
    }
  }

  @Test
  void meaningsWordsAndBothFindTheSameWithTheSameScores() throws Exception {
    for (JsonElement it : LOCAL.getAsJsonArray("questions")) {
      JsonObject question = it.getAsJsonObject();
      Filter where = where(question);
      Query dense = QueryFactory.nearest(floats(question.getAsJsonArray("dense")));
      JsonObject words = question.getAsJsonObject("words");
      Query sparse =
          QueryFactory.nearest(
              floats(words.getAsJsonArray("values")), indices(words.getAsJsonArray("indices")));
      QueryPoints ask =
          QueryPoints.newBuilder()
              .setCollectionName("notes")
              .setLimit(LOCAL.get("limit").getAsInt())
              .build();
      same(
          ask.toBuilder().setQuery(dense).setUsing("dense").setFilter(where).build(),
          question.getAsJsonArray("by_dense"));
      same(
          ask.toBuilder().setQuery(sparse).setUsing("words").setFilter(where).build(),
          question.getAsJsonArray("by_words"));
      Rrf rrf = Rrf.newBuilder().setK(LOCAL.get("rrf_k").getAsInt()).build();
      same(
          ask.toBuilder()
              .addPrefetch(prefetch(dense, "dense", where))
              .addPrefetch(prefetch(sparse, "words", where))
              .setQuery(QueryFactory.rrf(rrf))
              .build(),
          question.getAsJsonArray("by_both"));
    }
  }

  /** The same scores in the same order, and the same points where scores differ. */
  private void same(QueryPoints ask, JsonArray expected) throws Exception {
    List<ScoredPoint> found = client.queryAsync(ask).get();
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.size(); i++) {
      double score = score(expected, i);
      assertThat((double) found.get(i).getScore()).isCloseTo(score, within(1e-4));
      boolean tied =
          i > 0 && score(expected, i - 1) - score < 1e-4
              || i + 1 == found.size()
              || score - score(expected, i + 1) < 1e-4;
      if (!tied) {
        assertThat(found.get(i).getId().getUuid())
            .isEqualTo(expected.get(i).getAsJsonObject().get("id").getAsString());
      }
    }
  }

  private static double score(JsonArray hits, int place) {
    return hits.get(place).getAsJsonObject().get("score").getAsDouble();
  }

  private static PrefetchQuery prefetch(Query query, String using, Filter where) {
    return PrefetchQuery.newBuilder()
        .setQuery(query)
        .setUsing(using)
        .setFilter(where)
        .setLimit(LOCAL.get("prefetch").getAsInt())
        .build();
  }

  private static PointStruct point(JsonObject point) {
    Map<String, Vector> vectors = new HashMap<>();
    if (!point.get("dense").isJsonNull()) {
      vectors.put("dense", VectorFactory.vector(floats(point.getAsJsonArray("dense"))));
    }
    if (!point.get("words").isJsonNull()) {
      JsonObject words = point.getAsJsonObject("words");
      vectors.put(
          "words",
          VectorFactory.vector(
              floats(words.getAsJsonArray("values")), indices(words.getAsJsonArray("indices"))));
    }
    Value colours =
        ValueFactory.list(
            strings(point.getAsJsonArray("colours")).stream().map(ValueFactory::value).toList());
    Value pages =
        ValueFactory.list(
            indices(point.getAsJsonArray("pages")).stream()
                .map(page -> ValueFactory.value((long) page))
                .toList());
    return PointStruct.newBuilder()
        .setId(PointIdFactory.id(UUID.fromString(point.get("id").getAsString())))
        .setVectors(VectorsFactory.namedVectors(vectors))
        .putPayload("k", ValueFactory.value(Map.of("colour", colours)))
        .putPayload("w", ValueFactory.value(Map.of("page", pages)))
        .build();
  }

  private static Filter where(JsonObject question) {
    Filter.Builder filter = Filter.newBuilder();
    question.getAsJsonArray("must").forEach(it -> filter.addMust(condition(it.getAsJsonObject())));
    question
        .getAsJsonArray("must_not")
        .forEach(it -> filter.addMustNot(condition(it.getAsJsonObject())));
    return filter.build();
  }

  private static Condition condition(JsonObject condition) {
    return switch (condition.get("kind").getAsString()) {
      case "colour" ->
          ConditionFactory.matchKeywords("k.colour", strings(condition.getAsJsonArray("any")));
      case "page" ->
          ConditionFactory.range(
              "w.page",
              Range.newBuilder()
                  .setGte(condition.get("gte").getAsDouble())
                  .setLt(condition.get("lt").getAsDouble())
                  .build());
      default ->
          ConditionFactory.hasId(
              strings(condition.getAsJsonArray("ids")).stream()
                  .map(id -> PointIdFactory.id(UUID.fromString(id)))
                  .toList());
    };
  }

  private static <T> List<T> each(String name, Function<JsonObject, T> read) {
    List<T> all = new ArrayList<>();
    LOCAL.getAsJsonArray(name).forEach(it -> all.add(read.apply(it.getAsJsonObject())));
    return all;
  }

  private static List<Float> floats(JsonArray array) {
    List<Float> floats = new ArrayList<>();
    array.forEach(it -> floats.add(it.getAsFloat()));
    return floats;
  }

  private static List<Integer> indices(JsonArray array) {
    List<Integer> numbers = new ArrayList<>();
    array.forEach(it -> numbers.add(it.getAsInt()));
    return numbers;
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(it -> strings.add(it.getAsString()));
    return strings;
  }

  private static JsonObject local() {
    var file = FakeQdrantTest.class.getResourceAsStream("/qdrant-local.json");
    return JsonParser.parseReader(new InputStreamReader(file, StandardCharsets.UTF_8))
        .getAsJsonObject();
  }
}
