package dev.parley.speechsvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.speech.v1.RecognitionConfig;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.VoiceActivity;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.recognition.Ears;
import dev.parley.speechsvc.recognition.Endpointing;
import dev.parley.speechsvc.recognition.RecognitionEvent;
import dev.parley.speechsvc.recognition.RecognitionStream;
import dev.parley.speechsvc.recognition.Recognizer;
import dev.parley.type.v1.AudioEncoding;
import java.util.List;

/** One StreamRecognize call. One virtual thread. */
final class RecognitionCall {

  private final Ears ears;
  private final Inbound<StreamRecognizeRequest> in;
  private final Outbound<StreamRecognizeResponse> out;

  RecognitionCall(
      Ears ears,
      Inbound<StreamRecognizeRequest> in,
      Outbound<StreamRecognizeResponse> out) {
    this.ears = ears;
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
    Styles.encoding(config.getAudio(), List.of(AudioEncoding.AUDIO_ENCODING_PCM_S16LE));
    Styles.mono(config.getAudio());
    int rate = Styles.rate(config.getAudio(), Recognizer.RATE_HZ);
    var resampler = new Resampler(rate, Recognizer.RATE_HZ);
    var endpointing = endpointing(config);
    try (var stream =
        new RecognitionStream(ears, config.getLanguage(), endpointing, this::tell)) {
      for (var next = in.take(); next.isPresent(); next = in.take()) {
        take(next.get(), rate, resampler, stream);
      }
      stream.finish();
    }
  }

  private static Endpointing endpointing(RecognitionConfig config) {
    return Endpointing.of(
        config.getEndSilenceMs(), config.getUnfinishedSilenceMs(), config.getMinSpeechMs());
  }

  private void take(
      StreamRecognizeRequest request, int rate, Resampler resampler, RecognitionStream stream) {
    switch (request.getRequestCase()) {
      case AUDIO ->
          stream.accept(
              resampler.push(Pcm.of(request.getAudio().toByteArray(), rate).samples()));
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
                  p.hypothesis(), p.stability(), p.startUs(), p.endUs(), ears.recognizer().engine()));
      case RecognitionEvent.Final f ->
          response.setFinal(
              Messages.utterance(
                  f.hypothesis(), 1, f.startUs(), f.endUs(), ears.recognizer().engine()));
    }
    out.send(response.build());
  }

  private static VoiceActivity activity(long us) {
    return VoiceActivity.newBuilder().setInputTimeUs(us).build();
  }
}
