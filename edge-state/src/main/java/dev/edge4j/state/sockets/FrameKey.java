package dev.edge4j.state.sockets;

import dev.edge4j.state.store.Slot;

/**
 * Where a kept message lies. All that is to be known of it but its payload is in its key, so that a wake-up reads keys alone.
 *
 * @param number of the message in its object, from 1
 * @param previous the number of the one before it for the same audience; what is missing between two that are kept was given up
 * @param bytes of its payload
 */
public record FrameKey(long number, long previous, int bytes, Audience audience) {
  private static final int DIGITS = 16;
  private static final int SIZE_DIGITS = 8;

  /** Its key, in the order of the numbers. */
  public Slot slot() {
    return new Slot(Slot.Kind.FRAME, String.format("%016x%016x%08x", number, previous, bytes) + audience.text());
  }

  /** The message again, from its payload. */
  public Outgoing.Send send(byte[] payload) {
    return new Outgoing.Send(number, audience, Framing.message(payload));
  }

  static FrameKey parse(String key) {
    return new FrameKey(Long.parseUnsignedLong(key, 0, DIGITS, 16),
        Long.parseUnsignedLong(key, DIGITS, 2 * DIGITS, 16),
        Integer.parseUnsignedInt(key, 2 * DIGITS, 2 * DIGITS + SIZE_DIGITS, 16),
        Audience.parse(key.substring(2 * DIGITS + SIZE_DIGITS)));
  }
}
