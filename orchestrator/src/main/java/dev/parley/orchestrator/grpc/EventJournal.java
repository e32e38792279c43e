package dev.parley.orchestrator.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.parley.conversation.v1.KeptSession;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.Journal;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.SessionState;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keeps events in the shared log in the form of the contract. Thread-safe; blocks. */
public final class EventJournal implements Journal {
  private static final int BATCH = 500;
  private final EventLog log;

  /** Over that log. */
  public EventJournal(EventLog log) {
    this.log = log;
  }

  @Override
  public CompletableFuture<Void> append(
      String place,
      long token,
      List<LoggedEvent> events,
      Optional<SessionState> state,
      boolean urgent) {
    List<StoredEvent> stored = new ArrayList<>(events.size());
    for (LoggedEvent e : events) {
      boolean media = e.event().mediaBytes() > 0;
      stored.add(new StoredEvent(e.seq(), media, Events.of(e).toByteArray()));
    }
    Optional<byte[]> kept = state.map(it -> KeptState.message(it).toByteArray());
    return log.append(place, token, stored, kept, urgent);
  }

  @Override
  public Optional<SessionState> state(String place) {
    return log.state(place).flatMap(EventJournal::state);
  }

  private static Optional<SessionState> state(byte[] stored) {
    try {
      return Optional.of(KeptState.state(KeptSession.parseFrom(stored)));
    } catch (InvalidProtocolBufferException damaged) {
      System.getLogger("parley.journal")
          .log(System.Logger.Level.WARNING, "the state of a session cannot be read back");
      return Optional.empty();
    }
  }

  @Override
  public List<LoggedEvent> after(String place, long seq) {
    List<LoggedEvent> events = new ArrayList<>();
    long after = seq;
    List<StoredEvent> batch = log.readAfter(place, after, BATCH);
    while (!batch.isEmpty()) {
      for (StoredEvent stored : batch) {
        decode(stored, events);
      }
      after = batch.getLast().seq();
      batch = log.readAfter(place, after, BATCH);
    }
    return events;
  }

  private static void decode(StoredEvent stored, List<LoggedEvent> to) {
    try {
      var e = dev.parley.conversation.v1.ServerEvent.parseFrom(stored.bytes());
      long us = e.hasMediaTimeUs() ? e.getMediaTimeUs() : -1;
      KeptEvents.of(e).ifPresent(k -> to.add(new LoggedEvent(e.getSeq(), e.getTurnId(), us, 0, k)));
    } catch (InvalidProtocolBufferException damaged) {
      System.getLogger("parley.journal")
          .log(System.Logger.Level.WARNING, "event " + stored.seq() + " cannot be read back");
    }
  }

  @Override
  public long lastSeq(String place) {
    return log.lastSeq(place);
  }

  @Override
  public void delete(String place) {
    log.delete(place);
  }
}
