package dev.parley.memorysvc.recollection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The reference: looks at every entry. */
public final class ExactVectorIndex implements VectorIndex {
  private final List<Entry> entries = new ArrayList<>();

  @Override
  public synchronized void put(List<Entry> memory) {
    if (memory.isEmpty()) {
      return;
    }
    Entry first = memory.getFirst();
    entries.removeIf(e -> e.owner().equals(first.owner()) && e.memoryId().equals(first.memoryId()));
    entries.addAll(memory);
  }

  @Override
  public synchronized List<Hit> nearest(Vector query, Scope scope, int limit) {
    return entries.stream()
        .filter(e -> scope.contains(e.owner(), e.memoryId(), e.turn()))
        .map(e -> new Hit(e.memoryId(), e.kind(), e.turn(), e.vector().cosine(query)))
        .sorted(Comparator.comparingDouble(Hit::cosine).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long remove(Scope scope) {
    Set<String> gone = new HashSet<>();
    entries.removeIf(
        e -> scope.contains(e.owner(), e.memoryId(), e.turn()) && (gone.add(e.memoryId()) || true));
    return gone.size();
  }

  @Override
  public boolean isHealthy() {
    return true;
  }

  @Override
  public void close() {}
}
