package dev.parley.speechsvc.grpc;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.ListVoicesResponse;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.RecognizeResponse;
import dev.parley.speech.v1.SpeechServiceGrpc.SpeechServiceImplBase;
import dev.parley.speech.v1.StreamEncodeRequest;
import dev.parley.speech.v1.StreamEncodeResponse;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesizeFileRequest;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.speechsvc.dsp.AudioFiles;
import dev.parley.speechsvc.dsp.AudioPackets;
import dev.parley.speechsvc.dsp.PacketOpus;
import dev.parley.speechsvc.recognition.Ears;
import dev.parley.speechsvc.synthesis.Synthesizer;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Translates between {@code parley.speech.v1} and the domain. */
public final class SpeechGrpc extends SpeechServiceImplBase {

  private final Synthesizer synthesizer;
  private final Ears ears;
  private final AudioFiles files;
  private final PacketOpus opus;

  public SpeechGrpc(Synthesizer synthesizer, Ears ears, AudioFiles files, PacketOpus opus) {
    this.opus = opus;
    this.synthesizer = synthesizer;
    this.ears = ears;
    this.files = files;
  }

  @Override
  public StreamObserver<StreamRecognizeRequest> streamRecognize(
      StreamObserver<StreamRecognizeResponse> responses) {
    return ServerStreams.bidi(
        responses, (in, out) -> new RecognitionCall(ears, opus, in, out).run());
  }

  @Override
  public void recognize(RecognizeRequest request, StreamObserver<RecognizeResponse> responses) {
    responses.onNext(new FileRecognition(ears, files).recognize(request));
    responses.onCompleted();
  }

  @Override
  public void synthesize(SynthesizeRequest request, StreamObserver<SynthesizeResponse> responses) {
    ServerStreams.stream(
        responses,
        out -> {
          int rate = Styles.rate(request.getAudio(), SynthesisStream.RATE_HZ);
          try (var packets = packets(request.getAudio(), rate)) {
            new SynthesisStream(synthesizer, packets, rate, request, out).run();
          }
        });
  }

  @Override
  public StreamObserver<StreamEncodeRequest> streamEncode(
      StreamObserver<StreamEncodeResponse> responses) {
    return ServerStreams.bidi(responses, (in, out) -> new EncodingCall(opus, in, out).run());
  }

  private AudioPackets packets(AudioFormat format, int rate) {
    var accepted =
        List.of(AudioEncoding.AUDIO_ENCODING_PCM_S16LE, AudioEncoding.AUDIO_ENCODING_OPUS);
    var encoding = Styles.encoding(format, accepted);
    Styles.mono(format);
    return encoding == AudioEncoding.AUDIO_ENCODING_OPUS
        ? opus.encode(rate)
        : AudioPackets.pcm(rate);
  }

  @Override
  public void synthesizeFile(SynthesizeFileRequest request, StreamObserver<HttpBody> responses) {
    var file = new FileSynthesis(synthesizer, files).speak(request);
    responses.onNext(
        HttpBody.newBuilder()
            .setContentType(file.format().mediaType())
            .setData(ByteString.copyFrom(file.bytes()))
            .build());
    responses.onCompleted();
  }

  @Override
  public void listVoices(ListVoicesRequest request, StreamObserver<ListVoicesResponse> responses) {
    var wanted = request.getLanguage();
    var found = ListVoicesResponse.newBuilder();
    synthesizer.voices().stream()
        .filter(v -> v.language().regionMatches(true, 0, wanted, 0, wanted.length()))
        .forEach(v -> found.addVoices(Messages.voice(v, synthesizer.engine())));
    responses.onNext(found.build());
    responses.onCompleted();
  }
}
