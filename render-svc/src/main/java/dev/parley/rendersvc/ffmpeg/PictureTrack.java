package dev.parley.rendersvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.parley.rendersvc.raster.Picture;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** H.264 by OpenH264, BT.709, no reordering: every picture in gives one packet out. */
final class PictureTrack implements AutoCloseable {
  private final AVCodecContext context;
  private final AVFrame frame;
  private final AVPacket packet = av_packet_alloc();
  private final Yuv yuv;
  private long next;
  private boolean open = true;

  PictureTrack(int width, int height, int fps) {
    AVCodec codec = Av.present("libopenh264", avcodec_find_encoder_by_name("libopenh264"));
    context = avcodec_alloc_context3(codec);
    context.width(width).height(height).pix_fmt(AV_PIX_FMT_YUV420P).gop_size(fps);
    context.time_base(av_make_q(1, fps)).framerate(av_make_q(fps, 1));
    context.bit_rate((long) (width * (long) height * fps * .22)).max_b_frames(0).thread_count(1);
    context.colorspace(AVCOL_SPC_BT709).color_primaries(AVCOL_PRI_BT709);
    context.color_trc(AVCOL_TRC_BT709).color_range(AVCOL_RANGE_MPEG);
    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    AVDictionary options = new AVDictionary();
    av_dict_set(options, "allow_skip_frames", "0", 0);
    Av.check("libopenh264", avcodec_open2(context, codec, options));
    av_dict_free(options);
    frame = av_frame_alloc();
    frame.format(AV_PIX_FMT_YUV420P).width(width).height(height);
    Av.check("picture", av_frame_get_buffer(frame, 0));
    yuv = new Yuv(width, height, frame);
  }

  AVCodecContext context() {
    return context;
  }

  /** The codec string of RFC 6381, from the sequence parameter set. */
  String codecName() {
    byte[] header = new byte[context.extradata_size()];
    context.extradata().get(header);
    for (int i = 0; i + 4 < header.length; i++) {
      if (header[i] == 0 && header[i + 1] == 1 && (header[i + 2] & 31) == 7) {
        return "avc1.%02X%02X%02X".formatted(header[i + 3], header[i + 4], header[i + 5]);
      }
    }
    return "avc1.42C01F";
  }

  /** Encodes one picture; the packets are valid within the call. */
  void add(Picture picture, Consumer<AVPacket> sink) {
    Av.check("picture", av_frame_make_writable(frame));
    yuv.write(picture.rgb(), frame);
    frame.pts(next++);
    Av.check("H.264", avcodec_send_frame(context, frame));
    drain(sink);
  }

  void finish(Consumer<AVPacket> sink) {
    Av.check("H.264", avcodec_send_frame(context, null));
    drain(sink);
  }

  private void drain(Consumer<AVPacket> sink) {
    while (avcodec_receive_packet(context, packet) >= 0) {
      packet.duration(1);
      sink.accept(packet);
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
