package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.wire.ContentLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response over a connection of HTTP/1.1 (RFC 9112). Confined to one thread at a time, but for {@link #abort} and the upload, which has a
 * thread of its own.
 */
final class Http1Exchange {

  /** What the buffers of a connection take, so that to write it does not wait. */
  private static final int SOCKET_BYTES = 64 * 1024;

  private final Link link;
  private final Outgoing request;
  private final OriginCall call;
  private final OriginOptions options;
  private final Consumer<Optional<Link>> ended;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable Upload upload;
  private volatile boolean cancelled;
  private boolean keeps;
  private long keptNanos = Long.MAX_VALUE;
  private volatile Patience patience;

  /**
   * One that has not begun.
   *
   * @param ended told once that it is over, with the connection if it can be used again
   */
  Http1Exchange(Link link, Outgoing request, OriginCall call, OriginOptions options,
      Consumer<Optional<Link>> ended) {
    this.link = link;
    this.request = request;
    this.call = call;
    this.options = options;
    this.ended = ended;
    this.patience = headPatience();
  }

  private Patience headPatience() {
    return Patience.inAll("the head of its response", call.deadline(), options.timeouts().head());
  }

  /** Sends the request and reads the head of the response. After a failure the connection is gone. */
  OriginResponse send() throws IOException {
    boolean done = false;
    try {
      call.cancellation().accept(this::cancel);
      OriginResponse response = response(head());
      done = true;
      return response;
    } catch (IOException e) {
      throw cause(e);
    } finally {
      if (!done) {
        abort();
      }
    }
  }

  private IOException cause(IOException e) {
    return Upload.behind(e, cancelled, upload);
  }

  private ResponseHead head() throws IOException {
    writeHead();
    boolean waits = request.expectsContinue();
    if (!waits) {
      startUpload();
    }
    for (int i = 0; i < Interim.MOST; i++) {
      ResponseHead head = waits && i == 0 ? awaitContinue() : readHead();
      if (!head.isInterim()) {
        return head;
      }
      Interim.tell(call, head);
      if (upload == null && (head.status() == 100 || waits)) {
        startUpload();
      }
    }
    throw OriginException.protocol("the origin sends interim responses without end");
  }

  private ResponseHead readHead() throws IOException {
    return ResponseHead.read(link.in(), patience, options.maxHeadBytes());
  }

  /** Goes on without a word of the origin after a while. */
  private ResponseHead awaitContinue() throws IOException {
    long before = link.in().received();
    patience = Patience.inAll("a word on whether it wants the body", call.deadline(), Interim.CONTINUE_AFTER);
    try {
      return readHead();
    } catch (OriginException e) {
      if (e.kind() != OriginException.Kind.TIMEOUT || link.in().received() != before || call.deadline().isOver()) {
        throw e;
      }
      startUpload();
    } finally {
      patience = headPatience();
    }
    return readHead();
  }

  private void writeHead() throws IOException {
    var head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\nHost: " + request.host()
        + "\r\n");
    if (!request.upgrade().isEmpty()) {
      head.append("Connection: Upgrade")
          .append(request.takesTrailers() ? ", TE" : "")
          .append("\r\nUpgrade: ")
          .append(request.upgrade())
          .append("\r\n");
    } else if (request.takesTrailers()) {
      head.append("Connection: TE\r\n");
    }
    head.append(request.takesTrailers() ? "TE: trailers\r\n" : "");
    head.append(request.expectsContinue() ? "Expect: 100-continue\r\n" : "");
    switch (request.payload()) {
      case Outgoing.Payload.None _ -> head.append(request.expectsBody() ? "Content-Length: 0\r\n" : "");
      case Outgoing.Payload.Ready(byte[] bytes) -> head.append("Content-Length: ").append(bytes.length).append("\r\n");
      case Outgoing.Payload.Streamed streamed -> head.append(streamed.length() < 0 ? "Transfer-Encoding: chunked\r\n"
          : "Content-Length: " + streamed.length() + "\r\n");
    }
    var message = new ByteArrayOutputStream(512);
    message.write(head.toString().getBytes(ISO_8859_1));
    message.write(request.headers().lines());
    message.write(new byte[]{'\r', '\n'});
    if (request.payload() instanceof Outgoing.Payload.Ready(byte[] bytes)) {
      message.write(bytes);
    }
    write(message.toByteArray(), !(request.payload() instanceof Outgoing.Payload.Streamed));
  }

  /** What is large leaves beside the reading: an origin that answers early may not take it. */
  private void write(byte[] message, boolean whole) throws IOException {
    if (whole && message.length > SOCKET_BYTES) {
      var body = new ByteArrayInputStream(message);
      begin(new Outgoing.Payload.Streamed(body, message.length, Headers::empty));
      return;
    }
    try {
      link.out().write(message);
      link.out().flush();
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw (IOException) new InterruptedIOException("interrupted while asking the origin").initCause(e);
      }
      if (link.wasUsed()) {
        throw OriginException.broken("the origin has closed the connection", e);
      } // else it may have answered before it closed
    }
  }

  private void startUpload() {
    if (upload == null && request.payload() instanceof Outgoing.Payload.Streamed streamed) {
      begin(streamed);
    }
  }

  private void begin(Outgoing.Payload.Streamed streamed) {
    var begun = new Upload(streamed, new Http1Sink(link.out(), streamed.length() < 0), () -> patience.renew(),
        link::abort);
    upload = begun;
    Thread.ofVirtual().name("edge4j-upload").start(begun);
  }

  private OriginResponse response(ResponseHead head) throws IOException {
    boolean upgraded = head.status() == 101;
    if (upgraded && request.upgrade().isEmpty()) {
      throw OriginException.protocol("the origin switches protocols, which nobody asked for (RFC 9110 section 7.8)");
    }
    Framing framing = upgraded ? new Framing.ToEnd() : Framing.of(request.method(), head);
    keeps = head.keepsConnection() && !upgraded;
    keptNanos = KeepAlive.nanos(head.headers());
    patience = upgraded ? Patience.each("anything over the upgraded connection", options.timeouts().upgraded())
        : Patience.each("the next piece of its body", options.timeouts().body());
    var body = new Http1Body(this, framing, options.maxHeadBytes());
    OptionalLong length = head.headers().first("Content-Length").map(ContentLength::parse).orElse(OptionalLong.empty());
    return new OriginResponse(head.status(), head.headers(), "1." + head.minor(), body, length,
        request.method().equals(Method.HEAD), upgraded ? link.out() : null);
  }

  // ---- for the body

  TimedInput in() {
    return link.in();
  }

  int read() throws IOException {
    return link.in().read(patience);
  }

  int read(byte[] target, int from, int count) throws IOException {
    try {
      return link.in().read(target, from, count, patience);
    } catch (IOException e) {
      abort();
      throw cause(e);
    }
  }

  Headers trailers(int maxBytes) throws IOException {
    return ResponseHead.trailers(link.in(), patience, maxBytes);
  }

  /** Nobody waits for it any more: unless it is over, its connection is of no use. */
  private void cancel() {
    if (!over.get()) {
      cancelled = true;
      abort();
    }
  }

  /** Once it is over the connection may be another's. */
  void abort() {
    if (over.compareAndSet(false, true)) {
      link.abort();
      ended.accept(Optional.empty());
    }
  }

  /** The response is whole. Its connection is used again if all of the request has left and nothing stands behind the response. */
  void received(boolean framed) {
    Upload own = upload;
    boolean sent = own == null ? !(request.payload() instanceof Outgoing.Payload.Streamed) : own.isWhole();
    if (!keeps || !framed || !sent || link.in().buffered() > 0) {
      abort();
    } else if (over.compareAndSet(false, true)) {
      link.rest(keptNanos);
      ended.accept(Optional.of(link));
    }
  }
}
