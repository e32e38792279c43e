package dev.parley.bench.doors;

import com.google.protobuf.ByteString;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.ListVoicesResponse;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.speech.v1.SynthesizedAudio;
import dev.parley.speech.v1.Voice;
import io.grpc.stub.StreamObserver;

/**
 * A service that costs next to nothing, so that what is measured is the way to it: a small answer,
 * and a stream of {@link #PIECES} pieces of 20 ms of sound, sent as fast as they go. Thread-safe.
 */
final class FixedSpeech extends SpeechServiceGrpc.SpeechServiceImplBase {
  /** Messages of a stream. */
  static final int PIECES = 25;

  private static final int PIECE_BYTES = 960;
  private static final ListVoicesResponse VOICES =
      ListVoicesResponse.newBuilder()
          .addVoices(Voice.newBuilder().setId("slt").setDisplayName("Slt"))
          .build();
  private static final SynthesizeResponse PIECE =
      SynthesizeResponse.newBuilder()
          .setAudio(
              SynthesizedAudio.newBuilder()
                  .setData(ByteString.copyFrom(new byte[PIECE_BYTES]))
                  .setDurationUs(20_000))
          .build();

  @Override
  public void listVoices(ListVoicesRequest asked, StreamObserver<ListVoicesResponse> to) {
    to.onNext(VOICES);
    to.onCompleted();
  }

  @Override
  public void synthesize(SynthesizeRequest asked, StreamObserver<SynthesizeResponse> to) {
    for (int i = 0; i < PIECES; i++) {
      to.onNext(PIECE);
    }
    to.onCompleted();
  }
}
