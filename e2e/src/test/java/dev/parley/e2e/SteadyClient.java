package dev.parley.e2e;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.WordSpoken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens to one greeting over gRPC, comes back with its last number whenever the connection ends,
 * and notes what it heard and how long its loudspeaker was silent meanwhile.
 */
final class SteadyClient {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final int port;
  private final SessionStart start;
  private final AtomicBoolean speaking = new AtomicBoolean();
  private final List<ServerEvent> events = new ArrayList<>();
  private Optional<RuntimeException> lastCut = Optional.empty();
  private Optional<SessionStarted> session = Optional.empty();
  private long lastSeq;
  private int cuts;
  private long dueNanos;
  private long longestSilenceNanos;

  SteadyClient(int port, SessionStart start) {
    this.port = port;
    this.start = start;
  }

  /** Whether its character says something already. */
  boolean isSpeaking() {
    return speaking.get();
  }

  /** Up to the end of the turn. */
  SteadyClient listen() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isOver()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("after " + PATIENCE + ": " + words(), lastCut.orElse(null));
      }
      long before = lastSeq;
      try (Carrier.Talk talk = open()) {
        read(talk);
      } catch (RuntimeException cut) {
        lastCut = Optional.of(cut);
      }
      if (!isOver()) {
        cuts += lastSeq > before ? 1 : 0;
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    return this;
  }

  /** The same where nobody interrupts. */
  SteadyClient heard() {
    try {
      return listen();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Carrier.Talk open() {
    if (session.isEmpty()) {
      return Carrier.GRPC.open(port, start);
    }
    return Carrier.GRPC.resume(port, session.get(), start, lastSeq);
  }

  private void read(Carrier.Talk talk) {
    for (var it = talk.next(SILENCE); it.isPresent(); it = talk.next(SILENCE)) {
      take(it.get());
      if (isOver()) {
        return;
      }
    }
  }

  private void take(ServerEvent event) {
    if (event.hasSessionStarted()) {
      session = session.or(() -> Optional.of(event.getSessionStarted()));
    }
    if (event.getSeq() > 0) {
      lastSeq = event.getSeq();
    }
    if (event.hasAudioDelta()) {
      play(event.getAudioDelta().getDurationUs());
    }
    if (!event.hasHeartbeat()) {
      events.add(event);
    }
  }

  /** As a loudspeaker that starts with the first sound and waits when it has none. */
  private void play(long durationUs) {
    long now = System.nanoTime();
    if (speaking.getAndSet(true) && now > dueNanos) {
      longestSilenceNanos = Math.max(longestSilenceNanos, now - dueNanos);
    }
    dueNanos = Math.max(dueNanos, now) + durationUs * 1_000;
  }

  private boolean isOver() {
    return !events.isEmpty() && events.getLast().hasTurnCompleted();
  }

  /** All that was written. */
  String text() {
    return events.stream()
        .filter(ServerEvent::hasTextDelta)
        .map(it -> it.getTextDelta().getText())
        .reduce("", String::concat);
  }

  /** All that was said, in its order. */
  List<String> words() {
    return events.stream()
        .filter(ServerEvent::hasWordSpoken)
        .map(ServerEvent::getWordSpoken)
        .map(WordSpoken::getWord)
        .toList();
  }

  /** Where the voice jumps: ends and beginnings on the turn's clock that differ by over a frame. */
  List<String> seams() {
    List<String> seams = new ArrayList<>();
    long end = 0;
    for (ServerEvent event : events.stream().filter(ServerEvent::hasAudioDelta).toList()) {
      if (Math.abs(event.getMediaTimeUs() - end) > 1_000) {
        seams.add(end + " -> " + event.getMediaTimeUs());
      }
      end = event.getMediaTimeUs() + event.getAudioDelta().getDurationUs();
    }
    return seams;
  }

  /** What it was told of. */
  List<String> problems() {
    return events.stream()
        .filter(ServerEvent::hasProblem)
        .map(it -> it.getProblem().getReason().name())
        .distinct()
        .toList();
  }

  /** Of which turn. */
  String turnId() {
    return events.getLast().getTurnId();
  }

  /** How long all of its voice is. */
  double voiceSeconds() {
    return events.stream()
            .filter(ServerEvent::hasAudioDelta)
            .mapToLong(it -> it.getAudioDelta().getDurationUs())
            .sum()
        / 1e6;
  }

  /** How often its connection ended under it. */
  int cuts() {
    return cuts;
  }

  /** The longest time without sound in the middle of the voice. */
  Duration longestSilence() {
    return Duration.ofNanos(longestSilenceNanos);
  }
}
