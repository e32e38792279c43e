package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_SEEKABLE_NORMAL;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A file that lies in memory, opened by one demuxer: the whole of it is the buffer of an AVIO
 * context, so there are no calls back. One thread.
 */
final class MemoryInput implements AutoCloseable {

  private static final int PADDING = 64;

  private final AVIOContext io;
  private final AVFormatContext format;
  private final boolean open;

  MemoryInput(byte[] file, Container container) {
    var buffer = new BytePointer(av_malloc(file.length + PADDING)).capacity(file.length + PADDING);
    buffer.put(file, 0, file.length);
    for (int i = 0; i < PADDING; i++) {
      buffer.put(file.length + i, (byte) 0);
    }
    io =
        avio_alloc_context(
            buffer,
            file.length,
            0,
            (Pointer) null,
            (Read_packet_Pointer_BytePointer_int) null,
            (Write_packet_Pointer_BytePointer_int) null,
            (Seek_Pointer_long_int) null);
    io.buf_end(new BytePointer(buffer).position(file.length));
    io.pos(file.length);
    io.seekable(AVIO_SEEKABLE_NORMAL);
    format = avformat_alloc_context();
    format.pb(io);
    var demuxer = av_find_input_format(container.demuxer());
    open = avformat_open_input(format, (String) null, demuxer, (AVDictionary) null) >= 0;
  }

  /** Empty streams where it could not be opened. */
  boolean open() {
    return open;
  }

  AVFormatContext format() {
    return format;
  }

  @Override
  public void close() {
    if (open) {
      avformat_close_input(format);
    }
    av_free(io.buffer());
    avio_context_free(io);
  }
}
