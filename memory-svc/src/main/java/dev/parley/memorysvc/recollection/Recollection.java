package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.CachingEmbedder;
import dev.parley.memorysvc.embedding.Vector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What is remembered of people: remembers turns and the facts in them, recalls them, forgets. Safe
 * for use by many threads; what one person tells is taken in one turn after the other.
 */
public final class Recollection {
  /** An item has several entries and some repeat each other, so more are looked at than given. */
  private static final int LOOK_AT = 8;

  private static final double TOLD = 0.3;
  private static final double ASKED = 0.1;

  private final Memories memories;
  private final RecentTurns recent;
  private final RecallTimes times;
  private final CachingEmbedder embedder;
  private final InstantSource clock;
  private final FactFinder finder;
  private final FactKeeper keeper;
  private final Summaries summaries;
  private final Entries entries;
  private final Turnstile turnstile = new Turnstile();

  /** Remembers in the given places. */
  public Recollection(
      Memories memories,
      RecentTurns recent,
      RecallTimes times,
      CachingEmbedder embedder,
      InstantSource clock) {
    this.memories = memories;
    this.recent = recent;
    this.times = times;
    this.embedder = embedder;
    this.clock = clock;
    this.finder = new FactFinder(embedder);
    this.keeper = new FactKeeper(memories, embedder);
    this.summaries = new Summaries(memories, embedder);
    this.entries = new Entries(embedder);
  }

  /**
   * Remembers a turn; the same one twice is kept once, with the words given last. When it returns
   * the memories survive a crash.
   *
   * @return the ids of what is new or changed, the turn's own first; none when the person said
   *     nothing
   */
  public List<String> remember(Owner owner, Told told) {
    if (told.turn().isEmpty()) {
      return List.of();
    }
    List<String> made =
        told.turn().personText().isBlank()
            ? List.of()
            : turnstile.alone(owner, () -> keep(owner, told));
    recent.append(owner, told.turn(), told.keep(), told.expiry());
    return made;
  }

  private List<String> keep(Owner owner, Told told) {
    forgetOlder(owner, told);
    RememberedTurn turn = told.turn();
    List<Fact> facts = told.facts().orElseGet(() -> finder.in(turn.personText()));
    String id = MemoryId.of(owner, turn.turnId());
    boolean pinned = memories.find(owner, id).map(Item::pinned).orElse(false);
    List<Item> items = new ArrayList<>();
    items.add(
        Item.of(id, turn, importance(turn, facts), pinned, told.retention().end(turn.time())));
    items.addAll(keeper.merged(owner, turn, facts, told.retention()));
    told.summary()
        .ifPresent(text -> items.add(summaries.given(owner, turn, text, told.retention())));
    memories.put(entries.of(owner, items));
    if (told.summary().isEmpty()) {
      Optional<Item> summary = summaries.due(owner, turn, told.retention());
      summary.ifPresent(it -> memories.put(entries.of(owner, List.of(it))));
      summary.ifPresent(items::add);
    }
    return items.stream().map(Item::id).toList();
  }

  private static double importance(RememberedTurn turn, List<Fact> facts) {
    double told = Question.is(turn.personText()) ? ASKED : TOLD;
    return facts.stream().mapToDouble(Fact::importance).reduce(told, Math::max);
  }

  /** What is older than the character keeps things, whatever it was told with. */
  private void forgetOlder(Owner owner, Told told) {
    Optional<Instant> oldest = told.retention().age().map(clock.instant()::minus);
    oldest.ifPresent(limit -> {
      Scope scope = Scope.of(owner).with(told.turn().characterId());
      Set<String> over =
          memories.items(scope, ItemPoints.unpinnedBefore(limit)).stream()
              .map(Item::id)
              .collect(Collectors.toSet());
      if (!over.isEmpty()) {
        memories.remove(scope.only(over));
      }
    });
  }

  /** What fits a text within a scope, best first. */
  public List<Memory> recall(Scope scope, String query, int limit) {
    List<Memory> best = search(scope, query, limit);
    if (!best.isEmpty()) {
      List<String> ids = best.stream().map(Memory::id).toList();
      Instant now = clock.instant();
      Thread.startVirtualThread(() -> times.recalled(scope.owner(), ids, now));
    }
    return best;
  }

  /** The same without counting as recalled. */
  public List<Memory> search(Scope scope, String query, int limit) {
    Vector meaning = embedder.embed(List.of(query)).getFirst();
    Instant now = clock.instant();
    List<Hit> hits =
        memories.nearest(query, meaning, scope, limit * LOOK_AT).stream()
            .filter(hit -> !hit.item().isOver(now))
            .toList();
    Set<String> ids = hits.stream().map(Hit::memoryId).collect(Collectors.toSet());
    return new Ranking(now, times.of(scope.owner(), ids)).best(hits, limit);
  }

  /** The last turns of a session, oldest first. */
  public List<RememberedTurn> recent(Owner owner, String sessionId, int limit) {
    return recent.last(owner, sessionId, limit);
  }

  /** Forgets what lies within a scope; gone when it returns. */
  public Forgotten forget(Scope scope) {
    return turnstile.alone(scope.owner(), () -> gone(scope));
  }

  private Forgotten gone(Scope scope) {
    long turns = recent.remove(scope);
    scope.sessionId().ifPresent(session -> forgetHistory(scope, session));
    long items = memories.remove(scope);
    boolean everything = scope.equals(Scope.of(scope.owner()));
    if (everything) {
      times.remove(scope.owner(), Set.of());
    }
    return new Forgotten(items, turns, everything ? embedder.clear() : 0);
  }

  /** Earlier texts of facts that come from a session which is forgotten go too. */
  private void forgetHistory(Scope scope, String sessionId) {
    Scope others =
        new Scope(
            scope.owner(), scope.characterId(), Optional.empty(), Optional.of(sessionId), Set.of());
    List<Item> kept =
        memories.items(others, List.of(ItemPoints.from(sessionId))).stream()
            .map(it -> it.without(sessionId))
            .toList();
    memories.put(entries.of(scope.owner(), kept));
  }

  /** Makes a change while nothing else of the person changes. */
  <T> T alone(Owner owner, Supplier<T> change) {
    return turnstile.alone(owner, change);
  }

  /** Meanings of texts, in order. */
  public List<Vector> embed(List<String> texts) {
    return embedder.embed(texts);
  }

  /** Name of the model behind {@link #embed}. */
  public String model() {
    return embedder.model();
  }

  /**
   * What is gone.
   *
   * @param memories memories removed
   * @param recentTurns short-term turns removed
   * @param embeddings vectors of texts let go; all there are, when a person is forgotten
   */
  public record Forgotten(long memories, long recentTurns, long embeddings) {}
}
