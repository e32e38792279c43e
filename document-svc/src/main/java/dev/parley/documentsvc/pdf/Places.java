package dev.parley.documentsvc.pdf;

import java.util.Arrays;

/** A set of letters at places of one page: open addressing over longs, as it is asked per glyph. */
final class Places {
  private static final long EMPTY = Long.MIN_VALUE;

  private long[] slots = empty(1 << 13);
  private int size;

  private static long[] empty(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(slots, EMPTY);
    }
    size = 0;
  }

  boolean contains(int letter, int x, int y) {
    long key = key(letter, x, y);
    return slots[slot(key)] == key;
  }

  /** False when it is there. */
  boolean add(int letter, int x, int y) {
    long key = key(letter, x, y);
    int slot = slot(key);
    if (slots[slot] == key) {
      return false;
    }
    slots[slot] = key;
    if (++size * 2 > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = empty(2 * old.length);
    for (long key : old) {
      if (key != EMPTY) {
        slots[slot(key)] = key;
      }
    }
  }

  /** Letters of 24 bits, places of 20 bits each. */
  private static long key(int letter, int x, int y) {
    return (letter & 0xFF_FFFFL) << 40 | (x & 0xF_FFFFL) << 20 | (y & 0xF_FFFFL);
  }

  private int slot(long key) {
    long mixed = key * 0x9E37_79B9_7F4A_7C15L;
    int slot = (int) (mixed >>> 40) & (slots.length - 1);
    while (slots[slot] != EMPTY && slots[slot] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
