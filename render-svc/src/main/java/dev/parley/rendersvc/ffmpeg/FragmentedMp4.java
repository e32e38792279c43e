package dev.parley.rendersvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import dev.parley.rendersvc.raster.Picture;
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.FilmEncoder;
import dev.parley.rendersvc.video.FilmEncoders;
import dev.parley.rendersvc.video.FilmFragment;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;

/**
 * H.264 and AAC in a fragmented MP4, written to memory. A fragment is cut six times a second (five
 * at 25 pictures), so that the key pictures, one a second, stand at the beginning of one; its
 * {@code tfdt} is media time.
 */
public final class FragmentedMp4 implements FilmEncoder {
  private static final int FRAGMENTS_A_SECOND = 6;

  private final int fps;
  private final int fragmentPictures;
  private final PictureTrack pictures;
  private final VoiceTrack voice;
  private final AVFormatContext muxer = new AVFormatContext(null);
  private final AVStream pictureStream;
  private final AVStream voiceStream;
  private final List<FilmFragment> ready = new ArrayList<>();
  private long drawn;
  private long fragmentStart;
  private boolean open = true;

  private FragmentedMp4(Shot shot, int fps, int sampleRateHz) {
    this.fps = fps;
    this.fragmentPictures = fps % FRAGMENTS_A_SECOND == 0 ? fps / FRAGMENTS_A_SECOND : fps / 5;
    this.voice = new VoiceTrack(sampleRateHz);
    this.pictures = new PictureTrack(shot.width(), shot.height(), fps);
    Av.check("mp4", avformat_alloc_output_context2(muxer, null, "mp4", null));
    pictureStream = stream(pictures.context());
    voiceStream = stream(voice.context());
    begin();
    writeHeader();
    String codecs = pictures.codecName() + ",mp4a.40.2";
    ready.add(new FilmFragment(cut(), true, 0, 0, "video/mp4; codecs=\"" + codecs + "\""));
  }

  /** Opens films of this kind. */
  public static FilmEncoders encoders() {
    av_log_set_level(AV_LOG_ERROR);
    return FragmentedMp4::new;
  }

  private AVStream stream(AVCodecContext codec) {
    AVStream stream = avformat_new_stream(muxer, null);
    Av.check("mp4", avcodec_parameters_from_context(stream.codecpar(), codec));
    stream.time_base(codec.time_base());
    return stream;
  }

  private void writeHeader() {
    AVDictionary options = new AVDictionary();
    av_dict_set(options, "movflags", "frag_custom+empty_moov+default_base_moof+skip_trailer", 0);
    av_dict_set(options, "use_editlist", "0", 0);
    Av.check("mp4 header", avformat_write_header(muxer, options));
    av_dict_free(options);
  }

  @Override
  public void voice(float[] samples) {
    voice.add(samples);
  }

  @Override
  public void picture(Picture picture) {
    pictures.add(picture, packet -> write(packet, pictures.context(), pictureStream));
    drawn++;
    voice.advance(timeUs(drawn), packet -> write(packet, voice.context(), voiceStream));
    if (drawn - fragmentStart == fragmentPictures) {
      fragment();
    }
  }

  @Override
  public void finish() {
    pictures.finish(packet -> write(packet, pictures.context(), pictureStream));
    voice.finish(timeUs(drawn), packet -> write(packet, voice.context(), voiceStream));
    fragment();
    Av.check("mp4 end", av_write_trailer(muxer));
  }

  private long timeUs(long index) {
    return index * 1_000_000 / fps;
  }

  private void write(AVPacket packet, AVCodecContext codec, AVStream stream) {
    packet.stream_index(stream.index());
    av_packet_rescale_ts(packet, codec.time_base(), stream.time_base());
    Av.check("mp4", av_write_frame(muxer, packet));
  }

  private void fragment() {
    Av.check("mp4 fragment", av_write_frame(muxer, (AVPacket) null));
    byte[] data = cut();
    if (data.length > 0) {
      long start = timeUs(fragmentStart);
      ready.add(new FilmFragment(data, false, start, timeUs(drawn) - start, ""));
    }
    fragmentStart = drawn;
  }

  private void begin() {
    AVIOContext memory = new AVIOContext(null);
    Av.check("memory", avio_open_dyn_buf(memory));
    muxer.pb(memory);
  }

  /** Takes what was written so far and begins anew. */
  private byte[] cut() {
    byte[] data = close(muxer.pb());
    begin();
    return data;
  }

  private static byte[] close(AVIOContext memory) {
    BytePointer written = new BytePointer((BytePointer) null);
    int size = avio_close_dyn_buf(memory, written);
    byte[] data = new byte[size];
    if (size > 0) {
      written.get(data, 0, size);
    }
    av_free(written);
    return data;
  }

  @Override
  public List<FilmFragment> take() {
    List<FilmFragment> taken = List.copyOf(ready);
    ready.clear();
    return taken;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      close(muxer.pb());
      muxer.pb(null);
      avformat_free_context(muxer);
      pictures.close();
      voice.close();
    }
  }
}
