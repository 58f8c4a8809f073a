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
    return id % 2 == 0 || id > last ? StreamState.IDLE : closed.of(id);
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
    open.remove(id);
    closed.add(id, how);
  }

  /** The client has ended, on its side, a stream that is closed here. */
  void ended(int id) {
    closed.ended(id);
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
