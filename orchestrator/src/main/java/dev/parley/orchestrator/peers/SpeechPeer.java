package dev.parley.orchestrator.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.orchestrator.conversation.Call;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.speech.v1.EchoHint;
import dev.parley.speech.v1.EndUtterance;
import dev.parley.speech.v1.RecognitionConfig;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.RecognizeResponse;
import dev.parley.speech.v1.RecognizedUtterance;
import dev.parley.speech.v1.SpeakingStyle;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.SpokenPhrase;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesisDone;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Speech in and out by the speech service. */
public final class SpeechPeer implements Speaker, Listener {
  private static final int FILE_DEADLINE_SECONDS = 60;
  private final Channel channel;

  /** The channel stays the caller's. */
  public SpeechPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Call speak(Speaker.Request request, Speaker.Sink sink) {
    PeerStream<SynthesizeRequest, SynthesizeResponse> stream =
        PeerStream.open(channel, SpeechServiceGrpc.getSynthesizeMethod(), new Speech(sink));
    stream.send(
        SynthesizeRequest.newBuilder()
            .setText(request.text())
            .setStyle(
                SpeakingStyle.newBuilder()
                    .setVoiceId(request.voiceId())
                    .setRate(request.rate())
                    .setPitchSemitones(request.pitchSemitones())
                    .setVolumeDb(request.volumeDb()))
            .setAudio(format(AudioEncoding.AUDIO_ENCODING_PCM_S16LE, request.sampleRateHz()))
            .build());
    stream.halfClose();
    return stream;
  }

  @Override
  public Ear listen(Listener.Request request, Listener.Sink sink) {
    PeerStream<StreamRecognizeRequest, StreamRecognizeResponse> stream =
        PeerStream.open(channel, SpeechServiceGrpc.getStreamRecognizeMethod(), new Heard(sink));
    stream.send(
        StreamRecognizeRequest.newBuilder()
            .setConfig(
                RecognitionConfig.newBuilder()
                    .setAudio(format(encoding(request.encoding()), request.sampleRateHz()))
                    .setLanguage(request.language()))
            .build());
    return new PeerEar(stream);
  }

  @Override
  public Utterance recognize(byte[] audio, Encoding encoding, int sampleRateHz, String language) {
    try {
      RecognizeResponse response =
          SpeechServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(FILE_DEADLINE_SECONDS, TimeUnit.SECONDS)
              .recognize(
                  RecognizeRequest.newBuilder()
                      .setAudio(ByteString.copyFrom(audio))
                      .setFormat(format(encoding(encoding), sampleRateHz))
                      .setLanguage(language)
                      .build());
      return joined(response);
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }

  private static Utterance joined(RecognizeResponse response) {
    List<Word> words =
        response.getUtterancesList().stream()
            .flatMap(u -> Timings.words(u.getWordsList()).stream())
            .toList();
    double confidence =
        response.getUtterancesList().stream()
            .mapToDouble(RecognizedUtterance::getConfidence)
            .average()
            .orElse(0);
    String engine =
        response.getUtterancesCount() == 0 ? "" : response.getUtterances(0).getEngine();
    return new Utterance(
        response.getText(),
        1,
        (float) confidence,
        words,
        new Span(0, response.getDurationUs()),
        engine);
  }

  private static AudioFormat format(AudioEncoding encoding, int sampleRateHz) {
    return AudioFormat.newBuilder()
        .setEncoding(encoding)
        .setSampleRateHz(sampleRateHz)
        .setChannels(1)
        .build();
  }

  private static AudioEncoding encoding(Encoding encoding) {
    return switch (encoding) {
      case PCM -> AudioEncoding.AUDIO_ENCODING_PCM_S16LE;
      case OPUS -> AudioEncoding.AUDIO_ENCODING_OPUS;
      case WAV -> AudioEncoding.AUDIO_ENCODING_WAV;
      case MP3 -> AudioEncoding.AUDIO_ENCODING_MP3;
      case OGG_OPUS -> AudioEncoding.AUDIO_ENCODING_OGG_OPUS;
      case CONTAINER -> AudioEncoding.AUDIO_ENCODING_CONTAINER;
    };
  }

  private record PeerEar(PeerStream<StreamRecognizeRequest, StreamRecognizeResponse> stream)
      implements Ear {
    @Override
    public void audio(byte[] data) {
      stream.send(
          StreamRecognizeRequest.newBuilder()
              .setAudio(UnsafeByteOperations.unsafeWrap(data))
              .build());
    }

    @Override
    public void endUtterance() {
      stream.send(
          StreamRecognizeRequest.newBuilder()
              .setEndUtterance(EndUtterance.getDefaultInstance())
              .build());
    }

    @Override
    public void echoHint(String text) {
      stream.send(
          StreamRecognizeRequest.newBuilder()
              .setEchoHint(EchoHint.newBuilder().setText(text))
              .build());
    }

    @Override
    public void close() {
      stream.halfClose();
    }

    @Override
    public void cancel() {
      stream.cancel();
    }
  }

  private static final class Speech implements PeerStream.Handler<SynthesizeResponse> {
    private final Speaker.Sink sink;
    private boolean done;

    Speech(Speaker.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void message(SynthesizeResponse response) {
      switch (response.getResponseCase()) {
        case PHRASE -> phrase(response.getPhrase());
        case AUDIO ->
            sink.audio(
                response.getAudio().getData().toByteArray(),
                response.getAudio().getStartUs(),
                response.getAudio().getDurationUs());
        case SKIPPED ->
            sink.skipped(response.getSkipped().getText(), response.getSkipped().getCause());
        case DONE -> finish(response.getDone());
        case RESPONSE_NOT_SET -> {}
      }
    }

    private void phrase(SpokenPhrase phrase) {
      List<Word> words =
          phrase.getWordsList().stream()
              .map(
                  w ->
                      new Word(
                          w.getWord(),
                          Timings.span(w.getSpan()),
                          w.getTextStart(),
                          w.getTextEnd(),
                          1))
              .toList();
      sink.phrase(
          words, Timings.visemes(phrase.getVisemesList()), Timings.span(phrase.getSpan()));
    }

    private void finish(SynthesisDone message) {
      done = true;
      sink.done(message.getDurationUs(), message.getVoiceId());
    }

    @Override
    public void ended() {
      if (!done) {
        failed(
            Failure.of(
                Failure.Code.INTERNAL, "SPEECH_FAILED", "speech ended before all was said"));
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

  private record Heard(Listener.Sink sink) implements PeerStream.Handler<StreamRecognizeResponse> {
    @Override
    public void message(StreamRecognizeResponse response) {
      switch (response.getResponseCase()) {
        case SPEECH_STARTED -> sink.speechStarted(response.getSpeechStarted().getInputTimeUs());
        case SPEECH_STOPPED -> sink.speechStopped(response.getSpeechStopped().getInputTimeUs());
        case PARTIAL -> sink.partial(utterance(response.getPartial()));
        case FINAL -> sink.finalUtterance(utterance(response.getFinal()));
        case RESPONSE_NOT_SET -> {}
      }
    }

    private static Utterance utterance(RecognizedUtterance heard) {
      return new Utterance(
          heard.getText(),
          heard.getStability(),
          heard.getConfidence(),
          Timings.words(heard.getWordsList()),
          Timings.span(heard.getSpan()),
          heard.getEngine());
    }

    @Override
    public void ended() {}

    @Override
    public void failed(Failure failure) {
      sink.failed(failure);
    }
  }
}
