package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of people: remembers turns, recalls them by meaning, forgets. Safe for use by
 * many threads.
 */
public final class Recollection {
  /** A memory has several entries and some repeat each other, so more are looked at than given. */
  private static final int LOOK_AT = 6;

  private final Memories memories;
  private final RecentTurns recent;
  private final Embedder embedder;
  private final InstantSource clock;

  /** Remembers in the given places. */
  public Recollection(
      Memories memories, RecentTurns recent, Embedder embedder, InstantSource clock) {
    this.memories = memories;
    this.recent = recent;
    this.embedder = embedder;
    this.clock = clock;
  }

  /**
   * Remembers a turn; the same one twice is kept once, with the words given last. When it returns
   * the memory survives a crash.
   *
   * @param keep turns kept at hand for its session, at least 1
   * @return the memory, none when the person said nothing
   */
  public Optional<String> remember(Owner owner, RememberedTurn turn, int keep) {
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> memory = Optional.empty();
    if (!turn.personText().isBlank()) {
      memory = Optional.of(MemoryId.of(owner, turn.turnId()));
      memories.put(entries(owner, memory.get(), turn));
    }
    recent.append(owner, turn, keep);
    return memory;
  }

  /** What fits a text within a scope, best first. */
  public List<Memory> recall(Scope scope, String query, int limit) {
    Vector meaning = embedder.embed(List.of(query)).getFirst();
    List<Hit> hits = memories.nearest(query, meaning, scope, limit * LOOK_AT);
    return new Ranking(clock.instant()).best(hits, limit);
  }

  /** The last turns of a session, oldest first. */
  public List<RememberedTurn> recent(Owner owner, String sessionId, int limit) {
    return recent.last(owner, sessionId, limit);
  }

  /** Forgets what lies within a scope; gone when it returns. */
  public Forgotten forget(Scope scope) {
    long turns = recent.remove(scope);
    return new Forgotten(memories.remove(scope), turns);
  }

  /** Meanings of texts, in order. */
  public List<Vector> embed(List<String> texts) {
    return embedder.embed(texts);
  }

  /** Name of the model behind {@link #embed}. */
  public String model() {
    return embedder.model();
  }

  private List<Entry> entries(Owner owner, String memory, RememberedTurn turn) {
    Kind said = Question.is(turn.personText()) ? Kind.ASKED : Kind.TOLD;
    List<String> texts = new ArrayList<>(Passages.of(turn.personText()));
    int told = texts.size();
    texts.addAll(Passages.of(turn.characterText()));
    List<Vector> vectors = embedder.embed(texts);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Kind kind = i < told ? said : Kind.ANSWERED;
      entries.add(new Entry(owner, memory, kind, texts.get(i), vectors.get(i), turn));
    }
    return entries;
  }

  /**
   * What is gone.
   *
   * @param memories memories removed
   * @param recentTurns short-term turns removed
   */
  public record Forgotten(long memories, long recentTurns) {}
}
