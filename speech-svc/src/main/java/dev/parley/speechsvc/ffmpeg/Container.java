package dev.parley.speechsvc.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The containers that are accepted, told apart by their first bytes; nothing else is opened. */
enum Container {
  WAV("wav"),
  OGG("ogg"),
  MATROSKA("matroska"),
  FLAC("flac"),
  MP3("mp3"),
  MP4("mov");

  private final String demuxer;

  Container(String demuxer) {
    this.demuxer = demuxer;
  }

  /** Its name in FFmpeg. */
  String demuxer() {
    return demuxer;
  }

  static Optional<Container> of(byte[] file) {
    if (has(file, 0, "RIFF") && has(file, 8, "WAVE")) {
      return Optional.of(WAV);
    }
    if (has(file, 0, "OggS")) {
      return Optional.of(OGG);
    }
    if (has(file, 0, "\u001a\u0045\u00df\u00a3")) {
      return Optional.of(MATROSKA);
    }
    if (has(file, 0, "fLaC")) {
      return Optional.of(FLAC);
    }
    if (has(file, 4, "ftyp")) {
      return Optional.of(MP4);
    }
    boolean frame = file.length > 2 && file[0] == (byte) 0xff && (file[1] & 0xe0) == 0xe0;
    return has(file, 0, "ID3") || frame ? Optional.of(MP3) : Optional.empty();
  }

  private static boolean has(byte[] file, int at, String magic) {
    var expected = magic.getBytes(StandardCharsets.ISO_8859_1);
    if (file.length < at + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
