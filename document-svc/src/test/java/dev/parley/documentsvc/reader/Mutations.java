package dev.parley.documentsvc.reader;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Makes wrong files of good ones: the same ones for the same seed. */
final class Mutations {
  private static final List<String> WORDS =
      List.of(
          "<",
          ">",
          "<<",
          ">>",
          "[",
          "(",
          "endstream",
          "endobj",
          " 0 R",
          "/Kids",
          "/Length 0",
          "-1",
          "4294967296",
          "1e99",
          "&#x110000;",
          "<!--",
          "]]>",
          "<![CDATA[",
          "<w:tbl>",
          "</w:p>",
          "<table>",
          "</table>",
          "```",
          "| - |",
          "[](",
          "> > > >",
          "\u0000",
          "\uFEFF",
          "\r",
          "BT",
          "Tj",
          "q ",
          "Q ",
          "cm ",
          "/F 9999 Tf ");

  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  /** One to eight changes, mostly few. */
  byte[] of(byte[] good) {
    byte[] bad = good;
    for (int left = 1 + random.nextInt(1 + random.nextInt(8)); left > 0; left--) {
      bad = change(bad);
    }
    return bad;
  }

  private byte[] change(byte[] it) {
    int from = random.nextInt(it.length + 1);
    int to = Math.min(it.length, from + 1 + random.nextInt(1 + random.nextInt(200)));
    return switch (random.nextInt(6)) {
      case 0 -> joined(it, from, noise(to - from), to);
      case 1 -> joined(it, from, new byte[0], to);
      case 2 -> joined(it, from, repeated(Arrays.copyOfRange(it, from, to)), from);
      case 3 -> Arrays.copyOf(it, from);
      case 4 -> joined(it, from, digitsOf(it, from, to), to);
      default -> joined(it, from, word(), from);
    };
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private byte[] repeated(byte[] part) {
    int times = 1 + random.nextInt(50);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Numbers become other numbers: lengths, offsets, sizes. */
  private byte[] digitsOf(byte[] it, int from, int to) {
    byte[] part = Arrays.copyOfRange(it, from, to);
    for (int i = 0; i < part.length; i++) {
      if (Character.isDigit(part[i])) {
        part[i] = (byte) ('0' + random.nextInt(10));
      }
    }
    return part;
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] it, int end, byte[] middle, int begin) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(it, 0, end);
    all.writeBytes(middle);
    all.write(it, begin, it.length - begin);
    return all.toByteArray();
  }

  /** A package of which one part is wrong, so that not all fail at their checksum. */
  byte[] ofPackage(byte[] good) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(good))) {
      for (ZipEntry it = in.getNextEntry(); it != null; it = in.getNextEntry()) {
        parts.put(it.getName(), in.readAllBytes());
      }
    }
    String chosen = List.copyOf(parts.keySet()).get(random.nextInt(parts.size()));
    parts.put(chosen, of(parts.get(chosen)));
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        out.putNextEntry(new ZipEntry(part.getKey()));
        out.write(part.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
