package dev.parley.memorysvc.qdrant;

import static io.qdrant.client.ValueFactory.list;
import static io.qdrant.client.ValueFactory.value;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Attribute;
import dev.parley.memorysvc.vectors.Point;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points as the server's. The payload has the id, the text, and the attributes as lists by name,
 * under {@code k} keywords, {@code w} whole numbers, {@code p} what is only kept.
 */
final class Payloads {
  static final String DENSE = "dense";
  static final String WORDS = "words";
  static final String ID = "id";
  private static final String TEXT = "text";
  private static final String KEYWORDS = "k";
  private static final String WHOLES = "w";
  private static final String KEPT = "p";

  private Payloads() {}

  static String keyword(String name) {
    return KEYWORDS + "." + name;
  }

  static String whole(String name) {
    return WHOLES + "." + name;
  }

  static PointStruct struct(Point point) {
    Map<String, io.qdrant.client.grpc.Points.Vector> vectors = new HashMap<>();
    point.vector().ifPresent(it -> vectors.put(DENSE, VectorFactory.vector(it.values())));
    SparseWords words = SparseWords.kept(point.text());
    if (!words.isEmpty()) {
      vectors.put(WORDS, VectorFactory.vector(words.values(), words.indices()));
    }
    return PointStruct.newBuilder()
        .setId(PointIdFactory.id(Names.point(point.id())))
        .setVectors(VectorsFactory.namedVectors(vectors))
        .putAllPayload(payload(point))
        .build();
  }

  private static Map<String, Value> payload(Point point) {
    Map<String, Map<String, List<Value>>> groups = new LinkedHashMap<>();
    for (Attribute attribute : point.attributes()) {
      switch (attribute) {
        case Attribute.Keyword(String name, String word) ->
            add(groups, KEYWORDS, name, value(word));
        case Attribute.Whole(String name, long number) -> add(groups, WHOLES, name, value(number));
        case Attribute.Payload(String name, String kept) -> add(groups, KEPT, name, value(kept));
      }
    }
    Map<String, Value> payload = new HashMap<>();
    payload.put(ID, value(point.id()));
    payload.put(TEXT, value(point.text()));
    groups.forEach((group, names) -> {
      Map<String, Value> lists = new LinkedHashMap<>();
      names.forEach((name, values) -> lists.put(name, list(values)));
      payload.put(group, value(lists));
    });
    return payload;
  }

  private static void add(
      Map<String, Map<String, List<Value>>> groups, String group, String name, Value value) {
    groups
        .computeIfAbsent(group, it -> new LinkedHashMap<>())
        .computeIfAbsent(name, it -> new ArrayList<>())
        .add(value);
  }

  /** A point from its payload, without its vector. */
  static Point point(Map<String, Value> payload) {
    List<Attribute> attributes = new ArrayList<>();
    each(payload, KEYWORDS, (name, it) -> new Attribute.Keyword(name, it.getStringValue()))
        .forEach(attributes::add);
    each(payload, WHOLES, (name, it) -> new Attribute.Whole(name, it.getIntegerValue()))
        .forEach(attributes::add);
    each(payload, KEPT, (name, it) -> new Attribute.Payload(name, it.getStringValue()))
        .forEach(attributes::add);
    return new Point(text(payload, ID), Optional.empty(), text(payload, TEXT), attributes);
  }

  static String text(Map<String, Value> payload, String name) {
    return payload.getOrDefault(name, Value.getDefaultInstance()).getStringValue();
  }

  /** The dense vector of an answer, where it was asked for and is there. */
  static Optional<Vector> vector(VectorsOutput vectors) {
    VectorOutput dense = vectors.getVectors().getVectorsMap().get(DENSE);
    if (dense == null) {
      return Optional.empty();
    }
    // Older servers answer in the field that newer ones left.
    List<Float> values = dense.hasDense() ? dense.getDense().getDataList() : dense.getDataList();
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    return numbers.length == 0 ? Optional.empty() : Optional.of(Vector.of(numbers));
  }

  /** Makes an attribute of a value under a name. */
  private interface Reader {
    Attribute read(String name, Value value);
  }

  private static List<Attribute> each(Map<String, Value> payload, String group, Reader reader) {
    List<Attribute> attributes = new ArrayList<>();
    Value names = payload.getOrDefault(group, Value.getDefaultInstance());
    names
        .getStructValue()
        .getFieldsMap()
        .forEach((name, values) ->
            values
                .getListValue()
                .getValuesList()
                .forEach(value -> attributes.add(reader.read(name, value))));
    return attributes;
  }
}
