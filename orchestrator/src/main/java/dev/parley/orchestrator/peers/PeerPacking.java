package dev.parley.orchestrator.peers;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamEncodeRequest;
import dev.parley.speech.v1.StreamEncodeResponse;
import dev.parley.type.v1.AudioFormat;
import io.grpc.Channel;

/** A voice being packed by the speech service. */
record PeerPacking(PeerStream<StreamEncodeRequest, StreamEncodeResponse> stream)
    implements Speaker.Packing {

  static PeerPacking open(Channel channel, AudioFormat format, Speaker.PackingSink sink) {
    PeerStream<StreamEncodeRequest, StreamEncodeResponse> stream =
        PeerStream.open(
            channel,
            SpeechServiceGrpc.getStreamEncodeMethod(),
            answer -> packed(answer, sink),
            sink::failed);
    stream.send(StreamEncodeRequest.newBuilder().setConfig(format).build());
    return new PeerPacking(stream);
  }

  private static void packed(StreamEncodeResponse answer, Speaker.PackingSink sink) {
    switch (answer.getResponseCase()) {
      case AUDIO -> {
        var audio = answer.getAudio();
        sink.packet(audio.getData().toByteArray(), audio.getStartUs(), audio.getDurationUs());
      }
      case DONE -> sink.done();
      case RESPONSE_NOT_SET -> {}
    }
  }

  @Override
  public void samples(byte[] pcm) {
    var bytes = UnsafeByteOperations.unsafeWrap(pcm);
    stream.send(StreamEncodeRequest.newBuilder().setPcm(bytes).build());
  }

  @Override
  public void end() {
    stream.end();
  }

  @Override
  public void cancel() {
    stream.cancel();
  }
}
