package dev.parley.orchestrator.character;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Characters in memory. */
public final class InMemoryCharacterStore implements CharacterStore {
  private final Map<String, TreeMap<String, List<Character>>> kept = new HashMap<>();
  private final Map<List<String>, String> requests = new HashMap<>();

  @Override
  public synchronized Optional<Character> find(String organisationId, String id) {
    return Optional.ofNullable(of(organisationId).get(id)).map(List::getLast);
  }

  @Override
  public synchronized List<Character> list(String organisationId, String afterId, int size) {
    return of(organisationId).tailMap(afterId, false).values().stream()
        .map(List::getLast)
        .limit(size)
        .toList();
  }

  @Override
  public synchronized Optional<Character> create(
      String organisationId, Character character, String requestId) {
    String before = requests.get(List.of(organisationId, requestId));
    if (before != null && of(organisationId).containsKey(before)) {
      return find(organisationId, before);
    }
    if (of(organisationId).containsKey(character.id())) {
      return Optional.empty();
    }
    of(organisationId).put(character.id(), new ArrayList<>(List.of(character)));
    if (!requestId.isEmpty()) {
      requests.put(List.of(organisationId, requestId), character.id());
    }
    return Optional.of(character);
  }

  @Override
  public synchronized boolean update(String organisationId, Character character) {
    List<Character> versions = of(organisationId).getOrDefault(character.id(), List.of());
    return !versions.isEmpty()
        && versions.getLast().version() == character.version() - 1
        && versions.add(character);
  }

  @Override
  public synchronized boolean delete(String organisationId, String id) {
    return of(organisationId).remove(id) != null;
  }

  @Override
  public synchronized List<Character> versions(
      String organisationId, String id, long beforeVersion, int size) {
    return of(organisationId).getOrDefault(id, List.of()).reversed().stream()
        .filter(it -> it.version() < beforeVersion)
        .limit(size)
        .toList();
  }

  private TreeMap<String, List<Character>> of(String organisationId) {
    return kept.computeIfAbsent(organisationId, _ -> new TreeMap<>());
  }
}
