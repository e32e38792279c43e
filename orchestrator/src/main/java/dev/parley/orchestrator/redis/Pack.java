package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events of one kind that were appended together, as one member of a sorted set: of each its number
 * (8 bytes), its length (4) and its bytes.
 *
 * @param last the highest number
 */
record Pack(long last, byte[] member) {
  private static final int EACH = Long.BYTES + Integer.BYTES;

  /** The events that are media, or those that are not; empty where there are none. */
  static Optional<Pack> of(List<StoredEvent> events, boolean media) {
    int size = 0;
    long last = 0;
    for (StoredEvent it : events) {
      size += it.media() == media ? EACH + it.bytes().length : 0;
      last = it.media() == media ? it.seq() : last;
    }
    if (size == 0) {
      return Optional.empty();
    }
    var member = ByteBuffer.allocate(size);
    for (StoredEvent it : events) {
      if (it.media() == media) {
        member.putLong(it.seq()).putInt(it.bytes().length).put(it.bytes());
      }
    }
    return Optional.of(new Pack(last, member.array()));
  }

  /** What is in a member. */
  static List<StoredEvent> events(byte[] member, boolean media) {
    var events = new ArrayList<StoredEvent>();
    var rest = ByteBuffer.wrap(member);
    while (rest.hasRemaining()) {
      long seq = rest.getLong();
      byte[] bytes = new byte[rest.getInt()];
      rest.get(bytes);
      events.add(new StoredEvent(seq, media, bytes));
    }
    return events;
  }
}
