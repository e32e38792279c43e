package dev.parley.client.golden;

import dev.parley.conversation.v1.ServerEvent;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds for every conversation on every door, however often its connection broke. */
final class Rules {
  private Rules() {}

  /** The first rule that is broken. */
  static Optional<String> broken(List<ServerEvent> events) {
    long last = 0;
    Map<String, Long> voice = new HashMap<>();
    Map<String, Long> words = new HashMap<>();
    for (ServerEvent event : events) {
      String turn = event.getTurnId();
      if (event.getSeq() > 0 && event.getSeq() <= last) {
        return Optional.of("seq " + event.getSeq() + " came after " + last);
      }
      last = Math.max(last, event.getSeq());
      if (event.hasAudioDelta()) {
        long at = event.getMediaTimeUs();
        long due = voice.getOrDefault(turn, at);
        if (at != due) {
          return Optional.of("voice at " + at + " us (expected " + due + ")");
        }
        voice.put(turn, at + event.getAudioDelta().getDurationUs());
      }
      if (event.hasWordSpoken()) {
        long start = event.getWordSpoken().getSpan().getStartUs();
        if (start < words.getOrDefault(turn, 0L)) {
          return Optional.of("word at " + start + " us came after " + words.get(turn));
        }
        words.put(turn, start);
      }
    }
    return Optional.empty();
  }

  /** The sound of a turn. */
  static byte[] voice(List<ServerEvent> events, String turn) {
    ByteArrayOutputStream voice = new ByteArrayOutputStream();
    events.stream()
        .filter(e -> e.hasAudioDelta() && e.getTurnId().equals(turn))
        .forEach(e -> voice.writeBytes(e.getAudioDelta().getData().toByteArray()));
    return voice.toByteArray();
  }
}
