package dev.parley.memorysvc.qdrant;

import static io.qdrant.client.ConditionFactory.hasId;
import static io.qdrant.client.ConditionFactory.matchKeywords;

import dev.parley.memorysvc.vectors.Condition;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import java.util.Collection;
import java.util.List;

/** Conditions as the server's filters. It compares numbers as doubles, exact up to 2^53. */
final class Filters {
  private Filters() {}

  static Filter all(List<Condition> conditions) {
    Filter.Builder filter = Filter.newBuilder();
    for (Condition condition : conditions) {
      if (condition instanceof Condition.Not(Condition other)) {
        filter.addMustNot(one(other));
      } else {
        filter.addMust(one(condition));
      }
    }
    return filter.build();
  }

  static io.qdrant.client.grpc.Common.Condition ids(Collection<String> ids) {
    return hasId(ids.stream().map(Names::point).map(PointIdFactory::id).toList());
  }

  private static io.qdrant.client.grpc.Common.Condition one(Condition condition) {
    return switch (condition) {
      case Condition.AnyKeyword any ->
          matchKeywords(Payloads.keyword(any.name()), List.copyOf(any.values()));
      case Condition.AnyId any -> ids(any.ids());
      case Condition.InRange within ->
          ConditionFactory.range(Payloads.whole(within.name()), range(within));
      case Condition.Not not -> ConditionFactory.filter(all(List.of(not)));
    };
  }

  private static Range range(Condition.InRange within) {
    Range.Builder range = Range.newBuilder();
    within.atLeast().ifPresent(range::setGte);
    within.lessThan().ifPresent(range::setLt);
    return range.build();
  }
}
