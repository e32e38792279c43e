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

/** The live sessions of this process; takes up kept ones when they are asked for. Thread-safe. */
public final class Sessions {
  private static final Duration WRITING = Duration.ofSeconds(5);
  private static final Duration ENDING = Duration.ofSeconds(10);
  private final ConcurrentHashMap<String, Session> live = new ConcurrentHashMap<>();
  private final Cast cast;
  private final Parts parts;
  private final Housing housing;
  private volatile boolean draining;

  /** Sessions made of those parts. */
  public Sessions(Cast cast, Parts parts) {
    this.cast = cast;
    this.parts = parts;
    this.housing = new Housing(live, cast, parts);
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
    Session session = housing.fresh(kept);
    session.opened(greet);
    return session;
  }

  /**
   * A session, live or taken up from what was kept.
   *
   * @throws Failure SESSION_NOT_FOUND, SESSION_ENDED, SESSION_ELSEWHERE
   */
  public Session find(Owner owner, String sessionId) {
    Optional<Session> here = here(owner, sessionId);
    if (here.isPresent() && !(draining && parts.leases().isPresent())) {
      return here.get();
    }
    // Whoever comes while this process goes away goes on elsewhere, without waiting for the end.
    here.ifPresent(Session::handOverNow);
    mustBeOpen();
    return housing.takeUp(findable(owner, sessionId), Optional.empty());
  }

  /** The same, taken from an owner that was asked for it and did not answer. */
  public Session seize(Owner owner, String sessionId, Leases.Claim.Elsewhere from) {
    mustBeOpen();
    return housing.takeUp(findable(owner, sessionId), Optional.of(from));
  }

  /** Goes on with a session whose owner died or let go of it; nothing where it has ended. */
  void adopt(String place) {
    if (!draining) {
      housing.adopt(place);
    }
  }

  private Optional<Session> here(Owner owner, String sessionId) {
    Optional<Session> session =
        Optional.ofNullable(live.get(sessionId)).filter(it -> !it.isClosed());
    if (session.isPresent() && !session.get().record().owner().equals(owner)) {
      throw Failure.notFound("session", sessionId);
    }
    return session;
  }

  private SessionRecord findable(Owner owner, String sessionId) {
    SessionRecord kept = housing.kept(owner, sessionId);
    if (kept.ended()) {
      throw Session.ended();
    }
    return kept;
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

  /**
   * Removes a session with its turns, media and memories; ends it first when it is live, and waits
   * until all is written, so that nothing comes back.
   *
   * @throws Failure SESSION_NOT_FOUND, UNAVAILABLE when it does not end
   */
  public void delete(Owner owner, String sessionId) {
    record(owner, sessionId);
    endHere(sessionId);
    parts.sessions().delete(owner, sessionId);
    endHere(sessionId); // Who came back before it was gone had it live again.
    parts.media().ifPresent(m -> m.deleteAll(SessionRecord.media(owner, sessionId)));
    parts.journal().ifPresent(j -> j.delete(SessionRecord.place(owner, sessionId)));
    parts.recollection().ifPresent(r -> r.forgetSession(owner, sessionId, Duration.ofSeconds(5)));
  }

  private void endHere(String sessionId) {
    Optional<Session> here = ifLive(sessionId);
    here.ifPresent(s -> s.post(() -> s.end(Event.EndCause.CLIENT)));
    letGo(here.stream().toList());
  }

  /**
   * Ends live sessions: what is spoken is cut. Returns when all is written.
   *
   * @throws Failure UNAVAILABLE when one does not end in time
   */
  public static void letGo(List<Session> sessions) {
    CompletableFuture<?>[] ending =
        sessions.stream()
            .map(session -> session.shutDown(Duration.ZERO))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ending).get(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      throw Failure.unavailable("a live session does not end", ENDING).causedBy(late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("the server is going away", ENDING).causedBy(e);
    }
  }

  /**
   * Takes no more sessions and lets go of those that are live: turns are spoken to their end, and
   * what still runs at the deadline goes on in another process, or is cut where there can be none.
   * Blocks until all is written, a little longer than the deadline at most.
   */
  public void drain(Duration deadline) {
    draining = true;
    CompletableFuture<?>[] all =
        live.values().stream().map(s -> s.handOver(deadline)).toArray(CompletableFuture[]::new);
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

  private static String token() {
    byte[] bytes = new byte[24];
    new java.security.SecureRandom().nextBytes(bytes);
    return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
