package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of one kind that were appended together, as one entry of a stream: of each its number (8
 * bytes), its length (4) and its bytes.
 *
 * @param last the highest number
 */
record Pack(long last, byte[] member) {
  private static final int EACH = Long.BYTES + Integer.BYTES;

  /** A pack with so many bytes takes no more events: bounds drop whole packs. */
  private static final int MOST = 64 << 10;

  /** The events that are media, or those that are not, in as many packs as they need. */
  static List<Pack> of(List<StoredEvent> events, boolean media) {
    var packs = new ArrayList<Pack>(1);
    var some = new ArrayList<StoredEvent>(events.size());
    int size = 0;
    for (StoredEvent it : events) {
      if (it.media() == media) {
        some.add(it);
        size += EACH + it.bytes().length;
        if (size >= MOST) {
          packs.add(packed(some, size));
          some.clear();
          size = 0;
        }
      }
    }
    if (size > 0) {
      packs.add(packed(some, size));
    }
    return packs;
  }

  private static Pack packed(List<StoredEvent> events, int size) {
    var member = ByteBuffer.allocate(size);
    for (StoredEvent it : events) {
      member.putLong(it.seq()).putInt(it.bytes().length).put(it.bytes());
    }
    return new Pack(events.getLast().seq(), member.array());
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
