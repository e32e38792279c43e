package dev.parley.rendersvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.parley.kit.failure.Failure;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/**
 * AAC-LC, mono. The packet of priming before media time 0 is left out, so that time in the file is
 * media time without an edit list.
 */
final class VoiceTrack implements AutoCloseable {
  private static final Set<Integer> RATES =
      new TreeSet<>(Set.of(8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000));
  private static final int BLOCK = 1024;

  private final AVCodecContext context;
  private final AVFrame frame;
  private final AVPacket packet = av_packet_alloc();
  private final int rate;
  private float[] waiting = new float[1 << 14];
  private int count;
  private long encoded;
  private long end = Long.MAX_VALUE;
  private boolean open = true;

  VoiceTrack(int rate) {
    if (!RATES.contains(rate)) {
      throw Failure.invalid("sample_rate_hz", rate + " (expected for video one of " + RATES + ")");
    }
    this.rate = rate;
    AVCodec codec = Av.present("aac", avcodec_find_encoder(AV_CODEC_ID_AAC));
    context = avcodec_alloc_context3(codec);
    context.sample_rate(rate).sample_fmt(AV_SAMPLE_FMT_FLTP).bit_rate(64_000);
    context.time_base(av_make_q(1, rate));
    av_channel_layout_default(context.ch_layout(), 1);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    Av.check("aac", avcodec_open2(context, codec, (AVDictionary) null));
    frame = av_frame_alloc();
    frame.format(AV_SAMPLE_FMT_FLTP).nb_samples(BLOCK).sample_rate(rate);
    av_channel_layout_default(frame.ch_layout(), 1);
    Av.check("voice", av_frame_get_buffer(frame, 0));
  }

  AVCodecContext context() {
    return context;
  }

  void add(float[] samples) {
    if (count + samples.length > waiting.length) {
      waiting = Arrays.copyOf(waiting, Math.max(2 * waiting.length, count + samples.length));
    }
    System.arraycopy(samples, 0, waiting, count, samples.length);
    count += samples.length;
  }

  /**
   * Encodes whole blocks that begin before {@code untilUs}, with silence where nothing was said.
   */
  void advance(long untilUs, Consumer<AVPacket> sink) {
    long samples = untilUs * rate / 1_000_000;
    while (encoded < samples) {
      int missing = (int) Math.min(BLOCK, samples - encoded) - count;
      if (missing > 0) {
        add(new float[missing]);
      }
      if (count < BLOCK && samples - encoded < BLOCK) {
        return;
      }
      block(sink);
    }
  }

  /**
   * Encodes the rest up to {@code endUs} and what was said beyond it; the last packet is said to be
   * no longer than that.
   */
  void finish(long endUs, Consumer<AVPacket> sink) {
    end = Math.max(endUs * rate / 1_000_000, encoded + count);
    advance(endUs, sink);
    while (count > 0) {
      block(sink);
    }
    Av.check("AAC", avcodec_send_frame(context, null));
    drain(sink);
  }

  private void block(Consumer<AVPacket> sink) {
    Av.check("voice", av_frame_make_writable(frame));
    int taken = Math.min(count, BLOCK);
    float[] block = Arrays.copyOf(Arrays.copyOf(waiting, taken), BLOCK);
    new FloatPointer(frame.data(0)).put(block, 0, BLOCK);
    System.arraycopy(waiting, taken, waiting, 0, count - taken);
    count -= taken;
    frame.pts(encoded);
    encoded += BLOCK;
    Av.check("AAC", avcodec_send_frame(context, frame));
    drain(sink);
  }

  private void drain(Consumer<AVPacket> sink) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      long length = Math.min(BLOCK, end - packet.pts());
      if (packet.pts() >= 0 && length > 0) {
        packet.duration(length);
        sink.accept(packet);
      }
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(context);
    }
  }
}
