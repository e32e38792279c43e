package dev.parley.orchestrator.peers;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Animator;
import dev.parley.orchestrator.conversation.Viseme;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.render.v1.Advance;
import dev.parley.render.v1.AnimateConfig;
import dev.parley.render.v1.AnimateRequest;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.EndOfSpeech;
import dev.parley.render.v1.Fragment;
import dev.parley.render.v1.Frames;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.render.v1.Speech;
import dev.parley.render.v1.VideoConfig;
import io.grpc.Channel;
import java.util.List;

/** Faces and pictures by the render service. */
public final class RenderPeer implements Animator {
  private final Channel channel;

  /** The channel stays the caller's. */
  public RenderPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Animation animate(Request request, Sink sink) {
    PeerStream<AnimateRequest, AnimateResponse> stream =
        PeerStream.open(channel, RenderServiceGrpc.getAnimateMethod(), new Shown(sink));
    AnimateConfig.Builder config =
        AnimateConfig.newBuilder()
            .setAvatarId(request.avatarId())
            .setFrameRateHz(request.frameRateHz())
            .setSeed(request.seed())
            .setFace(request.face());
    request.picture().ifPresent(picture -> config.setVideo(video(picture)));
    stream.send(AnimateRequest.newBuilder().setConfig(config).build());
    return new PeerAnimation(stream);
  }

  private static VideoConfig video(Picture picture) {
    return VideoConfig.newBuilder()
        .setWidth(picture.width())
        .setHeight(picture.height())
        .setBackground(picture.background())
        .setFraming(picture.framing())
        .setSampleRateHz(picture.sampleRateHz())
        .build();
  }

  private static dev.parley.render.v1.Mood mood(Mood mood) {
    return switch (mood) {
      case SPEAKING -> dev.parley.render.v1.Mood.MOOD_SPEAKING;
      case LISTENING -> dev.parley.render.v1.Mood.MOOD_LISTENING;
      case THINKING -> dev.parley.render.v1.Mood.MOOD_THINKING;
      case IDLE -> dev.parley.render.v1.Mood.MOOD_IDLE;
    };
  }

  private record PeerAnimation(PeerStream<AnimateRequest, AnimateResponse> stream)
      implements Animation {
    @Override
    public void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
      Speech.Builder speech =
          Speech.newBuilder()
              .setPcm(UnsafeByteOperations.unsafeWrap(pcm))
              .setCoveredUs(coveredUs);
      visemes.forEach(v -> speech.addVisemes(Timings.timing(v)));
      words.forEach(w -> speech.addWords(Timings.timing(w)));
      stream.send(AnimateRequest.newBuilder().setSpeech(speech).build());
    }

    @Override
    public void advance(long toUs, Mood mood) {
      stream.send(
          AnimateRequest.newBuilder()
              .setAdvance(Advance.newBuilder().setToUs(toUs).setMood(RenderPeer.mood(mood)))
              .build());
    }

    @Override
    public void end() {
      stream.send(
          AnimateRequest.newBuilder()
              .setEndOfSpeech(EndOfSpeech.getDefaultInstance())
              .build());
      stream.halfClose();
    }

    @Override
    public void cancel() {
      stream.cancel();
    }
  }

  private static final class Shown implements PeerStream.Handler<AnimateResponse> {
    private final Sink sink;
    private boolean done;

    Shown(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void message(AnimateResponse response) {
      switch (response.getResponseCase()) {
        case SHAPE ->
            sink.shape(
                response.getShape().getBlendshapesList(), response.getShape().getFrameRateHz());
        case FRAMES -> frames(response.getFrames());
        case FRAGMENT -> fragment(response.getFragment());
        case DONE -> {
          done = true;
          sink.done(response.getDone().getDurationUs());
        }
        case RESPONSE_NOT_SET -> {}
      }
    }

    private void frames(Frames frames) {
      sink.frames(
          numbers(frames.getWeightsList()),
          numbers(frames.getHeadList()),
          frames.getFrameCount(),
          frames.getStartUs());
    }

    private void fragment(Fragment fragment) {
      sink.fragment(
          fragment.getData().toByteArray(),
          fragment.getInit(),
          fragment.getStartUs(),
          fragment.getDurationUs(),
          fragment.getMimeType());
    }

    private static float[] numbers(List<Float> values) {
      float[] numbers = new float[values.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values.get(i);
      }
      return numbers;
    }

    @Override
    public void ended() {
      if (!done) {
        failed(
            Failure.of(
                Failure.Code.INTERNAL, "RENDER_FAILED", "the face ended before all was made"));
      }
    }

    @Override
    public void failed(Failure failure) {
      if (!done) {
        done = true;
        sink.failed(failure);
      }
    }
  }
}
