package dev.parley.speechsvc.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A form of {@code multipart/form-data} (RFC 7578): fields, then one file named {@code file}. */
final class Multipart {

  private final String boundary = "parley-" + UUID.randomUUID();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Multipart(Map<String, String> fields, String fileName, String mediaType, byte[] file) {
    fields.forEach((name, value) ->
        text(
            "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
            boundary, name, value));
    text(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n",
        boundary, fileName, mediaType);
    bytes.writeBytes(file);
    text("\r\n--%s--\r\n", boundary);
  }

  private void text(String format, Object... values) {
    bytes.writeBytes(String.format(format, values).getBytes(StandardCharsets.UTF_8));
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
