package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How a session comes to live in this process: it is claimed first, then made of what the log and
 * the database have of it. Thread-safe; blocks.
 */
final class Housing {
  private static final int REMEMBERED = 100;
  private static final int DOORS = 64;
  private final ConcurrentHashMap<String, Session> live;
  private final Cast cast;
  private final Parts parts;
  private final Object[] doors = new Object[DOORS];

  /** {@code live} are the sessions of this process. */
  Housing(ConcurrentHashMap<String, Session> live, Cast cast, Parts parts) {
    this.live = live;
    this.cast = cast;
    this.parts = parts;
    java.util.Arrays.setAll(doors, _ -> new Object());
  }

  /** A new one; a store of leases that is away is asked again with the first event. */
  Session fresh(SessionRecord record) {
    synchronized (door(record.id())) {
      return run(record, List.of(), List.of(), Optional.empty(), 0, tokenIfThere(record.place()));
    }
  }

  private long tokenIfThere(String place) {
    try {
      return claim(place, Optional.empty());
    } catch (Failure down) {
      return 0;
    }
  }

  /**
   * One that was kept, unless it lives here by now.
   *
   * @param from the owner that did not answer; empty to ask whose it is
   * @throws Failure SESSION_ELSEWHERE
   */
  Session takeUp(SessionRecord record, Optional<Leases.Claim.Elsewhere> from) {
    synchronized (door(record.id())) {
      Session there = live.get(record.id());
      if (there != null && !there.isClosed()) {
        return there;
      }
      return made(record, claim(record.place(), from));
    }
  }

  /** One whose owner died or let go of it; goes on by itself. Nothing where it has ended. */
  void adopt(String place) {
    try {
      parts
          .journal()
          .flatMap(it -> it.state(place))
          .map(SessionState::record)
          .filter(it -> !live.containsKey(it.id()))
          .map(it -> kept(it.owner(), it.id()))
          .filter(it -> !it.ended())
          .ifPresent(it -> takeUp(it, Optional.empty()).goOn());
    } catch (Failure faster) {
      System.getLogger("parley.session")
          .log(System.Logger.Level.DEBUG, "session " + place + " is not adopted", faster);
    }
  }

  /** As the database has it, or, where that is away, as the log has it. */
  SessionRecord kept(Owner owner, String sessionId) {
    try {
      return parts
          .sessions()
          .find(owner, sessionId)
          .orElseThrow(() -> Failure.notFound("session", sessionId));
    } catch (Failure failure) {
      if (!failure.reason().equals("STORE_FAILED")) {
        throw failure;
      }
      return parts
          .journal()
          .flatMap(it -> it.state(SessionRecord.place(owner, sessionId)))
          .map(SessionState::record)
          .filter(it -> it.owner().equals(owner))
          .orElseThrow(() -> failure);
    }
  }

  private long claim(String place, Optional<Leases.Claim.Elsewhere> from) {
    if (parts.leases().isEmpty()) {
      return 0;
    }
    Leases leases = parts.leases().get();
    Leases.Claim claim =
        from.map(it -> leases.seize(place, it)).orElseGet(() -> leases.claim(place));
    return switch (claim) {
      case Leases.Claim.Held held -> held.token();
      case Leases.Claim.Elsewhere other -> throw Tenure.elsewhere(other);
    };
  }

  private Session made(SessionRecord record, long token) {
    Optional<Journal> journal = parts.journal();
    long last = journal.map(j -> j.lastSeq(record.place())).orElse(0L);
    List<LoggedEvent> events = journal.map(j -> j.after(record.place(), 0)).orElse(List.of());
    Optional<SessionState> state = journal.flatMap(j -> j.state(record.place()));
    try {
      Begun.of(events, state).ifPresent(begun -> keepCut(record.owner(), begun));
      return run(record, earlier(record), events, state, last, token);
    } catch (Failure down) {
      return run(record, List.of(), events, state, last, token);
    }
  }

  private void keepCut(Owner owner, Begun begun) {
    if (begun.cut().isPresent()) {
      parts
          .turns()
          .find(owner, begun.turnId())
          .map(it -> begun.ended(it, begun.cut().get()))
          .ifPresent(parts.turns()::save);
    }
  }

  private List<Exchange> earlier(SessionRecord record) {
    return parts.turns().last(record.owner(), record.id(), REMEMBERED).stream()
        .map(t -> new Exchange(t.inputText(), t.replyText()))
        .toList();
  }

  private Session run(
      SessionRecord record,
      List<Exchange> earlier,
      List<LoggedEvent> events,
      Optional<SessionState> state,
      long lastSeq,
      long token) {
    var session = new Session(record, current(record), parts, earlier, lastSeq, token);
    live.put(record.id(), session);
    if (lastSeq > 0) {
      session.restore(events, state);
    }
    session.start(() -> live.remove(record.id(), session));
    return session;
  }

  /** The character as it is now; as it was, while its store is away. */
  private Supplier<Character> current(SessionRecord record) {
    Character[] last = {
      cast.find(record.owner(), record.characterId())
          .orElseThrow(() -> Failure.notFound("character", record.characterId()))
    };
    return () -> {
      try {
        last[0] = cast.find(record.owner(), record.characterId()).orElse(last[0]);
      } catch (Failure storeDown) {
        return last[0];
      }
      return last[0];
    };
  }

  private Object door(String sessionId) {
    return doors[Math.floorMod(sessionId.hashCode(), DOORS)];
  }
}
