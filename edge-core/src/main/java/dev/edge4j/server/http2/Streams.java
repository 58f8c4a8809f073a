package dev.edge4j.server.http2;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of one connection: those that are open, and how the others closed. Confined to the event loop. */
final class Streams {
  private final IntObjectMap<Http2Stream> open = new IntObjectHashMap<>();
  private final ClosedStreams closed = new ClosedStreams();
  /** Those that the client did not end: frames may be under way to them, however many others close meanwhile. */
  private final ClosedStreams cut = new ClosedStreams();
  private int last;
  private int unfinished;

  /** The highest stream that the client has opened. */
  int last() {
    return last;
  }

  /** How many requests have not ended, whether or not the client still waits for their answers. */
  int unfinished() {
    return unfinished;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  @Nullable
  Http2Stream get(int id) {
    return open.get(id);
  }

  /** The state of any stream; a client opens the odd ones, in rising order (RFC 9113 section 5.1.1). */
  StreamState state(int id) {
    Http2Stream stream = open.get(id);
    if (stream != null) {
      return stream.state();
    }
    if (id % 2 == 0 || id > last) {
      return StreamState.IDLE;
    }
    StreamState how = cut.of(id);
    return how == StreamState.GONE ? closed.of(id) : how;
  }

  /** The client has opened that stream, whatever becomes of it. */
  void opened(int id) {
    last = id;
  }

  void add(Http2Stream stream) {
    open.put(stream.id(), stream);
    unfinished++;
  }

  /** The wire is done with a stream, which may never have been added. */
  void close(int id, StreamState how) {
    Http2Stream stream = open.remove(id);
    ClosedStreams memory = how == StreamState.CLOSED ? closed : cut;
    memory.add(id, how, stream == null ? 0 : stream.outgoing().window().bytes());
  }

  /** The client has ended, on its side, a stream that is closed here. */
  void ended(int id) {
    cut.change(id, StreamState.CLOSED);
  }

  /** A stream whose answer had ended before its request is reset now. */
  void reset(int id) {
    cut.change(id, StreamState.RESET_BY_US);
  }

  /** The client takes more of a stream that is closed here. False if that is more than a window may be. */
  boolean growClosed(int id, int increment) {
    return cut.grow(id, increment) && closed.grow(id, increment);
  }

  /** The application is done with a stream. */
  void finished() {
    unfinished--;
  }

  /** Those that are open now. */
  List<Http2Stream> all() {
    return new ArrayList<>(open.values());
  }
}
