package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What turns left to be played later: voice, captions, and video made on first demand. */
public final class TurnMedia {
  private static final int WAV_HEADER = 44;
  private static final int CHUNK = 64 << 10;
  private final Sessions sessions;

  /** Media of the turns of those sessions. */
  public TurnMedia(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Key of the voice. Fails with MEDIA_NOT_READY. */
  public String audio(TurnRecord turn) {
    return present(TurnArchive.key(turn.sessionId(), turn.id(), "audio.wav"));
  }

  /** Captions as WebVTT, one cue a word that was heard. */
  public byte[] captions(TurnRecord turn) {
    StringBuilder vtt = new StringBuilder("WEBVTT\n");
    long end = turn.mediaDuration().toNanos() / 1000;
    for (Word w : turn.words()) {
      if (w.span().startUs() < end) {
        vtt.append('\n').append(stamp(w.span().startUs())).append(" --> ");
        vtt.append(stamp(Math.min(end, w.span().endUs()))).append('\n');
        vtt.append(w.text().replace("&", "&amp;").replace("<", "&lt;")).append('\n');
      }
    }
    return vtt.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String stamp(long us) {
    long ms = us / 1000;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        ms % 1000);
  }

  /** Key of the video, which is made now when it is not there. Fails with RENDER_FAILED. */
  public String video(TurnRecord turn) {
    String key = TurnArchive.key(turn.sessionId(), turn.id(), "video.mp4");
    if (store().stat(key).isEmpty()) {
      store().put(key, render(turn), "video/mp4");
    }
    return key;
  }

  private byte[] render(TurnRecord turn) {
    byte[] wav = bytes(audio(turn));
    String mouthKey = present(TurnArchive.key(turn.sessionId(), turn.id(), "mouth.txt"));
    List<Viseme> mouth = mouth(new String(bytes(mouthKey), StandardCharsets.UTF_8));
    Animator animator =
        sessions.parts().animator().orElseThrow(() -> failed("no renderer is attached"));
    SessionRecord record = sessions.record(turn.owner(), turn.sessionId());
    SessionFormats formats = SessionFormats.decoded(record.settings());
    var character = sessions.character(turn.owner(), turn.characterId());
    long seed = turn.receipt().map(Receipt::seed).orElse(0L);
    var film = new Film();
    Animator.Animation animation =
        animator.animate(formats.animation(character, seed, false, true, Pose.REST), film);
    feed(animation, wav, mouth, turn.words(), formats.outputRateHz());
    try {
      return film.done.get(300, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      animation.cancel();
      throw failed("the video took too long").causedBy(late);
    } catch (ExecutionException e) {
      animation.cancel();
      throw failed(String.valueOf(e.getCause().getMessage())).causedBy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      animation.cancel();
      throw failed("interrupted");
    }
  }

  private static void feed(
      Animator.Animation to, byte[] wav, List<Viseme> mouth, List<Word> words, int rateHz) {
    List<Viseme> visemes = mouth;
    List<Word> spoken = words;
    for (int at = WAV_HEADER; at < wav.length; at += CHUNK) {
      int end = Math.min(wav.length, at + CHUNK);
      long coveredUs = (end - WAV_HEADER) * 500_000L / rateHz;
      to.speech(visemes, spoken, java.util.Arrays.copyOfRange(wav, at, end), coveredUs);
      visemes = List.of();
      spoken = List.of();
    }
    to.end();
  }

  private static List<Viseme> mouth(String text) {
    List<Viseme> visemes = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] f = line.split(" ");
      visemes.add(new Viseme(f[0], new Span(Long.parseLong(f[1]), Long.parseLong(f[2])), ""));
    }
    return visemes;
  }

  private MediaStore store() {
    return sessions.parts().media().orElseThrow(() -> notReady("no media store is attached"));
  }

  private String present(String key) {
    return store().stat(key).map(i -> key).orElseThrow(() -> notReady("the turn has no voice"));
  }

  private byte[] bytes(String key) {
    try (InputStream in = store().read(key, 0, 0)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Failure notReady(String message) {
    return Failure.of(Failure.Code.FAILED_PRECONDITION, "MEDIA_NOT_READY", message);
  }

  private static Failure failed(String message) {
    return Failure.of(Failure.Code.UNAVAILABLE, "RENDER_FAILED", message);
  }

  /** Collects fragments into one file. */
  private static final class Film implements Animator.Sink {
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
