package dev.edge4j.server.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Takes the mask off a payload (RFC 6455 section 5.3), eight bytes at a time. */
final class Mask {
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Mask() {}

  /**
   * Unmasks in place.
   *
   * @param key the four bytes of the mask, the first one on top
   * @param position where in the frame's payload the first byte stands
   */
  static void remove(byte[] bytes, int key, long position) {
    int turned = Integer.rotateLeft(key, 8 * (int) (position & 3));
    long twice = Integer.toUnsignedLong(turned) << 32 | Integer.toUnsignedLong(turned);
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      LONGS.set(bytes, i, (long) LONGS.get(bytes, i) ^ twice);
    }
    for (; i < bytes.length; i++) {
      bytes[i] ^= (byte) (turned >>> (24 - 8 * (i & 3)));
    }
  }
}
