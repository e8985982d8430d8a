package io.jeton.server.api;

import java.util.OptionalLong;

/** Numbers by evenly spread numbers, in some 40 bytes each. Not safe for use by several threads. */
final class LongMap {
  private static final int FIRST_SLOTS = 1 << 10;

  /** Key and value in turns; the key 0 marks a free slot. */
  private long[] slots = new long[2 * FIRST_SLOTS];

  private int size;

  int size() {
    return size;
  }

  OptionalLong get(long key) {
    int slot = slot(slots, key);
    return slots[slot] == 0 ? OptionalLong.empty() : OptionalLong.of(slots[slot + 1]);
  }

  void put(long key, long value) {
    int slot = slot(slots, key);
    if (slots[slot] == 0) {
      if (4 * (size + 1) > slots.length + slots.length / 2) {
        grow();
        slot = slot(slots, key);
      }
      size++;
    }
    slots[slot] = nonZero(key);
    slots[slot + 1] = value;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    for (int n = 0; n < slots.length; n += 2) {
      if (slots[n] != 0) {
        int slot = slot(larger, slots[n]);
        larger[slot] = slots[n];
        larger[slot + 1] = slots[n + 1];
      }
    }
    slots = larger;
  }

  /** The slot of a key, or the free one where it belongs. */
  private static int slot(long[] slots, long key) {
    int mask = slots.length - 1;
    int slot = (int) nonZero(key) << 1 & mask;
    while (slots[slot] != 0 && slots[slot] != nonZero(key)) {
      slot = slot + 2 & mask;
    }
    return slot;
  }

  private static long nonZero(long key) {
    return key == 0 ? 1 : key;
  }
}
