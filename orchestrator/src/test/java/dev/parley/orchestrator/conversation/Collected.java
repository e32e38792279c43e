package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An outlet that keeps what it is given; can be told to be full. */
final class Collected implements Outlet {
  final List<LoggedEvent> events = new ArrayList<>();
  Optional<Failure> failure = Optional.empty();
  boolean closed;
  boolean full;

  @Override
  public boolean offer(LoggedEvent event) {
    return !full && events.add(event);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void fail(Failure why) {
    failure = Optional.of(why);
  }

  <T extends Event> List<T> of(Class<T> type) {
    return events.stream()
        .map(LoggedEvent::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Index of the first event of a kind, -1 when there is none. */
  int indexOf(Class<? extends Event> type) {
    for (int i = 0; i < events.size(); i++) {
      if (type.isInstance(events.get(i).event())) {
        return i;
      }
    }
    return -1;
  }

  List<Long> numbers() {
    return events.stream().map(LoggedEvent::seq).filter(s -> s > 0).toList();
  }

  /** Reasons of the problems seen, with the part that failed. */
  List<String> problems() {
    return of(Event.ProblemSeen.class).stream().map(p -> p.part() + " " + p.reason()).toList();
  }

  /** Length of the audio received, in microseconds. */
  long audioUs() {
    return of(Event.AudioDelta.class).stream().mapToLong(Event.AudioDelta::durationUs).sum();
  }
}
