package dev.parley.memorysvc.recollection;

import java.util.List;
import java.util.stream.Stream;

/** The forms of English in which facts are recognised; the first that fits a clause counts. */
final class FactRules {
  static final List<FactRule> ALL =
      Stream.of(
              PeopleRules.ALL,
              PlaceRules.ALL,
              BeingRules.ALL,
              LikeRules.ALL,
              PlanRules.ALL,
              HabitRules.ALL)
          .flatMap(List::stream)
          .toList();

  private FactRules() {}
}
