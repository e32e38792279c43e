package dev.parley.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of {@code parity.txt}: {@code METHOD PATH | header: value; header: value | body}. In
 * the body {@code \x(N)} is N times the character x, and {@code \0(N)} so many zero bytes.
 */
record Odd(String line, String method, String path, Map<String, String> headers, byte[] body) {

  private static final Pattern REPEATED = Pattern.compile("\\\\(.)\\((\\d+)\\)");

  /** All of them, in their order. */
  static List<Odd> all() {
    try (InputStream in = Odd.class.getResourceAsStream("/parity.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(it -> !it.isBlank() && !it.startsWith("#"))
          .map(Odd::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Odd parse(String line) {
    List<String> parts = new ArrayList<>(List.of(line.split(" \\| ", 3)));
    while (parts.size() < 3) {
      parts.add("");
    }
    String[] first = parts.get(0).strip().split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : parts.get(1).split("; (?=[A-Za-z-]+:)")) {
      if (!header.isBlank()) {
        String[] pair = header.split(":", 2);
        headers.put(pair[0].strip(), repeated(pair[1].strip()));
      }
    }
    byte[] body = repeated(parts.get(2)).getBytes(StandardCharsets.UTF_8);
    return new Odd(line, first[0], repeated(first[1]), headers, body);
  }

  private static String repeated(String text) {
    return REPEATED
        .matcher(text)
        .replaceAll(it -> {
          String what = it.group(1).equals("0") ? "\0" : it.group(1);
          return Matcher.quoteReplacement(what.repeat(Integer.parseInt(it.group(2))));
        });
  }

  /** As it goes over the wire. */
  byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    Map<String, String> all = new LinkedHashMap<>();
    all.put("host", "localhost");
    if (body.length > 0 || method.equals("POST") || method.equals("PATCH")) {
      all.put("content-type", "application/json");
      all.put("content-length", Integer.toString(body.length));
    }
    all.put("connection", "close");
    all.putAll(headers);
    all.forEach((name, value) -> {
      if (!value.equals("-")) {
        head.append(name).append(": ").append(value).append("\r\n");
      }
    });
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, bytes, start.length, body.length);
    return bytes;
  }
}
