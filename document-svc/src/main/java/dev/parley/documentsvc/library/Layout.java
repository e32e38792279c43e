package dev.parley.documentsvc.library;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the words of a page stand, packed into 14 bytes a word: start (int), length (short), then
 * x, y, width and height in 65535ths of the page.
 */
public record Layout(byte[] packed) {
  /** Of a page without a picture. */
  public static final Layout NONE = new Layout(new byte[0]);

  private static final int WORD_BYTES = 14;
  private static final float SCALE = 65_535f;

  /** Packs words. */
  public static Layout of(List<WordBox> words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.size() * WORD_BYTES);
    for (WordBox it : words) {
      bytes.putInt(it.start()).putShort((short) Math.min(0xFFFF, it.end() - it.start()));
      bytes.putShort(share(it.x())).putShort(share(it.y()));
      bytes.putShort(share(it.width())).putShort(share(it.height()));
    }
    return new Layout(bytes.array());
  }

  /** The words in reading order. */
  public List<WordBox> words() {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    List<WordBox> words = new ArrayList<>(packed.length / WORD_BYTES);
    while (bytes.remaining() >= WORD_BYTES) {
      int start = bytes.getInt();
      int end = start + (bytes.getShort() & 0xFFFF);
      words.add(new WordBox(start, end, next(bytes), next(bytes), next(bytes), next(bytes)));
    }
    return words;
  }

  private static short share(float value) {
    return (short) Math.round(Math.clamp(value, 0f, 1f) * SCALE);
  }

  private static float next(ByteBuffer bytes) {
    return (bytes.getShort() & 0xFFFF) / SCALE;
  }
}
