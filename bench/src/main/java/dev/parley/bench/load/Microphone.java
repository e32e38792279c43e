package dev.parley.bench.load;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Says a question in real time, then is silent until it is closed. It knows when each of its chunks
 * was sent, so that a place on the clock of its audio has a time.
 */
public final class Microphone implements AutoCloseable {
  private static final long CHUNK_US = 20_000;
  private final ConcurrentLinkedQueue<Long> sent = new ConcurrentLinkedQueue<>();
  private final Thread thread;

  /** Begins to speak. */
  public Microphone(Dialogue dialogue, Question question) {
    thread = Thread.ofVirtual().start(() -> speak(dialogue, question.pcm()));
  }

  /** When the chunk was sent that ends at or holds this place of the audio, in nanoseconds. */
  public long sentNanos(long audioUs) {
    return sent.stream().skip(Math.max(0, (audioUs - 1) / CHUNK_US)).findFirst().orElseThrow();
  }

  private void speak(Dialogue dialogue, byte[] pcm) {
    byte[] silence = new byte[Question.CHUNK_BYTES];
    long due = System.nanoTime();
    try {
      for (int at = 0; ; at += Question.CHUNK_BYTES) {
        due += TimeUnit.MICROSECONDS.toNanos(CHUNK_US);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        boolean words = at + Question.CHUNK_BYTES <= pcm.length;
        sent.add(dialogue.speak(words ? pcm : silence, words ? at : 0, Question.CHUNK_BYTES));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
