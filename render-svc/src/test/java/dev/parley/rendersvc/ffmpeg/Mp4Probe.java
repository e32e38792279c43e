package dev.parley.rendersvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/** What FFmpeg finds when it decodes a file. */
record Mp4Probe(
    int pictures,
    int width,
    int height,
    double voiceSeconds,
    double firstPixelRed,
    double lastPixelRed,
    double toneRms) {

  static Mp4Probe of(Path file) {
    AVFormatContext format = new AVFormatContext(null);
    Av.check("open", avformat_open_input(format, file.toString(), null, null));
    Av.check("streams", avformat_find_stream_info(format, (PointerPointer<?>) null));
    AVCodecContext[] decoders = new AVCodecContext[format.nb_streams()];
    for (int i = 0; i < decoders.length; i++) {
      var parameters = format.streams(i).codecpar();
      var codec = avcodec_find_decoder(parameters.codec_id());
      decoders[i] = avcodec_alloc_context3(codec);
      avcodec_parameters_to_context(decoders[i], parameters);
      Av.check("decoder", avcodec_open2(decoders[i], codec, (AVDictionary) null));
    }
    Counting counting = new Counting();
    AVPacket packet = av_packet_alloc();
    while (av_read_frame(format, packet) >= 0) {
      counting.feed(decoders[packet.stream_index()], packet);
      av_packet_unref(packet);
    }
    for (AVCodecContext decoder : decoders) {
      counting.feed(decoder, null);
    }
    avformat_close_input(format);
    return counting.probe();
  }

  private static final class Counting {
    private final AVFrame frame = av_frame_alloc();
    private int pictures;
    private int width;
    private int height;
    private long samples;
    private double seconds;
    private double energy;
    private double first;
    private double last;

    void feed(AVCodecContext decoder, AVPacket packet) {
      Av.check("decode", avcodec_send_packet(decoder, packet));
      while (avcodec_receive_frame(decoder, frame) >= 0) {
        if (decoder.codec_type() == AVMEDIA_TYPE_VIDEO) {
          picture();
        } else {
          voice(decoder.sample_rate());
        }
      }
    }

    private void picture() {
      width = frame.width();
      height = frame.height();
      double y = (frame.data(0).get(0) & 255) - 16;
      double v = (frame.data(2).get(0) & 255) - 128;
      last = 1.164 * y + 1.793 * v;
      first = pictures++ == 0 ? last : first;
    }

    private void voice(int rate) {
      float[] block = new float[frame.nb_samples()];
      new FloatPointer(frame.data(0)).get(block);
      for (float sample : block) {
        energy += sample * sample;
      }
      samples += block.length;
      seconds += block.length / (double) rate;
    }

    Mp4Probe probe() {
      return new Mp4Probe(
          pictures, width, height, seconds, first, last, Math.sqrt(energy / Math.max(1, samples)));
    }
  }
}
