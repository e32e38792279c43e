package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Films of turns, made from the voice and the mouth that they left. Whoever asks for a film that is
 * being made waits for that one. Thread-safe; blocks.
 */
final class TurnFilms {
  private static final int CHUNK = 64 << 10;
  private static final int LONGEST_SECONDS = 300;
  private final Sessions sessions;
  private final ConcurrentHashMap<String, CompletableFuture<Void>> making =
      new ConcurrentHashMap<>();

  TurnFilms(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Makes the film of a turn and puts it into the store under {@code key}.
   *
   * @throws Failure RENDER_FAILED, STORE_FAILED, SESSION_NOT_FOUND
   */
  void make(TurnRecord turn, MediaStore store, String voiceKey, String mouthKey, String key) {
    var mine = new CompletableFuture<Void>();
    var first = making.putIfAbsent(key, mine);
    if (first != null) {
      waitFor(first);
      return;
    }
    try {
      byte[] mouth = bytes(store, mouthKey);
      var spoken = KeptSpeech.of(bytes(store, voiceKey), text(mouth), turn.words());
      store.put(key, film(turn, spoken), "video/mp4");
      mustStillBeThere(turn, store);
      mine.complete(null);
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      making.remove(key);
    }
  }

  /** What was made of a session that was deleted meanwhile is deleted, too. */
  private void mustStillBeThere(TurnRecord turn, MediaStore store) {
    try {
      sessions.record(turn.owner(), turn.sessionId());
    } catch (Failure gone) {
      if (gone.code() == Failure.Code.NOT_FOUND) {
        store.deleteAll(SessionRecord.media(turn.owner(), turn.sessionId()));
        throw gone;
      }
    }
  }

  private byte[] film(TurnRecord turn, KeptSpeech spoken) {
    Animator animator =
        sessions.parts().animator().orElseThrow(() -> failed("no renderer is attached"));
    SessionRecord record = sessions.record(turn.owner(), turn.sessionId());
    var formats = SessionFormats.decoded(record.settings()).withOutputRateHz(spoken.rateHz());
    var character = sessions.character(turn.owner(), turn.characterId());
    long seed = turn.receipt().map(Receipt::seed).orElse(0L);
    var reel = new Reel();
    Animator.Animation animation =
        animator.animate(formats.animation(character, seed, false, true, Pose.REST), reel);
    spoken.feed(animation, CHUNK);
    try {
      return waitFor(reel.done);
    } catch (Failure e) {
      animation.cancel();
      throw e;
    }
  }

  private static <T> T waitFor(CompletableFuture<T> film) {
    try {
      return film.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw failed("the video took too long").causedBy(late);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure gone && gone.code() == Failure.Code.NOT_FOUND) {
        throw gone;
      }
      throw failed(String.valueOf(e.getCause().getMessage())).causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(MediaStore store, String key) {
    try (InputStream in = store.read(key, 0, 0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure failed(String message) {
    return Failure.of(Failure.Code.UNAVAILABLE, "RENDER_FAILED", message);
  }

  /** Collects fragments into one file. */
  private static final class Reel implements Animator.Sink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();

    @Override
    public void shape(List<String> blendshapes, int frameRateHz) {}

    @Override
    public void frames(float[] weights, float[] head, int count, long startUs) {}

    @Override
    public void fragment(byte[] data, boolean init, long startUs, long us, String mimeType) {
      bytes.writeBytes(data);
    }

    @Override
    public void done(long durationUs) {
      done.complete(bytes.toByteArray());
    }

    @Override
    public void failed(Failure failure) {
      done.completeExceptionally(failure);
    }
  }
}
