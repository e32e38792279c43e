package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records for the tests of stores, every field filled. */
final class Kept {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  static final Owner OTHER = new Owner("local", "somebody");
  static final Owner ELSEWHERE = new Owner("elsewhere", Owner.LOCAL.personId());

  private Kept() {}

  static SessionRecord session(Owner owner, String id, int second, String request) {
    Instant time = NOW.plusSeconds(second);
    return new SessionRecord(
        id, owner, "ada", "", "en-US", "token", request, "{}", time, time, 0, false);
  }

  static TurnRecord turn(Owner owner, String id, TurnState state, int second, String request) {
    return new TurnRecord(
        id,
        owner,
        "s1",
        "ada",
        state,
        "Hëllo \uD83D\uDE00",
        true,
        "Good day",
        "to you",
        List.of(new Word("Good", new Span(0, 250_000), 0, 4, 1)),
        List.of(citation(), citation().spoken(new Span(0, 250_000))),
        Duration.ofMillis(1500),
        NOW.plusSeconds(second),
        state.over() ? Optional.of(NOW.plusSeconds(second + 1)) : Optional.empty(),
        state.over() ? Optional.of(receipt()) : Optional.empty(),
        request);
  }

  static TurnRecord turn(String id, TurnState state, int second, String request) {
    return turn(Owner.LOCAL, id, state, second, request);
  }

  private static Citation citation() {
    var passage =
        new Passage("c1", "d1", "Manners \uD83D\uDE00", 7, "vii", "Say \"good day\".", 0.5f);
    return Citation.of(1, passage, "Good day");
  }

  private static Receipt receipt() {
    var thought =
        new Receipt.Stage(
            "think",
            Duration.ofMillis(3),
            Duration.ofNanos(1_234_567),
            Optional.empty(),
            "grounded");
    return new Receipt(
        List.of(thought),
        List.of(new Receipt.Memory("m", Recalled.Kind.FACT, "you like tea", 0.5f)),
        List.of(new Receipt.LeftOut("memory", "late")),
        "grounded",
        "slt",
        Optional.of(Duration.ofMillis(80)),
        Optional.empty(),
        Receipt.HeardBy.ACKNOWLEDGED,
        2,
        1,
        0,
        0,
        Long.MAX_VALUE);
  }
}
