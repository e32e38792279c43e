package dev.parley.speechsvc.dsp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes RIFF WAVE with 16-bit mono samples. */
public final class WavFile {

  private static final int HEADER = 44;

  private WavFile() {}

  /** The file. */
  public static byte[] of(Pcm audio) {
    var data = audio.bytes();
    var file = ByteBuffer.allocate(HEADER + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(tag("RIFF")).putInt(HEADER - 8 + data.length).put(tag("WAVE"));
    file.put(tag("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(audio.rateHz()).putInt(audio.rateHz() * 2);
    file.putShort((short) 2).putShort((short) 16);
    file.put(tag("data")).putInt(data.length).put(data);
    return file.array();
  }

  private static byte[] tag(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
