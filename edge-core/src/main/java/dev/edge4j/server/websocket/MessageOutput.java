package dev.edge4j.server.websocket;

import dev.edge4j.server.websocket.Deflating.Fragment;
import dev.edge4j.server.websocket.Deflating.Until;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One message on its way out, in fragments. Confined to one thread at a time; its end gives the turn to the next message. */
final class MessageOutput extends OutputStream {
  private final FrameWriter frames;
  private final @Nullable Deflating deflating;
  private final int opcode;
  private final Consumer<Boolean> released;
  private final byte[] buffer;
  private int filled;
  private boolean begun;
  private boolean complete;
  private boolean over;

  /**
   * A message of that kind.
   *
   * @param deflating null to send it as it is
   * @param released called once when the message is over, with whether it is complete or was never begun
   */
  MessageOutput(FrameWriter frames, @Nullable Deflating deflating, int opcode, int fragmentBytes,
      Consumer<Boolean> released) {
    this.frames = frames;
    this.deflating = deflating;
    this.opcode = opcode;
    this.released = released;
    this.buffer = new byte[deflating == null ? fragmentBytes : 0];
    if (deflating != null) {
      deflating.begin(fragmentBytes);
    }
  }

  /** Sends all of the message at once. */
  void whole(byte[] bytes) {
    if (deflating != null) {
      deflating.input(bytes, 0, bytes.length);
      drain(deflating, Until.ENDED);
      return;
    }
    int from = 0;
    for (; bytes.length - from > Sender.FRAGMENT_BYTES; from += Sender.FRAGMENT_BYTES) {
      frame(0, bytes, from, Sender.FRAGMENT_BYTES);
    }
    frame(Rules.FIN, bytes, from, bytes.length - from);
  }

  @Override
  public void write(int value) {
    write(new byte[]{(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int from, int length) {
    if (over) {
      throw new IllegalStateException("the message has ended");
    }
    if (deflating != null) {
      deflating.input(source, from, length);
      drain(deflating, Until.USED_UP);
      return;
    }
    int done = 0;
    while (done < length) {
      if (filled == buffer.length) {
        send(0);
      }
      int count = Math.min(length - done, buffer.length - filled);
      System.arraycopy(source, from + done, buffer, filled, count);
      filled += count;
      done += count;
    }
  }

  /** Sends what was written so far. */
  @Override
  public void flush() {
    if (over) {
      return;
    }
    if (deflating != null) {
      drain(deflating, Until.FLUSHED);
    } else if (filled > 0) {
      send(0);
    }
  }

  /** Ends the message. */
  @Override
  public void close() {
    if (over) {
      return;
    }
    try {
      if (deflating != null) {
        drain(deflating, Until.ENDED);
      } else {
        send(Rules.FIN);
      }
    } finally {
      release();
    }
  }

  /** Gives the turn away, whether the message is complete or not. */
  void release() {
    if (!over) {
      over = true;
      released.accept(complete || !begun);
    }
  }

  private void drain(Deflating open, Until until) {
    for (Optional<Fragment> next = open.next(until); next.isPresent(); next = open.next(until)) {
      Fragment fragment = next.get();
      frame(fragment.last() ? Rules.FIN : 0, fragment.bytes(), 0, fragment.bytes().length);
      if (fragment.last()) {
        return;
      }
    }
  }

  private void send(int flags) {
    frame(flags, buffer, 0, filled);
    filled = 0;
  }

  private void frame(int flags, byte[] bytes, int from, int length) {
    int reserved = deflating != null && !begun ? Rules.RSV1 : 0;
    int kind = begun ? Opcode.CONTINUATION : opcode;
    frames.data(flags | reserved, kind, bytes, from, length);
    begun = true;
    complete = flags == Rules.FIN;
  }
}
