package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes what clients send, each event once, and gives it to the part it concerns. The session's
 * thread owns it.
 */
final class Intake {
  private static final int MOST_CLIENTS = 256;
  private final Session session;
  private final TurnTaking turns;
  private final Audience audience;
  private final Ledger ledger;
  private final Map<String, Long> taken =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  Intake(Session session, TurnTaking turns, Audience audience, Ledger ledger) {
    this.session = session;
    this.turns = turns;
    this.audience = audience;
    this.ledger = ledger;
  }

  /** What another process took. */
  void goOn(Map<String, Long> before) {
    before.forEach((client, seq) -> taken.merge(client, seq, Math::max));
  }

  /** Highest number taken from each client. */
  Map<String, Long> taken() {
    return Map.copyOf(taken);
  }

  /** Highest number taken from a client. */
  long takenFrom(String clientId) {
    return taken.getOrDefault(clientId, 0L);
  }

  /** Takes events of a client that is not attached by this call; the highest number taken. */
  long takeAll(String clientId, List<Input> inputs) {
    Optional<Attachment> holder = audience.speaker();
    boolean speaks = holder.map(a -> a.clientId.equals(clientId)).orElse(true);
    inputs.forEach(i -> take(clientId, speaks, i));
    return takenFrom(clientId);
  }

  void take(String clientId, boolean speaker, Input input) {
    if (session.isEnded() || repeated(clientId, input.clientSeq())) {
      return;
    }
    boolean audio = input.act() instanceof Input.Act.Audio;
    ledger.noted(!audio && !(input.act() instanceof Input.Act.Played));
    try {
      act(clientId, speaker, input);
    } catch (Failure refused) {
      audience.tell(clientId, Problem.of(refused, Problem.INPUT, input.clientSeq()));
    }
  }

  private void act(String clientId, boolean speaker, Input input) {
    switch (input.act()) {
      case Input.Act.Audio audio when speaker -> turns.audio(audio.data());
      case Input.Act.EndOfInput e when speaker -> turns.endUtterance();
      case Input.Act.Played p when speaker -> turns.played(p.turnId(), p.playedUs());
      case Input.Act.Text text -> turns.typed(text.text());
      case Input.Act.Interrupt i -> turns.button(i.turnId(), i.heardUs());
      case Input.Act.Ping p ->
          audience.tell(clientId, new Event.Heartbeat(ledger.sendable(), takenFrom(clientId)));
      case Input.Act.End e -> session.end(Event.EndCause.CLIENT);
      case Input.Act.Unusable u ->
          session.emit("", -1, Problem.of(u.failure(), Problem.INPUT, input.clientSeq()));
      default -> audience.tell(clientId, notTheSpeaker(input.clientSeq()));
    }
  }

  private boolean repeated(String clientId, long clientSeq) {
    boolean repeated = clientSeq > 0 && clientSeq <= takenFrom(clientId);
    if (clientSeq > 0 && !repeated) {
      taken.put(clientId, clientSeq);
    }
    return repeated;
  }

  private static Event notTheSpeaker(long clientSeq) {
    return new Event.ProblemSeen(
        "SPEAKER_TAKEN", "only the speaker's microphone and acks count", clientSeq, Problem.INPUT);
  }
}
