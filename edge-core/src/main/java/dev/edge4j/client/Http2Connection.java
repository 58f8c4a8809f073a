package dev.edge4j.client;

import dev.edge4j.TimeSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of HTTP/2 to an origin (RFC 9113): many exchanges side by side, and one virtual thread that reads for all of them.
 */
final class Http2Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);
  private static final int CONNECTION_WINDOW = 64 * 1024 * 1024;
  private static final int USUAL_WINDOW = 65_535;
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Link link;
  private final OriginOptions options;
  private final TimeSource time;
  private final boolean secure;
  private final Http2Input in;
  private final Http2Output out;
  private final Http2Window window = new Http2Window();
  private final Http2Streams streams = new Http2Streams();
  private volatile long lastHeard = System.nanoTime();
  /** Of the thread that reads: bytes of bodies that the connection's window has not been given back for. */
  private int owed;

  private Http2Connection(Link link, boolean secure, OriginOptions options, TimeSource time) {
    this.link = link;
    this.options = options;
    this.time = time;
    this.secure = secure;
    this.in = new Http2Input(new Unhurried(link.in()), options.maxHeadBytes());
    this.out = new Http2Output(link.out());
  }

  /** Waits without end: whether a connection may be silent depends on what is asked over it. */
  private static final class Unhurried extends InputStream {
    private final TimedInput in;
    private final Patience patience = Patience.each("anything", Duration.ofDays(1));

    Unhurried(TimedInput in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return in.read(patience);
    }

    @Override
    public int read(byte[] target, int from, int count) throws IOException {
      return in.read(target, from, count, patience);
    }
  }

  static Http2Connection begin(Link link, boolean secure, OriginOptions options, TimeSource time) throws IOException {
    var connection = new Http2Connection(link, secure, options, time);
    try {
      connection.out.begin(Http2Exchange.WINDOW_BYTES, options.maxHeadBytes());
      connection.out.number(Http2Frame.WINDOW_UPDATE, 0, CONNECTION_WINDOW - USUAL_WINDOW);
    } catch (IOException e) {
      link.abort();
      throw OriginException.connect("the origin closed the connection at once", e);
    }
    Thread.ofVirtual().name("edge4j-origin").start(connection::read);
    connection.tick();
    return connection;
  }

  Http2Output out() {
    return out;
  }

  Http2Window window() {
    return window;
  }

  /** False once new requests need another connection. */
  boolean isOpen() {
    return streams.isOpen();
  }

  // ---- who asks

  /** Sends a request; empty if the connection takes no more of them, and nothing was sent. */
  Optional<OriginResponse> send(Outgoing request, OriginCall call, Patience patience) throws IOException {
    return streams.enter(patience) ? new Http2Exchange(this, request, call, options).send(patience) : Optional.empty();
  }

  /** Puts the request on the wire. False if it takes no more. */
  boolean open(Http2Exchange exchange, Outgoing request, Patience patience) throws IOException {
    boolean end = switch (request.payload()) {
      case Outgoing.Payload.None _ -> true;
      case Outgoing.Payload.Ready(byte[] bytes) -> bytes.length == 0;
      case Outgoing.Payload.Streamed _ -> false;
    };
    try {
      return out.request(patience, () -> streams.register(exchange), request, secure, end);
    } catch (OriginException | InterruptedIOException e) { // before its turn came
      leave();
      throw e;
    } catch (IOException e) {
      fail(OriginException.broken("the connection to the origin broke off", e));
      throw OriginException.broken("the connection to the origin broke off", e);
    }
  }

  /** Nobody wants the rest of that stream. Does not wait until that is said: who gives up, a timer or an event loop perhaps, has no time for a connection that is stuck. */
  void reset(Http2Exchange exchange, int stream) {
    if (streams.forget(stream)) {
      exchange.share().end();
      Thread.ofVirtual().name("edge4j-reset").start(() -> {
        quietly(() -> out.number(Http2Frame.RST_STREAM, stream, Http2Frame.CANCEL));
        leave();
      });
    }
  }

  private void leave() {
    streams.leave();
    closeIfDone();
  }

  /** Lets the origin send so much more of a body. */
  void credit(int stream, int bytes) {
    quietly(() -> out.number(Http2Frame.WINDOW_UPDATE, stream, bytes)); // who reads on sees what is wrong
  }

  /** Somebody has waited in vain. A connection over which nothing has come for as long is taken for dead. */
  void suspect() {
    if (System.nanoTime() - lastHeard >= options.timeouts().head().toNanos()) {
      fail(OriginException.timeout("nothing came from the origin for too long"));
    }
  }

  /** Takes no more requests, and closes once it has none. */
  void retire() {
    streams.retire();
    closeIfDone();
  }

  private void closeIfDone() {
    if (streams.areDone()) {
      fail(OriginException.refused("the connection has been closed"));
    }
  }

  private void tick() {
    var _ = time.after(TICK, () -> {
      if (look()) {
        tick();
      }
    });
  }

  /** False once it is closed. */
  private boolean look() {
    if (out.isStuck(options.timeouts().body().toNanos())) {
      fail(OriginException.timeout("the origin takes nothing"));
    }
    streams.retireIfIdle(options.timeouts().idle().toNanos());
    closeIfDone();
    return !streams.haveFailed();
  }

  private void fail(OriginException cause) {
    streams.fail().ifPresent(open -> {
      window.fail(cause);
      open.forEach(exchange -> exchange.fail(cause));
      link.abort();
    });
  }

  private interface Writing {
    void write() throws IOException;
  }

  private static void quietly(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      LOG.debug("the origin has left", e);
    }
  }

  // ---- the thread that reads

  private void read() {
    try {
      for (Http2Frame frame = in.next(); frame != null; frame = in.next()) {
        lastHeard = System.nanoTime();
        take(frame);
      }
      fail(OriginException.broken("the origin closed the connection"));
    } catch (OriginException e) {
      if (e.kind() == OriginException.Kind.PROTOCOL) {
        quietly(() -> out.goAway(Http2Frame.PROTOCOL_ERROR));
      }
      fail(e);
    } catch (EOFException e) {
      fail(OriginException.broken("the origin closed the connection in a frame", e));
    } catch (IOException | RuntimeException e) {
      fail(OriginException.broken("the connection to the origin broke off", e));
    }
  }

  private void take(Http2Frame frame) throws IOException {
    switch (frame.type()) {
      case Http2Frame.DATA -> data(frame);
      case Http2Frame.HEADERS -> fields(in.block(frame));
      case Http2Frame.RST_STREAM -> reset(frame);
      case Http2Frame.SETTINGS -> settings(frame);
      case Http2Frame.PING -> {
        Http2Frame.check(frame.payload().length == 8, "PING");
        if (!frame.has(Http2Frame.ACK)) {
          out.acknowledge(Http2Frame.PING, frame.payload());
        }
      }
      case Http2Frame.GOAWAY -> goAway(frame);
      case Http2Frame.WINDOW_UPDATE -> grow(frame);
      case Http2Frame.PUSH_PROMISE, Http2Frame.CONTINUATION -> Http2Frame.check(false,
          "a push, or a continuation of nothing");
      default -> {
        // What is not known is ignored (RFC 9113 section 4.1).
      }
    }
  }

  /** The window of the connection is given back at once: what waits to be read is bounded by the windows of the streams. */
  private void data(Http2Frame frame) throws IOException {
    Http2Exchange exchange = streams.exchange(frame.stream());
    owed += frame.size();
    if (owed >= CONNECTION_WINDOW / 4) {
      out.number(Http2Frame.WINDOW_UPDATE, 0, owed);
      owed = 0;
    }
    if (exchange != null) {
      Http2Frame.check(exchange.charge(frame.size()), "a body beyond its window");
      part(exchange, frame.stream(), frame.has(Http2Frame.END_STREAM), () -> exchange.data(frame));
    }
  }

  private void fields(Http2Input.Block block) throws IOException {
    Http2Exchange exchange = streams.exchange(block.stream());
    if (exchange != null) {
      part(exchange, block.stream(), block.endStream(), () -> exchange.fields(block));
    }
  }

  /** A response that is malformed ends its own stream, and no other (RFC 9113 section 8.1.1). */
  private void part(Http2Exchange exchange, int stream, boolean last, Taking taking) throws IOException {
    try {
      taking.take();
      if (last) {
        end(exchange, stream);
      }
    } catch (OriginException e) {
      if (streams.forget(stream)) {
        exchange.share().end();
        quietly(() -> out.number(Http2Frame.RST_STREAM, stream, Http2Frame.PROTOCOL_ERROR));
        leave();
      }
      exchange.fail(e);
    }
  }

  private interface Taking {
    void take() throws OriginException;
  }

  private void end(Http2Exchange exchange, int stream) throws IOException {
    exchange.end();
    exchange.share().end();
    if (streams.forget(stream)) {
      if (exchange.isHalfSent()) {
        out.number(Http2Frame.RST_STREAM, stream, Http2Frame.CANCEL);
      }
      leave();
    }
  }

  private void reset(Http2Frame frame) throws OriginException {
    Http2Frame.check(frame.payload().length == 4, "RST_STREAM");
    Http2Exchange exchange = streams.exchange(frame.stream());
    if (exchange != null && streams.forget(frame.stream())) {
      int code = frame.word(0);
      exchange.fail(code == Http2Frame.REFUSED_STREAM ? OriginException.refused("the origin has refused the request")
          : OriginException.broken("the origin has broken off the exchange, for reason " + code));
      leave();
    }
  }

  private void settings(Http2Frame frame) throws IOException {
    Http2Frame.check(frame.stream() == 0 && frame.payload().length % 6 == 0, "SETTINGS");
    if (frame.has(Http2Frame.ACK)) {
      return;
    }
    for (int at = 0; at < frame.payload().length; at += 6) {
      int name = (frame.payload()[at] & 0xff) << 8 | (frame.payload()[at + 1] & 0xff);
      long value = frame.word(at + 2) & 0xffff_ffffL;
      switch (name) {
        case 1 -> out.limitTable(value);
        case 3 -> streams.limit(value);
        case 4 -> {
          Http2Frame.check(value <= Integer.MAX_VALUE, "SETTINGS_INITIAL_WINDOW_SIZE");
          window.begin(value);
        }
        default -> {
          // We send no frames that any other setting would forbid.
        }
      }
    }
    out.acknowledge(Http2Frame.SETTINGS, new byte[0]);
  }

  /** What it will not come to any more was never executed (RFC 9113 section 6.8). */
  private void goAway(Http2Frame frame) throws OriginException {
    Http2Frame.check(frame.stream() == 0 && frame.payload().length >= 8, "GOAWAY");
    streams.retireBeyond(frame.number(0))
        .forEach(exchange -> exchange.fail(OriginException.refused("the origin closes the connection")));
    closeIfDone();
  }

  private void grow(Http2Frame frame) throws OriginException {
    Http2Frame.check(frame.payload().length == 4 && frame.number(0) > 0, "WINDOW_UPDATE");
    if (frame.stream() == 0) {
      Http2Frame.check(window.grow(frame.number(0)), "a window beyond its bound");
      return;
    }
    Http2Exchange exchange = streams.exchange(frame.stream());
    if (exchange != null) {
      Http2Frame.check(exchange.share().grow(frame.number(0)), "a window beyond its bound");
    }
  }
}
