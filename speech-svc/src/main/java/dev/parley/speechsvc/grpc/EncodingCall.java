package dev.parley.speechsvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.speech.v1.EncodeDone;
import dev.parley.speech.v1.StreamEncodeRequest;
import dev.parley.speech.v1.StreamEncodeResponse;
import dev.parley.speech.v1.SynthesizedAudio;
import dev.parley.speechsvc.dsp.AudioPackets;
import dev.parley.speechsvc.dsp.PacketOpus;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import java.util.List;

/** One StreamEncode call. One virtual thread. */
final class EncodingCall {

  private final PacketOpus opus;
  private final Inbound<StreamEncodeRequest> in;
  private final Outbound<StreamEncodeResponse> out;
  private int rate;
  private long samples;

  EncodingCall(
      PacketOpus opus, Inbound<StreamEncodeRequest> in, Outbound<StreamEncodeResponse> out) {
    this.opus = opus;
    this.in = in;
    this.out = out;
  }

  void run() {
    var first = in.take();
    if (first.isEmpty() || !first.get().hasConfig()) {
      throw Failure.invalid("config", "missing (expected as the first message)");
    }
    try (var packets = packets(first.get().getConfig())) {
      for (var next = in.take(); next.isPresent(); next = in.take()) {
        packets.push(samples(next.get())).forEach(this::packet);
      }
      packets.flush().forEach(this::packet);
    }
    var done = EncodeDone.newBuilder().setDurationUs(us(samples));
    out.send(StreamEncodeResponse.newBuilder().setDone(done).build());
  }

  private AudioPackets packets(AudioFormat format) {
    Styles.encoding(format, List.of(AudioEncoding.AUDIO_ENCODING_OPUS));
    Styles.mono(format);
    rate = Styles.rate(format, SynthesisStream.RATE_HZ);
    return opus.encode(rate);
  }

  private short[] samples(StreamEncodeRequest request) {
    if (!request.hasPcm()) {
      throw Failure.invalid("request", "expected pcm after the first message");
    }
    int size = request.getPcm().size();
    if (size % 2 != 0) {
      throw Failure.invalid("pcm", size + " bytes (expected whole 16-bit samples)");
    }
    short[] next = Pcm.of(request.getPcm().toByteArray(), rate).samples();
    samples += next.length;
    return next;
  }

  private void packet(AudioPackets.Packet packet) {
    long start = us(packet.start());
    var audio =
        SynthesizedAudio.newBuilder()
            .setData(ByteString.copyFrom(packet.data()))
            .setStartUs(start)
            .setDurationUs(us(packet.start() + packet.samples()) - start);
    out.send(StreamEncodeResponse.newBuilder().setAudio(audio).build());
  }

  private long us(long sample) {
    return sample * 1_000_000 / rate;
  }
}
