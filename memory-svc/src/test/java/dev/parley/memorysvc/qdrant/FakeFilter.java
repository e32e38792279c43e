package dev.parley.memorysvc.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Filters as the server reads them: any value of a list may fit, paths go into objects. */
final class FakeFilter {
  private FakeFilter() {}

  static boolean fits(Filter filter, PointStruct point) {
    boolean should =
        filter.getShouldCount() == 0
            || filter.getShouldList().stream().anyMatch(it -> fits(it, point));
    return should
        && filter.getMustList().stream().allMatch(it -> fits(it, point))
        && filter.getMustNotList().stream().noneMatch(it -> fits(it, point));
  }

  private static boolean fits(Condition condition, PointStruct point) {
    return switch (condition.getConditionOneOfCase()) {
      case HAS_ID -> condition.getHasId().getHasIdList().contains(point.getId());
      case FILTER -> fits(condition.getFilter(), point);
      case FIELD ->
          at(point.getPayloadMap(), condition.getField().getKey())
              .anyMatch(value -> fits(condition.getField(), value));
      default ->
          throw Status.UNIMPLEMENTED
              .withDescription("condition " + condition.getConditionOneOfCase())
              .asRuntimeException();
    };
  }

  private static boolean fits(FieldCondition field, Value value) {
    if (field.hasMatch()) {
      return switch (field.getMatch().getMatchValueCase()) {
        case KEYWORD -> value.getStringValue().equals(field.getMatch().getKeyword());
        case KEYWORDS ->
            field.getMatch().getKeywords().getStringsList().contains(value.getStringValue());
        default ->
            throw Status.UNIMPLEMENTED
                .withDescription("match " + field.getMatch().getMatchValueCase())
                .asRuntimeException();
      };
    }
    return value.hasIntegerValue() && fits(field.getRange(), value.getIntegerValue());
  }

  /** The server compares doubles. */
  private static boolean fits(Range range, double value) {
    return (!range.hasLt() || value < range.getLt())
        && (!range.hasGt() || value > range.getGt())
        && (!range.hasLte() || value <= range.getLte())
        && (!range.hasGte() || value >= range.getGte());
  }

  /** The values under a path. */
  static Stream<Value> at(PointStruct point, String path) {
    return at(point.getPayloadMap(), path);
  }

  private static Stream<Value> at(Map<String, Value> fields, String path) {
    String[] steps = path.split("\\.", 2);
    Value value = fields.get(steps[0]);
    if (value == null) {
      return Stream.empty();
    }
    if (steps.length == 2) {
      return at(value.getStructValue().getFieldsMap(), steps[1]);
    }
    List<Value> values =
        value.hasListValue() ? value.getListValue().getValuesList() : List.of(value);
    return values.stream();
  }
}
