package dev.parley.rendersvc.grpc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.render.v1.Advance;
import dev.parley.render.v1.AnimateConfig;
import dev.parley.render.v1.AnimateRequest;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.AnimationDone;
import dev.parley.render.v1.FaceShape;
import dev.parley.render.v1.Mood;
import dev.parley.render.v1.Speech;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.avatar.AvatarShelf;
import dev.parley.rendersvc.face.Blendshapes;
import dev.parley.rendersvc.face.FaceActivity;
import dev.parley.rendersvc.face.FaceAnimator;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.FaceSettings;
import dev.parley.rendersvc.face.Viseme;
import dev.parley.rendersvc.face.VisemeSpan;
import dev.parley.rendersvc.face.WordSpan;
import dev.parley.rendersvc.video.FilmEncoders;
import java.util.Optional;
import java.util.function.Supplier;

/** One Animate call; its virtual thread is the only one to touch it. */
final class AnimateStream {
  private static final int BATCH = 15;
  private static final int DEFAULT_FPS = 30;
  private static final int DEFAULT_RATE_HZ = 24_000;
  private static final long LONGEST_ADVANCE_US = 600_000_000;

  private final AvatarShelf avatars;
  private final NativePool pool;
  private final FilmEncoders encoders;
  private final Inbound<AnimateRequest> in;
  private final Outbound<AnimateResponse> out;
  private final FrameBatch batch = new FrameBatch();
  private FaceAnimator animator;
  private AnimateConfig config;
  private Optional<FilmStream> film = Optional.empty();
  private long coveredUs;

  AnimateStream(
      AvatarShelf avatars,
      NativePool pool,
      FilmEncoders encoders,
      Inbound<AnimateRequest> in,
      Outbound<AnimateResponse> out) {
    this.avatars = avatars;
    this.pool = pool;
    this.encoders = encoders;
    this.in = in;
    this.out = out;
  }

  void run() {
    Optional<AnimateRequest> first = in.take();
    if (first.isEmpty() || !first.get().hasConfig()) {
      throw Failure.invalid("request", "expected config in the first message");
    }
    try {
      configure(first.get().getConfig());
      animate();
    } finally {
      film.ifPresent(FilmStream::close);
    }
  }

  private void animate() {
    boolean more = true;
    while (more) {
      Optional<AnimateRequest> next = in.take();
      more = next.isPresent() && take(next.get());
    }
    make(Math.max(coveredUs, animator.knownUs()));
    film.ifPresent(FilmStream::finish);
    out.send(
        AnimateResponse.newBuilder()
            .setDone(
                AnimationDone.newBuilder().setDurationUs(Math.max(coveredUs, animator.knownUs())))
            .build());
  }

  private void configure(AnimateConfig given) {
    config = given;
    if (!given.getAvatarId().isEmpty()) {
      avatars.model(given.getAvatarId());
    }
    int fps = given.getFrameRateHz() == 0 ? DEFAULT_FPS : given.getFrameRateHz();
    animator =
        new FaceAnimator(new FaceSettings(fps, given.getSeed(), 1), activity(given.getMood()));
    StartPose.of(given).ifPresent(animator::continueFrom);
    FaceShape.Builder shape = FaceShape.newBuilder().setFrameRateHz(fps);
    shape.addAllBlendshapes(Blendshapes.NAMES);
    out.send(AnimateResponse.newBuilder().setShape(shape).build());
    if (given.hasVideo()) {
      Supplier<Avatar> avatar = () -> avatars.load(given.getAvatarId());
      film = Optional.of(new FilmStream(pool, encoders, avatar, given.getVideo(), fps, out));
    }
  }

  private boolean take(AnimateRequest request) {
    switch (request.getRequestCase()) {
      case SPEECH -> speak(request.getSpeech());
      case ADVANCE -> advance(request.getAdvance());
      case END_OF_SPEECH -> {
        return false;
      }
      default -> throw Failure.invalid("request", "expected speech, advance or end_of_speech");
    }
    return true;
  }

  private void speak(Speech speech) {
    speech.getVisemesList().forEach(v -> animator.add(viseme(v)));
    speech
        .getWordsList()
        .forEach(w ->
            animator.add(
                new WordSpan(w.getWord(), w.getSpan().getStartUs(), w.getSpan().getEndUs())));
    if (!speech.getPcm().isEmpty()) {
      int rate = config.getVideo().getSampleRateHz();
      float[] voice = Pcm.samples(speech.getPcm());
      film.ifPresent(f -> f.voice(voice));
      animator.addVoice(voice, rate == 0 ? DEFAULT_RATE_HZ : rate);
    }
    coveredUs = Math.max(coveredUs, speech.getCoveredUs());
    make(animator.settledUs(coveredUs));
  }

  private void advance(Advance advance) {
    long to = advance.getToUs();
    if (to - coveredUs > LONGEST_ADVANCE_US) {
      throw Failure.invalid(
          "advance.to_us", to + " (expected at most 600 s on from " + coveredUs + ")");
    }
    animator.rest(activity(advance.getMood()));
    coveredUs = Math.max(coveredUs, to);
    make(coveredUs);
  }

  private void make(long horizonUs) {
    animator.advance(horizonUs, this::frame);
    flush();
    film.ifPresent(FilmStream::flush);
  }

  private void frame(FaceFrame frame) {
    film.ifPresent(f -> f.frame(frame));
    if (config.getFace()) {
      batch.add(frame);
      if (batch.size() == BATCH) {
        flush();
      }
    }
  }

  private void flush() {
    if (batch.size() > 0) {
      out.send(batch.take());
    }
  }

  private static VisemeSpan viseme(dev.parley.type.v1.VisemeTiming timing) {
    Viseme viseme =
        Viseme.named(timing.getViseme())
            .orElseThrow(() ->
                Failure.invalid(
                    "speech.visemes", "unknown viseme (expected one of the 15 Oculus names)"));
    return new VisemeSpan(viseme, timing.getSpan().getStartUs(), timing.getSpan().getEndUs());
  }

  private static FaceActivity activity(Mood mood) {
    return switch (mood) {
      case MOOD_LISTENING -> FaceActivity.LISTENING;
      case MOOD_THINKING -> FaceActivity.THINKING;
      case MOOD_IDLE -> FaceActivity.IDLE;
      default -> FaceActivity.SPEAKING;
    };
  }
}
