package dev.parley.orchestrator.peers;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.orchestrator.conversation.Animator;
import dev.parley.orchestrator.conversation.Viseme;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.render.v1.Advance;
import dev.parley.render.v1.AnimateConfig;
import dev.parley.render.v1.AnimateRequest;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.EndOfSpeech;
import dev.parley.render.v1.Frames;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.render.v1.Speech;
import dev.parley.render.v1.VideoConfig;
import io.grpc.Channel;
import java.util.List;

/** Faces and pictures from the render service. Thread-safe. */
public final class RenderPeer implements Animator {
  private final Channel channel;

  /** Over that channel. */
  public RenderPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Animation animate(Request request, Sink sink) {
    PeerStream<AnimateRequest, AnimateResponse> stream =
        PeerStream.open(
            channel,
            RenderServiceGrpc.getAnimateMethod(),
            answer -> animated(answer, sink),
            sink::failed);
    var config =
        AnimateConfig.newBuilder()
            .setAvatarId(request.avatarId())
            .setFrameRateHz(request.frameRateHz())
            .setSeed(request.seed())
            .setFace(request.face())
            .setMood(dev.parley.render.v1.Mood.MOOD_SPEAKING);
    for (float w : request.start().weights()) {
      config.addStartWeights(Math.clamp(w, 0, 1));
    }
    for (float h : request.start().head()) {
      config.addStartHead(Math.clamp(h, -1, 1));
    }
    request.picture().ifPresent(p -> config.setVideo(picture(p)));
    stream.send(AnimateRequest.newBuilder().setConfig(config).build());
    return new PeerAnimation(stream);
  }

  private static VideoConfig picture(Picture p) {
    return VideoConfig.newBuilder()
        .setWidth(p.width())
        .setHeight(p.height())
        .setBackground(p.background())
        .setFraming(p.framing())
        .setSampleRateHz(p.sampleRateHz())
        .build();
  }

  private static void animated(AnimateResponse answer, Sink sink) {
    switch (answer.getResponseCase()) {
      case SHAPE ->
          sink.shape(
              List.copyOf(answer.getShape().getBlendshapesList()),
              answer.getShape().getFrameRateHz());
      case FRAMES -> frames(answer.getFrames(), sink);
      case FRAGMENT -> {
        var f = answer.getFragment();
        sink.fragment(
            f.getData().toByteArray(),
            f.getInit(),
            f.getStartUs(),
            f.getDurationUs(),
            f.getMimeType());
      }
      case DONE -> sink.done(answer.getDone().getDurationUs());
      case RESPONSE_NOT_SET -> {}
    }
  }

  private static void frames(Frames frames, Sink sink) {
    float[] weights = new float[frames.getWeightsCount()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = frames.getWeights(i);
    }
    float[] head = new float[frames.getHeadCount()];
    for (int i = 0; i < head.length; i++) {
      head[i] = frames.getHead(i);
    }
    sink.frames(weights, head, frames.getFrameCount(), frames.getStartUs());
  }

  private record PeerAnimation(PeerStream<AnimateRequest, AnimateResponse> stream)
      implements Animation {
    @Override
    public void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
      var speech = Speech.newBuilder().setCoveredUs(coveredUs);
      speech.setPcm(UnsafeByteOperations.unsafeWrap(pcm));
      visemes.forEach(v -> speech.addVisemes(Timing.viseme(v)));
      words.forEach(w -> speech.addWords(Timing.word(w)));
      stream.send(AnimateRequest.newBuilder().setSpeech(speech).build());
    }

    @Override
    public void advance(long toUs, Mood mood) {
      var wire = dev.parley.render.v1.Mood.valueOf("MOOD_" + mood.name());
      var advance = Advance.newBuilder().setToUs(toUs).setMood(wire);
      stream.send(AnimateRequest.newBuilder().setAdvance(advance).build());
    }

    @Override
    public void end() {
      var end = EndOfSpeech.getDefaultInstance();
      stream.send(AnimateRequest.newBuilder().setEndOfSpeech(end).build());
      stream.end();
    }

    @Override
    public void cancel() {
      stream.cancel();
    }
  }
}
