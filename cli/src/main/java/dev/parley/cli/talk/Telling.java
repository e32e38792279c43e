package dev.parley.cli.talk;

import dev.parley.conversation.v1.PlaybackAck;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.TurnCompleted;
import dev.parley.conversation.v1.TurnState;
import dev.parley.conversation.v1.WordSpoken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells a turn as if its voice were played here: a clock follows the audio that came, words appear
 * when the clock reaches them, and how far it is goes back to the server. Safe for threads; {@link
 * #tick} is to be called some twenty times a second.
 */
final class Telling {
  private static final long ACK_US = 200_000;

  private final Screen screen;
  private final String name;
  private final Consumer<PlaybackAck> acks;
  private final LongSupplier nanos;
  private final Deque<WordSpoken> words = new ArrayDeque<>();
  private final StringBuilder told = new StringBuilder();
  private Optional<String> turn = Optional.empty();
  private boolean paused;
  private long receivedUs;
  private long playedUs;
  private long ackedUs;
  private long lastTick;
  private int turnsOver;

  /**
   * Tells on a screen.
   *
   * @param name who speaks
   * @param nanos a clock that never goes back
   */
  Telling(Screen screen, String name, Consumer<PlaybackAck> acks, LongSupplier nanos) {
    this.screen = screen;
    this.name = name;
    this.acks = acks;
    this.nanos = nanos;
    this.lastTick = nanos.getAsLong();
  }

  /** Whether the character speaks, or is about to. */
  synchronized boolean speaking() {
    return turn.isPresent();
  }

  /** How many turns are over. */
  synchronized int turnsOver() {
    return turnsOver;
  }

  /** Takes an event. */
  synchronized void take(ServerEvent event) {
    switch (event.getEventCase()) {
      case TURN_STARTED -> begin(event.getTurnId());
      case AUDIO_DELTA ->
          receivedUs = event.getMediaTimeUs() + event.getAudioDelta().getDurationUs();
      case WORD_SPOKEN -> words.add(event.getWordSpoken());
      case PAUSED -> paused = true;
      case RESUMED -> paused = false;
      case INTERRUPTED -> cut(event.getInterrupted().getAtUs());
      case TURN_COMPLETED -> end(event.getTurnCompleted());
      case TRANSCRIPT -> heard(event.getTranscript());
      case PROBLEM -> screen.line("! " + event.getProblem().getMessage());
      case GO_AWAY -> screen.line("! " + event.getGoAway().getMessage());
      default -> {}
    }
  }

  /** Moves the clock, shows what is due. */
  synchronized void tick() {
    long now = nanos.getAsLong();
    long elapsed = (now - lastTick) / 1000;
    lastTick = now;
    if (turn.isEmpty() || paused) {
      return;
    }
    playedUs = Math.min(playedUs + elapsed, receivedUs);
    show(playedUs);
    if (playedUs - ackedUs >= ACK_US) {
      ackedUs = playedUs;
      acks.accept(PlaybackAck.newBuilder().setTurnId(turn.get()).setPlayedUs(playedUs).build());
    }
  }

  private void begin(String id) {
    turn = Optional.of(id);
    words.clear();
    told.setLength(0);
    paused = false;
    receivedUs = 0;
    playedUs = 0;
    ackedUs = 0;
    lastTick = nanos.getAsLong();
  }

  private void show(long untilUs) {
    boolean more = false;
    while (!words.isEmpty() && words.getFirst().getSpan().getStartUs() <= untilUs) {
      told.append(told.isEmpty() ? "" : " ").append(words.remove().getWord());
      more = true;
    }
    if (more) {
      screen.speaking(name + ": " + told);
    }
  }

  private void cut(long atUs) {
    words.removeIf(word -> word.getSpan().getEndUs() > atUs);
    show(Long.MAX_VALUE);
    told.append(" --");
    words.clear();
  }

  private void end(TurnCompleted over) {
    if (over.getState() == TurnState.TURN_STATE_COMPLETED) {
      show(Long.MAX_VALUE);
    }
    if (told.isEmpty()) {
      told.append(over.getReplyText()); // No voice: the whole text at once.
    }
    screen.line(name + ": " + told);
    turn = Optional.empty();
    turnsOver++;
  }

  private void heard(dev.parley.conversation.v1.Transcript transcript) {
    if (!transcript.getFinal()) {
      screen.hearing("you: " + transcript.getText());
    } else if (transcript.getText().isBlank()) {
      screen.line("(nothing was understood)");
    } else {
      screen.line("you: " + transcript.getText());
    }
  }
}
