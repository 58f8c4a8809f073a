package dev.edge4j.state.sockets;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages of one audience that are kept, oldest first. The newest is kept however large, and for as long as somebody might resume. */
final class Kept {
  static final int MOST = 256;
  static final long MOST_BYTES = 1 << 20;

  private final ArrayDeque<FrameKey> frames = new ArrayDeque<>(2);
  private long bytes;

  /** The number of the newest, 0 for none. */
  long newest() {
    return frames.isEmpty() ? 0 : frames.getLast().number();
  }

  /** Adds the newest; those that are given up for it. */
  List<FrameKey> add(FrameKey frame) {
    frames.add(frame);
    bytes += frame.bytes();
    List<FrameKey> givenUp = List.of();
    while (frames.size() > MOST || (bytes > MOST_BYTES && frames.size() > 1)) {
      givenUp = givenUp.isEmpty() ? new ArrayList<>(1) : givenUp;
      givenUp.add(frames.getFirst());
      bytes -= frames.removeFirst().bytes();
    }
    return givenUp;
  }

  List<FrameKey> all() {
    return List.copyOf(frames);
  }

  /** Those after a number; empty if one of them was given up. */
  Optional<List<FrameKey>> after(long number) {
    List<FrameKey> missed = frames.stream().filter(frame -> frame.number() > number).toList();
    return missed.isEmpty() || missed.getFirst().previous() <= number ? Optional.of(missed) : Optional.empty();
  }
}
