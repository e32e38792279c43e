package dev.parley.documentsvc.library;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/**
 * A passage.
 *
 * @param id UUIDv5 of document, position, spans and text
 * @param position in the document, from 0
 * @param headings above it, outermost first
 * @param tokens its length in tokens of the embedding model
 */
public record Chunk(
    String id, int position, String text, List<String> headings, List<Span> spans, int tokens) {

  /** A passage of a document with the id that follows from what it is. */
  static Chunk of(
      String documentId,
      int position,
      String text,
      List<String> headings,
      List<Span> spans,
      int tokens) {
    String name = documentId + "\n" + position + "\n" + spans + "\n" + text;
    return new Chunk(uuid5(name), position, text, headings, spans, tokens);
  }

  /** UUIDv5 (RFC 9562, 5.5) without a name space of its own. */
  private static String uuid5(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
      long high = (bits(hash, 0) & ~0xF000L) | 0x5000L;
      long low = (bits(hash, 8) & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long bits(byte[] bytes, int from) {
    return java.nio.ByteBuffer.wrap(bytes, from, 8).getLong();
  }
}
