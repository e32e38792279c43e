package dev.parley.rendersvc.face;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Visemes and words in, face frames out, on one media clock.
 *
 * <p>Spans are added as they become known, in order of time; {@link #advance} yields the frames up
 * to a moment the caller knows to be complete (no span before {@code horizon + LOOKAHEAD_US} will
 * still come). The same seed and spans give the same frames however the spans were cut into pieces.
 * Not thread-safe: one animator belongs to one stream. No failure leaves it changed.
 */
public final class FaceAnimator {
  /** How far ahead of a frame the spans should be known, microseconds. */
  public static final long LOOKAHEAD_US = 120_000;

  private static final float CARRY_SECONDS = .09f;

  private final FaceSettings settings;
  private final MouthTrack mouth;
  private final BlinkTrack blinks;
  private final GazeTrack gaze;
  private final WordTrack words;
  private final HeadTrack head;
  private final Slew slew;
  private final EmotionTrack emotions = new EmotionTrack();
  private final LoudnessTrack loudness = new LoudnessTrack();
  private final float[] carried = new float[Blendshapes.COUNT];
  private HeadPose carriedHead = HeadPose.REST;
  private Optional<FaceFrame> carryFrom = Optional.empty();
  private FaceActivity rest;
  private boolean voiced;
  private long next;

  /** Begins at media time 0; {@code rest} is what the character does where nobody speaks. */
  public FaceAnimator(FaceSettings settings, FaceActivity rest) {
    this.settings = settings;
    this.rest = rest;
    this.mouth = new MouthTrack(settings.frameUs());
    this.blinks = new BlinkTrack(settings.seed());
    this.gaze = new GazeTrack(settings.seed(), settings.liveliness());
    this.words = new WordTrack(settings.seed(), settings.liveliness());
    this.head = new HeadTrack(settings.seed(), settings.liveliness());
    this.slew = new Slew(settings.fps());
  }

  /**
   * Goes on from the last frame that was shown, whatever clock it had: the first frame is equal to
   * it, and the difference fades like a critically damped spring, never by more than .14 a frame at
   * 30 fps. Lip closures are kept all the same. Call it before the first {@link #advance}.
   */
  public void continueFrom(FaceFrame last) {
    carryFrom = Optional.of(last);
  }

  /** Changes what the character does between words, from the next frame on. */
  public void rest(FaceActivity activity) {
    rest = activity;
  }

  /** Shows a feeling from the next frame on, {@code intensity} 0 to 1. */
  public void feel(Emotion emotion, float intensity) {
    emotions.ask(emotion, intensity);
  }

  /** Adds a viseme; one that starts before its predecessor fails as an invalid argument. */
  public void add(VisemeSpan span) {
    mouth.add(span);
  }

  /** Adds a word. */
  public void add(WordSpan word) {
    words.add(word);
    emotions.add(word);
  }

  /** Adds the voice itself, mono in -1 to 1, following what came before: louder opens wider. */
  public void addVoice(float[] samples, int sampleRateHz) {
    loudness.add(samples, sampleRateHz);
  }

  /** The end of the last viseme, microseconds. */
  public long knownUs() {
    return mouth.knownUs();
  }

  /**
   * How far frames can be made well when everything before {@code coveredUs} is final: all the way
   * into silence or where later visemes are known, else {@link #LOOKAHEAD_US} less, so that the
   * next phone can still be prepared.
   */
  public long settledUs(long coveredUs) {
    boolean known = mouth.knownUs() >= coveredUs + LOOKAHEAD_US;
    return known || !mouth.voiced(coveredUs, 20_000) ? coveredUs : coveredUs - LOOKAHEAD_US;
  }

  /** The next frame's moment, microseconds. */
  public long nextFrameUs() {
    return settings.frameTimeUs(next);
  }

  /** Yields every frame that begins before {@code horizonUs}; returns how many. */
  public int advance(long horizonUs, Consumer<FaceFrame> sink) {
    int yielded = 0;
    while (settings.frameTimeUs(next) < horizonUs) {
      sink.accept(frame(next++));
      yielded++;
    }
    return yielded;
  }

  private FaceFrame frame(long index) {
    long t = settings.frameTimeUs(index);
    float dt = 1f / settings.fps();
    FaceActivity activity = activityAt(t);
    boolean speaking = activity == FaceActivity.SPEAKING;
    float[] weights = new float[Blendshapes.COUNT];
    emotions.apply(t, speaking, dt, weights);
    HeadPose pose = head.at(t, activity, words.apply(t, weights), dt);
    if (gaze.step(t, activity) > 6) {
      blinks.invite(t, .35);
    }
    gaze.apply(t, pose, weights);
    blinks.apply(t, weights);
    mouth.apply(t, loudness.at(t), weights);
    FaceFrame carried = carry(new FaceFrame(index, t, weights, pose));
    slew.limit(carried.weights());
    mouth.close(t, carried.weights());
    return carried;
  }

  private FaceActivity activityAt(long t) {
    boolean now = mouth.voiced(t, 110_000);
    if (voiced && !now) {
      blinks.invite(t, .55);
    }
    voiced = now;
    return now ? FaceActivity.SPEAKING : rest;
  }

  private FaceFrame carry(FaceFrame frame) {
    carryFrom.ifPresent(last -> beginCarry(last, frame));
    float late = frame.mediaTimeUs() / 1e6f / CARRY_SECONDS;
    float left = (1 + late) * (float) Math.exp(-late);
    if (left < 1e-3f) {
      return frame;
    }
    for (int i = 0; i < carried.length; i++) {
      frame.weights()[i] = Curve.clamp01(frame.weights()[i] + carried[i] * left);
    }
    HeadPose pose = frame.head().plus(carriedHead, left);
    return new FaceFrame(frame.index(), frame.mediaTimeUs(), frame.weights(), pose);
  }

  private void beginCarry(FaceFrame last, FaceFrame first) {
    carryFrom = Optional.empty();
    for (int i = 0; i < carried.length; i++) {
      carried[i] = last.weights()[i] - first.weights()[i];
    }
    carriedHead = last.head().plus(first.head(), -1);
  }
}
