package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What turns left to be played later: voice, captions, and video made on first demand. */
public final class TurnMedia {
  private final Sessions sessions;
  private final TurnFilms films;

  /** Media of the turns of those sessions. */
  public TurnMedia(Sessions sessions) {
    this.sessions = sessions;
    this.films = new TurnFilms(sessions);
  }

  /** Key of the voice. Fails with MEDIA_NOT_READY. */
  public String audio(TurnRecord turn) {
    return present(TurnArchive.key(turn, "audio.wav"));
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
    String key = TurnArchive.key(turn, "video.mp4");
    if (store().stat(key).isEmpty()) {
      String voice = audio(turn);
      String mouth = present(TurnArchive.key(turn, "mouth.txt"));
      films.make(turn, store(), voice, mouth, key);
    }
    return key;
  }

  private MediaStore store() {
    return sessions.parts().media().orElseThrow(() -> notReady("no media store is attached"));
  }

  private String present(String key) {
    return store().stat(key).map(i -> key).orElseThrow(() -> notReady("the turn has no voice"));
  }

  private static Failure notReady(String message) {
    return Failure.of(Failure.Code.FAILED_PRECONDITION, "MEDIA_NOT_READY", message);
  }
}
