package dev.parley.e2e;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.conversation.v1.Tier;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Words for tests that converse. */
final class Talking {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private Talking() {}

  static ClientEvent text(long seq, String text) {
    return ClientEvent.newBuilder()
        .setClientSeq(seq)
        .setTextInput(TextInput.newBuilder().setText(text))
        .build();
  }

  static SessionStart.Builder with(String character, Tier... tiers) {
    return SessionStart.newBuilder().setCharacterId(character).addAllTiers(List.of(tiers));
  }

  /** Up to and with the first that fits, or up to the end of the connection. */
  static List<ServerEvent> until(Carrier.Talk talk, Predicate<ServerEvent> last) {
    List<ServerEvent> events = new ArrayList<>();
    for (var e = talk.next(PATIENCE); e.isPresent(); e = talk.next(PATIENCE)) {
      if (!e.get().hasHeartbeat()) {
        events.add(e.get());
      }
      if (last.test(e.get())) {
        break;
      }
    }
    return events;
  }

  /** The sound of those events. */
  static byte[] voice(List<ServerEvent> events) {
    ByteArrayOutputStream voice = new ByteArrayOutputStream();
    events.stream()
        .filter(ServerEvent::hasAudioDelta)
        .forEach(e -> voice.writeBytes(e.getAudioDelta().getData().toByteArray()));
    return voice.toByteArray();
  }
}
