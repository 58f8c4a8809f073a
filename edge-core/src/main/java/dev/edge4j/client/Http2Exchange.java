package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.wire.ContentLength;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on a stream of HTTP/2 (RFC 9113 section 8.1). Who asks reads on its own thread what the thread of the connection brings; a reader that is
 * slow holds up its own stream alone, for the origin may send no more than a window ahead.
 */
final class Http2Exchange extends IncomingBody {
  static final int WINDOW_BYTES = 256 * 1024;
  private static final long NO_LENGTH = -1;

  private final Http2Connection connection;
  private final Outgoing request;
  private final OriginCall call;
  private final OriginOptions options;
  private final Http2Window.Share share;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<ResponseHead> heads = new ArrayDeque<>(2);
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
  private int stream;
  private int offset;
  private int window = WINDOW_BYTES;
  private int consumed;
  private boolean finalHead;
  private boolean ended;
  private boolean aborted;
  private boolean cancelled;
  private long length = NO_LENGTH;
  private long received;
  private int interim;
  private @Nullable IOException failure;
  private Headers trailers = Headers.empty();
  private volatile @Nullable Upload upload;

  Http2Exchange(Http2Connection connection, Outgoing request, OriginCall call, OriginOptions options) {
    this.connection = connection;
    this.request = request;
    this.call = call;
    this.options = options;
    this.share = connection.window().share();
  }

  Http2Window.Share share() {
    return share;
  }

  /** Known once it is on the wire; under the lock of the output. */
  void opened(int number) {
    stream = number;
  }

  // ---- who asks

  /** Sends the request and waits for the head of the response; empty if the connection took nothing of it. */
  Optional<OriginResponse> send(Patience patience) throws IOException {
    boolean done = false;
    try {
      if (!connection.open(this, request, patience)) {
        done = true;
        return Optional.empty();
      }
      call.cancellation().accept(this::cancel);
      OriginResponse response = response(head());
      done = true;
      return Optional.of(response);
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
    Patience patience = Patience.inAll("the head of its response", call.deadline(), options.timeouts().head());
    if (request.expectsContinue()) {
      awaitContinue();
      patience.renew();
    }
    startUpload(patience);
    while (true) {
      ResponseHead head = next(patience);
      if (!head.isInterim()) {
        return head;
      }
      Interim.tell(call, head);
    }
  }

  /** Until the origin has said something, or a while has passed; a final answer stays where it is. */
  private void awaitContinue() throws IOException {
    Patience patience = Patience.inAll("a word on whether it wants the body", call.deadline(), Interim.CONTINUE_AFTER);
    try {
      boolean more = true;
      while (more) {
        ResponseHead head = peek(patience);
        more = head.isInterim() && head.status() != 100;
        if (head.isInterim()) {
          Interim.tell(call, next(patience));
        }
      }
    } catch (OriginException e) {
      if (e.kind() != OriginException.Kind.TIMEOUT || call.deadline().isOver()) {
        throw e;
      }
    }
  }

  private ResponseHead next(Patience patience) throws IOException {
    lock.lock();
    try {
      ResponseHead head = peek(patience);
      heads.remove();
      return head;
    } finally {
      lock.unlock();
    }
  }

  private ResponseHead peek(Patience patience) throws IOException {
    lock.lock();
    try {
      while (heads.isEmpty()) {
        await(patience);
      }
      return heads.element();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for whatever comes next; holds the lock but while it waits. */
  @SuppressWarnings("WaitNotInLoop") // those who call it do so in a loop
  private void await(Patience patience) throws IOException {
    IOException broken = failure;
    if (broken != null) {
      throw broken;
    }
    try {
      if (!arrived.await(patience.millis(), TimeUnit.MILLISECONDS) && patience.isOver()) {
        connection.suspect();
        throw patience.late();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the origin");
    }
  }

  private boolean hasBody() {
    return switch (request.payload()) {
      case Outgoing.Payload.None _ -> false;
      case Outgoing.Payload.Ready(byte[] bytes) -> bytes.length > 0;
      case Outgoing.Payload.Streamed _ -> true;
    };
  }

  private void startUpload(Patience patience) {
    if (hasBody() && !(request.payload() instanceof Outgoing.Payload.Streamed && isAnswered())) {
      var begun = new Upload(request.streamed(), new Http2Sink(connection.out(), share, stream, options.timeouts()
          .body()), patience::renew, this::abort);
      upload = begun;
      Thread.ofVirtual().name("edge4j-upload").start(begun);
    }
  }

  private boolean isAnswered() {
    lock.lock();
    try {
      return finalHead;
    } finally {
      lock.unlock();
    }
  }

  private OriginResponse response(ResponseHead head) {
    OptionalLong told = head.headers().first("content-length").map(ContentLength::parse).orElse(OptionalLong.empty());
    return new OriginResponse(head.status(), head.headers(), "2.0", this, told, request.method().equals(Method.HEAD),
        null);
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (count == 0) {
      return 0; // without waiting: who reads a number of bytes asks for none at the end
    }
    int got;
    int credit;
    lock.lock();
    try {
      Patience patience = Patience.each("the next piece of its body", options.timeouts().body());
      while (pieces.isEmpty() && !ended) {
        await(patience);
      }
      if (pieces.isEmpty()) {
        return -1;
      }
      got = take(target, from, count);
      consumed += got;
      credit = !ended && consumed >= WINDOW_BYTES / 2 ? consumed : 0;
      consumed -= credit;
      window += credit;
    } catch (IOException e) {
      throw cause(e);
    } finally {
      lock.unlock();
    }
    if (credit > 0) {
      connection.credit(stream, credit);
    }
    return got;
  }

  private int take(byte[] target, int from, int count) {
    byte[] piece = pieces.element();
    int got = Math.min(count, piece.length - offset);
    System.arraycopy(piece, offset, target, from, got);
    offset += got;
    if (offset == piece.length) {
      pieces.remove();
      offset = 0;
    }
    return got;
  }

  @Override
  Headers trailers() {
    lock.lock();
    try {
      return pieces.isEmpty() ? trailers : Headers.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean isWhole() {
    lock.lock();
    try {
      return ended && pieces.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean isReady() {
    lock.lock();
    try {
      return ended || !pieces.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void cancel() {
    lock.lock();
    try {
      cancelled = !ended;
    } finally {
      lock.unlock();
    }
    abort();
  }

  @Override
  void abort() {
    lock.lock();
    try {
      if (ended || aborted) {
        return;
      }
      aborted = true;
      if (failure == null) {
        failure = OriginException.broken("the exchange with the origin was ended");
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    connection.reset(this, stream);
  }

  // ---- the thread of the connection

  /** Takes a field block: an interim or the final head, or trailers. */
  void fields(Http2Input.Block block) throws OriginException {
    lock.lock();
    try {
      if (block.tooLarge()) {
        throw OriginException.protocol("the origin's head is larger than allowed");
      }
      if (finalHead) {
        trailers = Http2Fields.trailers(block.fields());
        if (!block.endStream()) {
          throw OriginException.protocol("fields in the middle of a body (RFC 9113 section 8.1)");
        }
      } else {
        ResponseHead head = Http2Fields.head(block.fields());
        finalHead = !head.isInterim();
        if (finalHead) {
          length = declared(head);
        } else if (++interim > Interim.MOST || block.endStream()) {
          throw OriginException.protocol("interim responses without end, or at the end");
        }
        heads.add(head);
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long declared(ResponseHead head) throws OriginException {
    var told = head.headers().all("content-length");
    if (told.isEmpty()) {
      return NO_LENGTH;
    }
    long declared = told.size() == 1 ? ContentLength.parse(told.getFirst()).orElse(NO_LENGTH) : NO_LENGTH;
    if (declared < 0) {
      throw OriginException.protocol("the origin's content-length is not one decimal number");
    }
    return request.method().equals(Method.HEAD) || head.status() == 304 ? NO_LENGTH : declared;
  }

  /** Counts a frame of the body. False if the origin sends more than it may. */
  boolean charge(int bytes) {
    lock.lock();
    try {
      window -= bytes;
      return window >= 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a piece of the body. What is padding is given back at once. */
  void data(Http2Frame frame) throws OriginException {
    lock.lock();
    try {
      int bytes = frame.payload().length;
      received += bytes;
      consumed += frame.size() - bytes;
      if (!finalHead || (length >= 0 && received > length)) {
        throw OriginException.protocol("a body before its head, or longer than its content-length");
      }
      if (bytes > 0 && !aborted) {
        pieces.add(frame.payload());
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The last frame of the response has come. */
  void end() throws OriginException {
    lock.lock();
    try {
      if (!finalHead || (length >= 0 && received != length)) {
        throw OriginException.protocol(
            "the end of a stream without a head, or of a body that is shorter than its content-length");
      }
      ended = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True if more of the request would have followed. */
  boolean isHalfSent() {
    return hasBody() && !share.isWhole();
  }

  void fail(IOException cause) {
    lock.lock();
    try {
      if (!ended && failure == null) {
        failure = cause;
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    share.end();
  }
}
