package dev.parley.memorysvc.vectors;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a point must fulfil. A point without the attribute fulfils no condition but the negative
 * ones.
 */
public sealed interface Condition {

  /** Whether a point fulfils it. */
  boolean holds(Point point);

  /** Has one of these keywords under a name. */
  record AnyKeyword(String name, Set<String> values) implements Condition {
    /** Copies the values. */
    public AnyKeyword {
      values = Set.copyOf(values);
    }

    @Override
    public boolean holds(Point point) {
      return point.attributes().stream()
          .anyMatch(it ->
              it instanceof Attribute.Keyword keyword
                  && keyword.name().equals(name)
                  && values.contains(keyword.value()));
    }
  }

  /** Has a number under a name that is at least the one and less than the other. */
  record InRange(String name, Optional<Long> atLeast, Optional<Long> lessThan)
      implements Condition {
    @Override
    public boolean holds(Point point) {
      return point.attributes().stream()
          .anyMatch(it ->
              it instanceof Attribute.Whole whole
                  && whole.name().equals(name)
                  && atLeast.map(least -> whole.value() >= least).orElse(true)
                  && lessThan.map(most -> whole.value() < most).orElse(true));
    }
  }

  /** Has one of these ids. */
  record AnyId(Set<String> ids) implements Condition {
    /** Copies the ids. */
    public AnyId {
      ids = Set.copyOf(ids);
    }

    @Override
    public boolean holds(Point point) {
      return ids.contains(point.id());
    }
  }

  /** Does not fulfil another. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean holds(Point point) {
      return !condition.holds(point);
    }
  }

  /** Has this keyword under a name. */
  static Condition is(String name, String value) {
    return new AnyKeyword(name, Set.of(value));
  }

  /** Whether a point fulfils all of them. */
  static boolean all(List<Condition> conditions, Point point) {
    return conditions.stream().allMatch(condition -> condition.holds(point));
  }
}
