package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A film as FFmpeg's own programs see it. */
record Film(Path file) {
  private static final Path PROBE = Path.of("/usr/bin/ffprobe");

  static boolean canBeSeen() {
    return Files.isExecutable(PROBE);
  }

  /** A packet of one track; seconds. */
  record Packet(double start, boolean key) {}

  /** Packets of {@code v} or {@code a} in their order. */
  List<Packet> packets(String track) throws Exception {
    String json =
        run(
            PROBE.toString(),
            "-v",
            "error",
            "-select_streams",
            track,
            "-show_packets",
            "-of",
            "json",
            file.toString());
    JsonArray all = JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("packets");
    List<Packet> packets = new ArrayList<>();
    for (var element : all) {
      JsonObject p = element.getAsJsonObject();
      packets.add(
          new Packet(
              p.get("pts_time").getAsDouble(), p.get("flags").getAsString().startsWith("K")));
    }
    return packets;
  }

  /** Decodes all of it and gives what FFmpeg complains of. */
  String complaints() throws Exception {
    return run("/usr/bin/ffmpeg", "-v", "warning", "-i", file.toString(), "-f", "null", "-");
  }

  /** Types of the boxes at the top, in order. */
  List<String> boxes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var in = java.nio.ByteBuffer.wrap(bytes);
    List<String> types = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += in.getInt(at)) {
      types.add(new String(bytes, at + 4, 4, java.nio.charset.StandardCharsets.US_ASCII));
    }
    return types;
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), said).isZero();
    return said;
  }
}
