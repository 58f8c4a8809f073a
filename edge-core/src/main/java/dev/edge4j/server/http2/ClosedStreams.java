package dev.edge4j.server.http2;

import java.util.Arrays;

/** How the last streams of a kind closed, the oldest forgotten first: enough to tell what was under way from what is wrong. */
final class ClosedStreams {
  private static final int REMEMBERED = 256;

  private final int[] streams = new int[REMEMBERED];
  private final StreamState[] states = new StreamState[REMEMBERED];
  /** What the client would still let us send: where it makes that more than a window can be, it is as wrong as on an open stream. */
  private final long[] windows = new long[REMEMBERED];
  private int next;

  ClosedStreams() {
    Arrays.fill(states, StreamState.GONE);
  }

  void add(int stream, StreamState state, long window) {
    streams[next] = stream;
    windows[next] = window;
    states[next] = state;
    next = (next + 1) % REMEMBERED;
  }

  /** It is in another state now, if it is remembered at all. */
  void change(int stream, StreamState state) {
    int at = find(stream);
    if (at >= 0) {
      states[at] = state;
    }
  }

  /** The client takes more of a stream that had nothing more to send. False if that is more than a window may be. */
  boolean grow(int stream, int increment) {
    int at = find(stream);
    if (at >= 0) {
      windows[at] += increment;
    }
    return at < 0 || windows[at] <= Setting.MAX_WINDOW_BYTES;
  }

  /** The state of a stream that was opened or passed over. */
  StreamState of(int stream) {
    int at = find(stream);
    return at < 0 ? StreamState.GONE : states[at];
  }

  /** The newest first: what comes late comes soon. */
  private int find(int stream) {
    for (int i = 1; i <= REMEMBERED; i++) {
      int at = Math.floorMod(next - i, REMEMBERED);
      if (streams[at] == stream) {
        return at;
      }
    }
    return -1;
  }
}
