package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The live sessions of this process; takes up kept ones when they are asked for. Thread-safe. */
public final class Sessions {
  private static final Duration WRITING = Duration.ofSeconds(5);
  private final ConcurrentHashMap<String, Session> live = new ConcurrentHashMap<>();
  private final Cast cast;
  private final Parts parts;
  private volatile boolean draining;

  /** Sessions made of those parts. */
  public Sessions(Cast cast, Parts parts) {
    this.cast = cast;
    this.parts = parts;
  }

  /** What they are made of. */
  public Parts parts() {
    return parts;
  }

  /**
   * Opens a session; with a request id used before, gives the session of then.
   *
   * @throws Failure CHARACTER_NOT_FOUND
   */
  public Session open(
      Owner owner,
      String characterId,
      String language,
      String requestId,
      SessionFormats formats,
      boolean greet) {
    mustBeOpen();
    Character character = character(owner, characterId);
    Instant now = Instant.now();
    var fresh =
        new SessionRecord(
            parts.ids().get(),
            owner,
            characterId,
            "",
            language.isEmpty() ? character.language() : language,
            token(),
            requestId,
            formats.encoded(),
            now,
            now,
            0,
            false);
    SessionRecord kept = parts.sessions().create(fresh);
    if (!kept.id().equals(fresh.id())) {
      return find(owner, kept.id());
    }
    Session session = run(kept, List.of(), List.of(), 0);
    session.opened(greet);
    return session;
  }

  /**
   * A session, live or taken up from what was kept.
   *
   * @throws Failure SESSION_NOT_FOUND, SESSION_ENDED
   */
  public Session find(Owner owner, String sessionId) {
    Session session = live.get(sessionId);
    if (session != null && !session.isClosed()) {
      if (!session.record().owner().equals(owner)) {
        throw Failure.notFound("session", sessionId);
      }
      return session;
    }
    SessionRecord kept = record(owner, sessionId);
    if (kept.ended()) {
      throw Failure.of(Failure.Code.FAILED_PRECONDITION, "SESSION_ENDED", "the session has ended");
    }
    mustBeOpen();
    return takeUp(kept);
  }

  /** Whether it is live here. */
  public boolean isLive(String sessionId) {
    return live.containsKey(sessionId);
  }

  /** Whether somebody is answered in one of them. */
  public boolean answering() {
    return live.values().stream().anyMatch(Session::isAnswering);
  }

  /** The live session a turn belongs to, when it is live. */
  public Optional<Session> ifLive(String sessionId) {
    return Optional.ofNullable(live.get(sessionId));
  }

  /** As kept. */
  public SessionRecord record(Owner owner, String sessionId) {
    return parts
        .sessions()
        .find(owner, sessionId)
        .orElseThrow(() -> Failure.notFound("session", sessionId));
  }

  /** Removes a session with its turns, media and memories; ends it first when it is live. */
  public void delete(Owner owner, String sessionId) {
    record(owner, sessionId);
    ifLive(sessionId).ifPresent(s -> s.post(() -> s.end(Event.EndCause.CLIENT)));
    parts.sessions().delete(owner, sessionId);
    parts.media().ifPresent(m -> m.deleteAll("sessions/" + sessionId + "/"));
    parts.journal().ifPresent(j -> j.delete(sessionId));
    parts.recollection().ifPresent(r -> r.forgetSession(owner, sessionId, Duration.ofSeconds(5)));
  }

  /**
   * Takes no more sessions and lets go of those that are live: turns are spoken to their end or cut
   * at the deadline, and all is written. Blocks until then, a little longer than the deadline at
   * most.
   */
  public void drain(Duration deadline) {
    draining = true;
    CompletableFuture<?>[] all =
        live.values().stream().map(s -> s.shutDown(deadline)).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(all).get(deadline.plus(WRITING).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.WARNING, "some sessions were not written in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void mustBeOpen() {
    if (draining) {
      throw Failure.unavailable("the server is going away", Duration.ofSeconds(2));
    }
  }

  /** The character. */
  public Character character(Owner owner, String characterId) {
    return cast.find(owner, characterId)
        .orElseThrow(() -> Failure.notFound("character", characterId));
  }

  private Session takeUp(SessionRecord kept) {
    long last = parts.journal().map(j -> j.lastSeq(kept.id())).orElse(0L);
    List<LoggedEvent> events = parts.journal().map(j -> j.after(kept.id(), 0)).orElse(List.of());
    Recovery.of(events)
        .flatMap(cut -> parts.turns().find(kept.owner(), cut.turnId()).map(cut::ended))
        .ifPresent(parts.turns()::save);
    List<Exchange> earlier =
        parts.turns().last(kept.owner(), kept.id(), 100).stream()
            .map(t -> new Exchange(t.inputText(), t.replyText()))
            .toList();
    return run(kept, earlier, events, last);
  }

  private Session run(
      SessionRecord kept, List<Exchange> earlier, List<LoggedEvent> events, long lastSeq) {
    Character[] last = {character(kept.owner(), kept.characterId())};
    Supplier<Character> current =
        () -> {
          try {
            last[0] = cast.find(kept.owner(), kept.characterId()).orElse(last[0]);
          } catch (Failure storeDown) {
            return last[0];
          }
          return last[0];
        };
    boolean[] made = {false};
    Session session =
        live.compute(
            kept.id(),
            (id, there) -> {
              made[0] = there == null || there.isClosed();
              return made[0] ? new Session(kept, current, parts, earlier, lastSeq) : there;
            });
    if (made[0]) {
      session.restore(events);
      session.start(() -> live.remove(kept.id(), session));
    }
    return session;
  }

  private static String token() {
    byte[] bytes = new byte[24];
    new java.security.SecureRandom().nextBytes(bytes);
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
