package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Call;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.orchestrator.conversation.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Synthesis stubbed as the peers have it: 50 ms after a phrase, one second of it at 24 kHz in 50
 * chunks of 20 ms in one burst. Its words are spread evenly over the second.
 */
public final class BurstSpeaker implements Speaker {
  private static final int TTS_MS = 50;
  private static final int CHUNKS = 50;
  private static final int CHUNK_BYTES = 960;
  private static final long CHUNK_US = 20_000;
  private final ScheduledExecutorService timer;

  /** Speech comes on a thread of that timer. */
  public BurstSpeaker(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  @Override
  public Call speak(Request request, Sink sink) {
    var due = timer.schedule(() -> burst(request.text(), sink), TTS_MS, TimeUnit.MILLISECONDS);
    return () -> due.cancel(false);
  }

  private void burst(String text, Sink sink) {
    long us = CHUNKS * CHUNK_US;
    sink.phrase(words(text, us), List.of(), new Span(0, us));
    for (int i = 0; i < CHUNKS; i++) {
      byte[] pcm = new byte[CHUNK_BYTES];
      java.util.Arrays.fill(pcm, (byte) i);
      sink.audio(pcm, i * CHUNK_US, CHUNK_US);
    }
    sink.done(us, "stub");
  }

  private static List<Word> words(String text, long us) {
    String[] parts = text.strip().split(" ");
    List<Word> words = new ArrayList<>(parts.length);
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      int start = text.indexOf(parts[i], at);
      at = start + parts[i].length();
      var span = new Span(us * i / parts.length, us * (i + 1) / parts.length);
      words.add(new Word(parts[i], span, start, at, 1));
    }
    return words;
  }
}
