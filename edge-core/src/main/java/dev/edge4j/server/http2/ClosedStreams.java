package dev.edge4j.server.http2;

import java.util.Arrays;

/** How the last streams closed, the oldest forgotten first: enough to tell what was under way from what is wrong. */
final class ClosedStreams {
  private static final int REMEMBERED = 256;

  private final int[] streams = new int[REMEMBERED];
  private final StreamState[] states = new StreamState[REMEMBERED];
  private int next;

  ClosedStreams() {
    Arrays.fill(states, StreamState.GONE);
  }

  void add(int stream, StreamState state) {
    streams[next] = stream;
    states[next] = state;
    next = (next + 1) % REMEMBERED;
  }

  /** The client has ended, on its side, a stream that we had reset: nothing can be under way any more. */
  void ended(int stream) {
    for (int i = 0; i < REMEMBERED; i++) {
      if (streams[i] == stream && states[i] == StreamState.RESET_BY_US) {
        states[i] = StreamState.CLOSED;
      }
    }
  }

  /** The state of a stream that was opened or passed over. */
  StreamState of(int stream) {
    for (int i = 1; i <= REMEMBERED; i++) {
      int at = Math.floorMod(next - i, REMEMBERED);
      if (streams[at] == stream) {
        return states[at];
      }
    }
    return StreamState.GONE;
  }
}
