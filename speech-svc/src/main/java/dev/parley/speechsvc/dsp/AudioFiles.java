package dev.parley.speechsvc.dsp;

/** Reads and writes sound files. Safe for many threads; blocks while it works. */
public interface AudioFiles {

  /** Files that can be written. */
  enum Format {
    WAV("audio/wav"),
    MP3("audio/mpeg"),
    OGG_OPUS("audio/ogg");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    /** As in {@code Content-Type}. */
    public String mediaType() {
      return mediaType;
    }
  }

  /**
   * The sound of a file, mixed to mono at another rate. A file that is cut off gives what is there.
   *
   * @throws dev.parley.kit.failure.Failure AUDIO_UNREADABLE when it is none of the accepted
   *     formats, TOO_LARGE when it is too long
   */
  Pcm read(byte[] file, int rateHz);

  /** A file of the sound. */
  byte[] write(Pcm audio, Format format);
}
