package dev.parley.rendersvc.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import dev.parley.kit.failure.Failure;
import java.nio.charset.StandardCharsets;

/** FFmpeg's return codes. */
final class Av {
  private Av() {}

  static int check(String what, int code) {
    if (code < 0) {
      byte[] text = new byte[128];
      av_strerror(code, text, text.length);
      String reason = new String(text, StandardCharsets.US_ASCII).trim().replace("\0", "");
      throw Failure.of(Failure.Code.INTERNAL, "RENDER_FAILED", what + ": " + reason);
    }
    return code;
  }

  static <T> T present(String what, T thing) {
    if (thing == null) {
      throw Failure.of(Failure.Code.INTERNAL, "RENDER_FAILED", what + ": not in this FFmpeg");
    }
    return thing;
  }
}
