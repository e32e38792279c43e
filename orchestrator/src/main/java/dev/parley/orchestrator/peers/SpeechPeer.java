package dev.parley.orchestrator.peers;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.parley.kit.failure.Failures;
import dev.parley.orchestrator.conversation.Call;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.orchestrator.conversation.Viseme;
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
import dev.parley.speech.v1.SpokenWord;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Listening and speaking through the speech service. Thread-safe. */
public final class SpeechPeer implements Speaker, Listener {
  private static final int LONGEST_HINT = 2000;
  private final Channel channel;

  /** Over that channel. */
  public SpeechPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Call speak(Speaker.Request request, Speaker.Sink sink) {
    var style =
        SpeakingStyle.newBuilder()
            .setVoiceId(request.voiceId())
            .setRate(request.rate())
            .setPitchSemitones(request.pitchSemitones())
            .setVolumeDb(request.volumeDb());
    var message =
        SynthesizeRequest.newBuilder()
            .setText(request.text())
            .setStyle(style)
            .setAudio(format(Encoding.PCM, request.sampleRateHz()))
            .setNeededInUs(request.neededInUs())
            .setContinues(request.continues())
            .build();
    PeerStream<SynthesizeRequest, SynthesizeResponse> stream =
        PeerStream.call(
            channel,
            SpeechServiceGrpc.getSynthesizeMethod(),
            message,
            answer -> spoken(answer, sink),
            sink::failed);
    return stream::cancel;
  }

  @Override
  public Packing pack(int sampleRateHz, PackingSink sink) {
    return PeerPacking.open(channel, format(Encoding.OPUS, sampleRateHz), sink);
  }

  private static void spoken(SynthesizeResponse answer, Speaker.Sink sink) {
    switch (answer.getResponseCase()) {
      case PHRASE -> phrase(answer.getPhrase(), sink);
      case AUDIO -> {
        var audio = answer.getAudio();
        sink.audio(audio.getData().toByteArray(), audio.getStartUs(), audio.getDurationUs());
      }
      case SKIPPED -> sink.skipped(answer.getSkipped().getText(), answer.getSkipped().getCause());
      case DONE -> sink.done(answer.getDone().getDurationUs(), answer.getDone().getVoiceId());
      case RESPONSE_NOT_SET -> {}
    }
  }

  private static void phrase(SpokenPhrase phrase, Speaker.Sink sink) {
    List<Word> words = new ArrayList<>(phrase.getWordsCount());
    for (SpokenWord w : phrase.getWordsList()) {
      words.add(
          new Word(w.getWord(), Timing.span(w.getSpan()), w.getTextStart(), w.getTextEnd(), 1));
    }
    List<Viseme> visemes = phrase.getVisemesList().stream().map(Timing::viseme).toList();
    sink.phrase(words, visemes, Timing.span(phrase.getSpan()));
  }

  @Override
  public Ear listen(Listener.Request request, Listener.Sink sink) {
    PeerStream<StreamRecognizeRequest, StreamRecognizeResponse> stream =
        PeerStream.open(
            channel,
            SpeechServiceGrpc.getStreamRecognizeMethod(),
            answer -> heard(answer, sink),
            sink::failed);
    var config =
        RecognitionConfig.newBuilder()
            .setAudio(format(request.encoding(), request.sampleRateHz()))
            .setLanguage(request.language());
    stream.send(StreamRecognizeRequest.newBuilder().setConfig(config).build());
    return new PeerEar(stream);
  }

  private static void heard(StreamRecognizeResponse answer, Listener.Sink sink) {
    switch (answer.getResponseCase()) {
      case SPEECH_STARTED -> sink.speechStarted(answer.getSpeechStarted().getInputTimeUs());
      case SPEECH_STOPPED -> sink.speechStopped(answer.getSpeechStopped().getInputTimeUs());
      case PARTIAL -> sink.partial(utterance(answer.getPartial()));
      case FINAL -> sink.finalUtterance(utterance(answer.getFinal()));
      case RESPONSE_NOT_SET -> {}
    }
  }

  private static Utterance utterance(RecognizedUtterance u) {
    return new Utterance(
        u.getText(),
        u.getStability(),
        u.getConfidence(),
        Timing.words(u.getWordsList()),
        Timing.span(u.getSpan()),
        u.getDecidedUs(),
        u.getEngine());
  }

  @Override
  public Utterance recognize(byte[] audio, Listener.Request wanted) {
    var request =
        RecognizeRequest.newBuilder()
            .setAudio(UnsafeByteOperations.unsafeWrap(audio))
            .setFormat(format(wanted.encoding(), wanted.sampleRateHz()))
            .setLanguage(wanted.language())
            .build();
    try {
      RecognizeResponse answer =
          SpeechServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(120, TimeUnit.SECONDS)
              .recognize(request);
      float sure = 1;
      List<Word> words = new ArrayList<>();
      String engine = "";
      for (RecognizedUtterance u : answer.getUtterancesList()) {
        sure = Math.min(sure, u.getConfidence());
        words.addAll(Timing.words(u.getWordsList()));
        engine = u.getEngine();
      }
      var span = new dev.parley.orchestrator.conversation.Span(0, answer.getDurationUs());
      return new Utterance(answer.getText(), 1, sure, words, span, engine);
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }

  private static AudioFormat format(Encoding encoding, int rateHz) {
    AudioEncoding wire =
        switch (encoding) {
          case PCM -> AudioEncoding.AUDIO_ENCODING_PCM_S16LE;
          case OPUS -> AudioEncoding.AUDIO_ENCODING_OPUS;
          case WAV -> AudioEncoding.AUDIO_ENCODING_WAV;
          case MP3 -> AudioEncoding.AUDIO_ENCODING_MP3;
          case OGG_OPUS -> AudioEncoding.AUDIO_ENCODING_OGG_OPUS;
          case CONTAINER -> AudioEncoding.AUDIO_ENCODING_CONTAINER;
        };
    return AudioFormat.newBuilder()
        .setEncoding(wire)
        .setSampleRateHz(rateHz)
        .setChannels(1)
        .build();
  }

  private record PeerEar(PeerStream<StreamRecognizeRequest, StreamRecognizeResponse> stream)
      implements Ear {
    @Override
    public void audio(byte[] data) {
      ByteString bytes = UnsafeByteOperations.unsafeWrap(data);
      stream.send(StreamRecognizeRequest.newBuilder().setAudio(bytes).build());
    }

    @Override
    public void endUtterance() {
      var end = EndUtterance.getDefaultInstance();
      stream.send(StreamRecognizeRequest.newBuilder().setEndUtterance(end).build());
    }

    @Override
    public void echoHint(String text) {
      String cut = text.substring(Math.max(0, text.length() - LONGEST_HINT));
      var hint = EchoHint.newBuilder().setText(cut);
      stream.send(StreamRecognizeRequest.newBuilder().setEchoHint(hint).build());
    }

    @Override
    public void close() {
      stream.end();
    }

    @Override
    public void cancel() {
      stream.cancel();
    }
  }
}
