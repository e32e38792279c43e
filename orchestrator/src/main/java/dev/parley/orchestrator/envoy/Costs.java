package dev.parley.orchestrator.envoy;

import dev.parley.kit.contract.Contract;
import dev.parley.kit.contract.Method;
import dev.parley.orchestrator.identity.usage.Cost;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What calls count as: as their contracts say, or as a route that is served by hand says. */
final class Costs {
  /** What a route calls it among its context extensions. */
  static final String EXTENSION = "cost";

  private static final Map<String, Cost> DECLARED =
      Contract.methods().stream()
          .collect(Collectors.toUnmodifiableMap(Method::path, it -> named(it.cost())));

  /** What takes somebody to be called. */
  private static final Set<String> PERSONAL =
      Contract.methods().stream()
          .filter(it -> !it.open())
          .map(Method::path)
          .collect(Collectors.toUnmodifiableSet());

  private Costs() {}

  /** Whether nobody in particular may call it, or no contract knows it. */
  static boolean isForAnybody(String path) {
    return !PERSONAL.contains(path);
  }

  /** Nothing, for what no contract knows: nothing is served there. */
  static Cost of(String path, Map<String, String> extensions) {
    String said = extensions.getOrDefault(EXTENSION, "");
    return said.isEmpty() ? DECLARED.getOrDefault(path, Cost.FREE) : named(said);
  }

  private static Cost named(String cost) {
    return Cost.valueOf(cost.toUpperCase(Locale.ROOT));
  }
}
