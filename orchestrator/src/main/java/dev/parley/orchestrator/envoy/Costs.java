package dev.parley.orchestrator.envoy;

import dev.parley.kit.contract.Contract;
import dev.parley.kit.contract.Method;
import dev.parley.orchestrator.identity.usage.Cost;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What calls count as: as their contracts say, or as a route that is served by hand says. */
final class Costs {
  /** What a route calls it among its context extensions. */
  static final String EXTENSION = "cost";

  private static final Map<String, Cost> DECLARED =
      Contract.methods().stream()
          .collect(Collectors.toUnmodifiableMap(Method::path, it -> named(it.cost())));

  private Costs() {}

  /** Nothing, for what no contract knows: nothing is served there. */
  static Cost of(String path, Map<String, String> extensions) {
    String said = extensions.getOrDefault(EXTENSION, "");
    return said.isEmpty() ? DECLARED.getOrDefault(path, Cost.FREE) : named(said);
  }

  private static Cost named(String cost) {
    return Cost.valueOf(cost.toUpperCase(Locale.ROOT));
  }
}
