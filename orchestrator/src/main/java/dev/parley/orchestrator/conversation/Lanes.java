package dev.parley.orchestrator.conversation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Media of one turn that waits for its time: citations, words, voice, face and video, each in order
 * of media time, given out together by it. Not thread-safe.
 */
final class Lanes {
  /** Something due at a media time. */
  record Item(long mediaUs, Event event) {}

  /** Takes what is due. */
  interface Taker {
    void take(long mediaUs, Event event);
  }

  private final ArrayDeque<Item> citations = new ArrayDeque<>();
  private final ArrayDeque<Item> words = new ArrayDeque<>();
  private final ArrayDeque<Item> voice = new ArrayDeque<>();
  private final ArrayDeque<Item> face = new ArrayDeque<>();
  private final ArrayDeque<Item> video = new ArrayDeque<>();
  private final List<ArrayDeque<Item>> all = List.of(citations, words, voice, face, video);

  void add(long mediaUs, Event event) {
    lane(event).add(new Item(mediaUs, event));
  }

  /** Puts something longer in place of the voice that waits last, if that is to be. */
  boolean extendVoice(Function<Item, Optional<Event>> longer) {
    Item last = voice.peekLast();
    Optional<Event> extended = last == null ? Optional.empty() : longer.apply(last);
    if (last != null && extended.isPresent()) {
      voice.removeLast();
      voice.add(new Item(last.mediaUs(), extended.get()));
    }
    return extended.isPresent();
  }

  boolean isEmpty() {
    return headUs() == Long.MAX_VALUE;
  }

  /** When the next thing is due; the largest number when nothing waits. */
  long headUs() {
    long head = Long.MAX_VALUE;
    for (ArrayDeque<Item> lane : all) {
      Item first = lane.peek();
      if (first != null) {
        head = Math.min(head, first.mediaUs());
      }
    }
    return head;
  }

  /**
   * Gives out everything that is due before then, in order of time; citations before words before
   * voice before face.
   */
  void release(long allowedUs, Taker taker) {
    for (long head = headUs(); head < allowedUs; head = headUs()) {
      for (ArrayDeque<Item> lane : all) {
        while (!lane.isEmpty() && lane.peek().mediaUs() <= head) {
          Item item = lane.remove();
          taker.take(item.mediaUs(), item.event());
        }
      }
    }
  }

  void clear() {
    all.forEach(ArrayDeque::clear);
  }

  private ArrayDeque<Item> lane(Event event) {
    if (event instanceof Event.Cited) {
      return citations;
    }
    return switch (event.tier()) {
      case AUDIO -> voice;
      case FACE -> face;
      case VIDEO -> video;
      case TEXT -> words;
    };
  }
}
