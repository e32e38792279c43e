package dev.parley.kit.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a process is made of and whether it is ready. Safe for threads. */
public final class Health {
  private final Map<String, List<Part>> parts = new java.util.concurrent.ConcurrentSkipListMap<>();
  private volatile boolean draining;

  /** Adds what a service needs. */
  public void add(String service, List<Part> needed) {
    parts.computeIfAbsent(service, name -> new CopyOnWriteArrayList<>()).addAll(needed);
  }

  /** From now on not ready: the process is going away. */
  public void drain() {
    draining = true;
  }

  /** Whether the process is going away. */
  public boolean isDraining() {
    return draining;
  }

  /** Every part's state now, by {@code service/part}. */
  public Map<String, Part.State> states() {
    Map<String, Part.State> states = new LinkedHashMap<>();
    parts.forEach((service, list) ->
        list.forEach(part -> states.put(service + "/" + part.name(), stateOf(part))));
    return states;
  }

  /** Names of required parts that are down; empty when ready. */
  public List<String> missing() {
    List<String> missing = new java.util.ArrayList<>();
    if (draining) {
      missing.add("draining");
    }
    parts.forEach((service, list) ->
        list.stream()
            .filter(part -> part.required() && !stateOf(part).up())
            .forEach(part -> missing.add(service + "/" + part.name())));
    return missing;
  }

  /** The same with why. */
  public Map<String, String> failing() {
    Map<String, Part.State> states = states();
    Map<String, String> failing = new LinkedHashMap<>();
    missing()
        .forEach(name ->
            failing.put(name, states.containsKey(name) ? states.get(name).detail() : "going away"));
    return failing;
  }

  private static Part.State stateOf(Part part) {
    try {
      return part.check().get();
    } catch (RuntimeException e) {
      return new Part.State(false, String.valueOf(e.getMessage()));
    }
  }
}
