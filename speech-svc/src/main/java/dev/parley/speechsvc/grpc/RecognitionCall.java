package dev.parley.speechsvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.speech.v1.RecognitionConfig;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.VoiceActivity;
import dev.parley.speechsvc.dsp.PacketOpus;
import dev.parley.speechsvc.recognition.Ears;
import dev.parley.speechsvc.recognition.Endpointing;
import dev.parley.speechsvc.recognition.RecognitionEvent;
import dev.parley.speechsvc.recognition.RecognitionStream;

/** One StreamRecognize call. One virtual thread. */
final class RecognitionCall {

  private final Ears ears;
  private final PacketOpus opus;
  private final Inbound<StreamRecognizeRequest> in;
  private final Outbound<StreamRecognizeResponse> out;

  RecognitionCall(
      Ears ears,
      PacketOpus opus,
      Inbound<StreamRecognizeRequest> in,
      Outbound<StreamRecognizeResponse> out) {
    this.ears = ears;
    this.opus = opus;
    this.in = in;
    this.out = out;
  }

  void run() {
    var first = in.take();
    if (first.isEmpty()) {
      return;
    }
    if (!first.get().hasConfig()) {
      throw Failure.invalid("config", "missing (expected as the first message)");
    }
    var config = first.get().getConfig();
    var endpointing = endpointing(config);
    try (var audio = InboundAudio.of(config.getAudio(), opus);
        var stream = new RecognitionStream(ears, config.getLanguage(), endpointing, this::tell)) {
      for (var next = in.take(); next.isPresent(); next = in.take()) {
        take(next.get(), audio, stream);
      }
      stream.finish();
    }
  }

  private static Endpointing endpointing(RecognitionConfig config) {
    return Endpointing.of(
        config.getEndSilenceMs(), config.getUnfinishedSilenceMs(), config.getMinSpeechMs());
  }

  private static void take(
      StreamRecognizeRequest request, InboundAudio audio, RecognitionStream stream) {
    switch (request.getRequestCase()) {
      case AUDIO -> stream.accept(audio.samples(request.getAudio().toByteArray()));
      case END_UTTERANCE -> stream.endUtterance();
      case ECHO_HINT -> stream.expectEcho(request.getEchoHint().getText());
      case CONFIG -> throw Failure.invalid("config", "sent twice (expected first message only)");
      case REQUEST_NOT_SET -> throw Failure.invalid("request", "not set");
    }
  }

  private void tell(RecognitionEvent event) {
    var response = StreamRecognizeResponse.newBuilder();
    switch (event) {
      case RecognitionEvent.SpeechStarted started ->
          response.setSpeechStarted(activity(started.inputTimeUs()));
      case RecognitionEvent.SpeechStopped stopped ->
          response.setSpeechStopped(activity(stopped.inputTimeUs()));
      case RecognitionEvent.Partial p ->
          response.setPartial(
              Messages.utterance(
                  p.hypothesis(), p.stability(), p.startUs(), p.endUs(), p.engine()));
      case RecognitionEvent.Final f -> response.setFinal(Messages.utterance(f));
    }
    out.send(response.build());
  }

  private static VoiceActivity activity(long us) {
    return VoiceActivity.newBuilder().setInputTimeUs(us).build();
  }
}
