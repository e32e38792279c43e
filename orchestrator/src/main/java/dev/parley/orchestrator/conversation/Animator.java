package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;

/** Makes faces and pictures. Thread-safe; does not block. */
public interface Animator {
  /** Begins an animation; the sink hears of it on another thread, in order. */
  Animation animate(Request request, Sink sink);

  /** What the face does. */
  enum Mood {
    SPEAKING,
    LISTENING,
    THINKING,
    IDLE
  }

  /** Picture wanted; sizes in pixels, background {@code #rrggbb} or empty. */
  record Picture(int width, int height, String background, String framing, int sampleRateHz) {}

  /**
   * What to animate; {@code picture} is empty when only the face is wanted, {@code start} is the
   * frame that was shown last.
   */
  record Request(
      String avatarId,
      int frameRateHz,
      long seed,
      boolean face,
      java.util.Optional<Picture> picture,
      Pose start) {}

  /** One animation under way. One thread at a time. */
  interface Animation extends Call {
    /** Speech that follows; all before {@code coveredUs} is final. */
    void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs);

    /** Moves time on without speech. */
    void advance(long toUs, Mood mood);

    /** No more speech. */
    void end();
  }

  /** Takes frames and fragments. */
  interface Sink {
    /** Names of the weights; first call. */
    void shape(List<String> blendshapes, int frameRateHz);

    /** Weights (0 to 1) and heads (6 numbers) frame after frame; the arrays are the sink's. */
    void frames(float[] weights, float[] head, int count, long startUs);

    /** Part of a fragmented MP4; the MIME type comes with the initialisation segment. */
    void fragment(byte[] data, boolean init, long startUs, long durationUs, String mimeType);

    /** All is made; last call. */
    void done(long durationUs);

    /** It failed; last call. */
    void failed(Failure failure);
  }
}
