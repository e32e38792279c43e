package dev.parley.speechsvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.speechsvc.dsp.AudioFiles;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.WavFile;

/** Sound files by FFmpeg, which runs on the pool given; WAV is written without it. */
public final class FfmpegAudioFiles implements AudioFiles {

  private static final int MAX_READ_S = 660;

  private final NativePool calls;

  public FfmpegAudioFiles(NativePool calls) {
    this.calls = calls;
    av_log_set_level(AV_LOG_QUIET);
  }

  @Override
  public Pcm read(byte[] file, int rateHz) {
    return calls.call(() -> new AudioReading(rateHz, MAX_READ_S * rateHz).read(file));
  }

  @Override
  public byte[] write(Pcm audio, Format format) {
    return switch (format) {
      case WAV -> WavFile.of(audio);
      case MP3 -> calls.call(() -> new AudioWriting("mp3", "libmp3lame", 64_000).write(audio));
      case OGG_OPUS -> calls.call(() -> new AudioWriting("ogg", "libopus", 32_000).write(audio));
    };
  }
}
