package dev.parley.cli.talk;

import dev.parley.cli.server.Exit;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import java.time.Duration;
import java.util.Optional;

/** Shows what comes, on threads of its own, until the conversation is over. */
final class Answers implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(40);
  private static final Duration GREETING = Duration.ofSeconds(3);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final Conversation with;
  private final Screen screen;
  private final Telling telling;
  private final Thread receiving;
  private final Thread clock;
  private volatile Optional<Exception> failure = Optional.empty();
  private volatile long lastEvent = System.nanoTime();

  Answers(Conversation with, Screen screen, String name) {
    this.with = with;
    this.screen = screen;
    this.telling =
        new Telling(
            screen,
            name,
            ack -> with.sendNow(ClientEvent.newBuilder().setPlaybackAck(ack)),
            System::nanoTime);
    this.receiving = Thread.ofVirtual().start(this::receive);
    this.clock = Thread.ofVirtual().start(this::tick);
  }

  /** Whether the character speaks now. */
  boolean speaking() {
    return telling.speaking();
  }

  /** Whether nothing more will come. */
  boolean over() {
    return !receiving.isAlive();
  }

  /** How many turns are over. */
  int turnsOver() {
    return telling.turnsOver();
  }

  /** How the command ends. */
  int exitCode() {
    return failure.isPresent() ? Exit.FAILED : Exit.DONE;
  }

  /** From a pipe: lets the greeting be said. */
  void awaitGreeting() {
    await(0, GREETING);
  }

  /** From a pipe: waits until one turn more is over, or nothing comes for long. */
  void await(int before) {
    await(before, SILENCE);
  }

  private void await(int before, Duration silence) {
    lastEvent = System.nanoTime();
    while (!screen.attended()
        && !over()
        && (telling.speaking() || telling.turnsOver() == before)
        && System.nanoTime() - lastEvent < silence.toNanos()
        && nap()) {}
  }

  private void receive() {
    try {
      for (Optional<ServerEvent> e = with.receive(); e.isPresent(); e = with.receive()) {
        lastEvent = System.nanoTime();
        telling.take(e.get());
        if (e.get().hasSessionEnded()) {
          screen.line("(the conversation is over; Enter leaves)");
          return;
        }
      }
    } catch (RuntimeException e) {
      failure = Optional.of(e);
      screen.line("! " + Exit.explain(e));
    }
  }

  private void tick() {
    while (nap()) {
      telling.tick();
    }
  }

  private static boolean nap() {
    try {
      Thread.sleep(TICK);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public void close() {
    clock.interrupt();
  }
}
