package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.AudioPackets.Packet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Samples to Opus packets of 20 ms. A decoder gives each packet's sound with the encoder's delay,
 * so a packet is said to begin that much before the samples that completed it. Thread-safe: whoever
 * closes it waits for a call that runs, which goes on when its caller was interrupted.
 */
final class OpusEncoder {

  private static final int BIT_RATE = 32_000;

  private final AVCodecContext codec;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private final int size;
  private final int delay;
  private short[] waiting = new short[0];
  private long encoded;
  private long taken;
  private long given;
  private boolean closed;

  OpusEncoder(int rateHz) {
    var found = avcodec_find_encoder_by_name("libopus");
    codec = avcodec_alloc_context3(found);
    codec.sample_rate(rateHz);
    codec.bit_rate(BIT_RATE);
    codec.sample_fmt(AV_SAMPLE_FMT_S16);
    av_channel_layout_default(codec.ch_layout(), 1);
    if (avcodec_open2(codec, found, (AVDictionary) null) < 0) {
      close();
      throw failed("cannot be opened");
    }
    size = codec.frame_size();
    delay = codec.initial_padding();
  }

  synchronized List<Packet> push(short[] samples) {
    if (closed) {
      return List.of();
    }
    taken += samples.length;
    int held = waiting.length;
    waiting = Arrays.copyOf(waiting, held + samples.length);
    System.arraycopy(samples, 0, waiting, held, samples.length);
    var packets = new ArrayList<Packet>();
    int at = 0;
    for (; at + size <= waiting.length; at += size) {
      encode(Arrays.copyOfRange(waiting, at, at + size), packets);
    }
    waiting = Arrays.copyOfRange(waiting, at, waiting.length);
    return packets;
  }

  /** Fills up with silence until all that was taken has come out. */
  synchronized List<Packet> flush() {
    var packets = new ArrayList<Packet>();
    long all = taken;
    while (given < all && !closed) {
      packets.addAll(push(new short[size - waiting.length]));
    }
    return packets;
  }

  private void encode(short[] samples, List<Packet> packets) {
    frame.nb_samples(size);
    frame.format(codec.sample_fmt());
    frame.sample_rate(codec.sample_rate());
    frame.pts(encoded);
    av_channel_layout_default(frame.ch_layout(), 1);
    if (av_frame_get_buffer(frame, 0) < 0) {
      throw failed("has no memory");
    }
    new ShortPointer(frame.data(0)).put(samples, 0, size);
    encoded += size;
    int sent = avcodec_send_frame(codec, frame);
    av_frame_unref(frame);
    if (sent < 0) {
      throw failed("refused a frame: " + sent);
    }
    while (avcodec_receive_packet(codec, packet) >= 0) {
      var data = new byte[packet.size()];
      packet.data().get(data);
      av_packet_unref(packet);
      long end = Math.max(given, encoded - delay);
      packets.add(new Packet(data, given, (int) (end - given)));
      given = end;
    }
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      av_frame_free(frame);
      av_packet_free(packet);
      avcodec_free_context(codec);
    }
  }

  private static Failure failed(String what) {
    return Failure.of(Failure.Code.INTERNAL, "SPEECH_FAILED", "the Opus encoder " + what);
  }
}
