package dev.edge4j.server.http2;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.log.Failures;
import dev.edge4j.server.lanes.IncomingBody;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.lanes.Reply;
import dev.edge4j.server.lanes.Running;
import dev.edge4j.server.wire.Bodies;
import io.netty.channel.EventLoop;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. It keeps its place among the concurrent streams until both the wire and the application are done with it: a client that cancels frees
 * nothing while a handler still runs. Confined to the event loop but for {@link #stream}.
 */
final class Http2Stream implements Reply {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Stream.class);
  private static final int FILE_PIECE_BYTES = 16 * 1024;

  private final Session session;
  private final int id;
  private final Method method;
  private final FlowWindow sendWindow;
  private final FlowWindow receiveWindow;
  private final SendQueue queue = new SendQueue();
  private @Nullable Running running;
  private @Nullable Request request;
  private @Nullable Http2Body body;
  private @Nullable StreamOutput output;
  private boolean requestEnded;
  private boolean ready;
  private boolean answering;
  private boolean headSent;
  private boolean closed;
  private boolean finished;
  private int uncredited;
  private long progressAt = System.nanoTime();

  Http2Stream(Session session, int id, Method method, boolean requestEnded, int sendBytes, int receiveBytes) {
    this.session = session;
    this.id = id;
    this.method = method;
    this.requestEnded = requestEnded;
    this.sendWindow = new FlowWindow(sendBytes);
    this.receiveWindow = new FlowWindow(receiveBytes);
  }

  int id() {
    return id;
  }

  // ---- the request

  /** Opens the request, whose lanes {@link #go} runs. */
  void open(Lanes lanes, Request opened, @Nullable Http2Body incoming) {
    request = opened;
    body = incoming;
    running = lanes.open(opened, this);
  }

  void go() {
    Running open = running;
    if (open != null) {
      open.go();
    }
  }

  /** The server stops. */
  void drain() {
    Running open = running;
    if (open != null) {
      open.drain();
    }
  }

  RequestBody content(@Nullable Http2Body incoming) {
    return incoming == null ? RequestBody.EMPTY : incoming.pipe();
  }

  @Override
  public EventLoop loop() {
    return session.loop();
  }

  @Override
  public @Nullable IncomingBody body() {
    return body;
  }

  StreamState state() {
    return requestEnded ? StreamState.HALF_CLOSED : StreamState.OPEN;
  }

  int windowBytes() {
    return session.streamWindowBytes();
  }

  FlowWindow receiveWindow() {
    return receiveWindow;
  }

  /** Takes a piece of the body. False if the body is not what was declared. */
  boolean take(Frame.Data piece) {
    requestEnded = piece.endStream();
    Http2Body open = body;
    boolean honest = open != null && open.take(piece);
    progressed();
    return honest;
  }

  /** Trailers have ended the request. False if the body is not what was declared. */
  boolean endRequest(Headers trailers) {
    requestEnded = true;
    Http2Body open = body;
    boolean honest = open != null && open.end(trailers);
    progressed();
    return honest;
  }

  private void progressed() {
    Running open = running;
    if (open != null) {
      open.bodyProgressed();
    }
  }

  /** The reader has taken so many bytes: the client may send as many again. */
  void credit(int bytes) {
    session.creditConnection(bytes);
    uncredited += bytes;
    if (!requestEnded && !closed && uncredited >= session.streamWindowBytes() / 2) {
      var _ = receiveWindow.grow(uncredited);
      session.sendWindowUpdate(id, uncredited);
      uncredited = 0;
    }
  }

  void sendContinue() {
    session.sendContinue(id);
  }

  // ---- the answer

  @Override
  public void send(Response response) {
    if (closed) {
      finish();
      return;
    }
    answering = true;
    boolean sendsBody = response.body() instanceof Body.Bytes && !method.equals(Method.HEAD)
        && Bodies.mayHaveContent(response);
    byte[] bytes = response.body() instanceof Body.Bytes(byte[] ready) ? ready : new byte[0];
    long length = ResponseFields.NO_LENGTH;
    if (Bodies.mayDeclareLength(response) && !(response.body() instanceof Body.Stream)) {
      length = Bodies.mayHaveContent(response) ? bytes.length : 0;
    }
    boolean bare = !sendsBody || bytes.length == 0;
    session.sendHead(id, response, length, bare);
    headSent = true;
    if (bare) {
      ended();
    } else {
      beginToWait();
      queue.add(bytes);
      queue.end();
      session.sendBody(this);
    }
  }

  @Override
  public void stream(Response response, Runnable produced) {
    long length = ResponseFields.NO_LENGTH;
    var out = new StreamOutput(() -> {});
    try {
      switch (response.body()) {
        case Body.File(Path path) -> {
          produced.run();
          try (InputStream file = Files.newInputStream(path)) {
            length = Files.size(path);
            out = begin(response, length);
            copy(file, length, out);
          }
        }
        case Body.Stream(Body.Writer writer) -> {
          out = begin(response, length);
          try {
            writer.writeTo(out);
          } finally {
            produced.run();
          }
        }
        default -> throw new IllegalStateException("a body that is there already");
      }
      out.end();
    } catch (Throwable e) { // errors too: nobody else ends the response
      broken(out, e);
    }
  }

  /** The output of a response whose head leaves with its first piece. */
  private StreamOutput begin(Response response, long length) {
    var out = new StreamOutput(() -> loop().execute(() -> collect(response, length)));
    loop().execute(() -> {
      output = out;
      answering = true;
      if (closed) {
        out.fail("the client has left");
      }
    });
    return out;
  }

  private void copy(InputStream file, long length, StreamOutput out) throws IOException {
    long left = method.equals(Method.HEAD) ? 0 : length;
    while (left > 0) {
      byte[] piece = file.readNBytes((int) Math.min(left, FILE_PIECE_BYTES));
      if (piece.length == 0) {
        throw new EOFException("the file has become shorter while it was sent");
      }
      left -= piece.length;
      out.hand(piece);
    }
  }

  private void broken(StreamOutput out, Throwable cause) {
    boolean begun = out.hasBegun();
    Request about = request;
    String path = about == null ? "" : about.path();
    if (cause instanceof IOException && out.isCut()) {
      LOG.debug("the client left before the end of the response to {} {}", method, path, cause);
    } else {
      Failures.LOG.error(LOG, "the body of the response to " + method + " " + path + " failed", cause);
    }
    loop().execute(() -> {
      if (begun) {
        session.abort(this, ErrorCode.INTERNAL_ERROR);
        finish();
      } else {
        output = null;
        send(Response.of(500));
      }
    });
  }

  /** The writer has brought something. */
  private void collect(Response response, long length) {
    StreamOutput out = output;
    if (closed || out == null) {
      return;
    }
    if (!headSent) {
      session.sendHead(id, response, length, false);
      headSent = true;
    }
    beginToWait();
    out.collect(queue);
    session.sendBody(this);
  }

  private void beginToWait() {
    if (!queue.isWaiting()) {
      progressAt = System.nanoTime();
    }
  }

  // ---- the wire

  SendQueue queue() {
    return queue;
  }

  FlowWindow sendWindow() {
    return sendWindow;
  }

  boolean isReady() {
    return ready;
  }

  void setReady(boolean nowReady) {
    ready = nowReady;
  }

  /** True if a frame of the body can leave as far as this stream is concerned. */
  boolean canSend() {
    return headSent && !closed && queue.isWaiting() && (queue.bytes() == 0 || sendWindow.bytes() > 0);
  }

  /** True if bytes wait for a window. */
  boolean isWaiting() {
    return headSent && !closed && queue.bytes() > 0;
  }

  /** When the client last let something of them go, or when they began to wait. */
  long progressAt() {
    return progressAt;
  }

  /** A DATA frame is on its way. */
  void frameSent(int count, boolean last) {
    progressAt = System.nanoTime();
    StreamOutput out = output;
    if (out != null) {
      out.taken(count);
    }
    if (last) {
      ended();
    }
  }

  private void ended() {
    session.answered(this, requestEnded);
    StreamOutput out = output;
    session.whenSent(() -> {
      if (out != null) {
        out.sent();
      }
      finish();
    });
  }

  boolean isClosed() {
    return closed;
  }

  /** The wire is done with the stream, whole or not. */
  void close(String reason) {
    closed = true;
    Http2Body open = body;
    if (open != null) {
      open.fail(new EOFException(reason));
      session.creditConnection(open.forfeit());
      progressed();
    }
  }

  /** The client has cancelled, or we had to: whoever works on the answer is told, and what waits is thrown away. */
  void cancel(String reason) {
    boolean waited = answering && output == null;
    queue.clear();
    Running open = running;
    if (open != null) {
      open.cancel(); // before its body fails, so that it knows why
    }
    close(reason);
    StreamOutput out = output;
    if (out != null) {
      out.fail(reason);
    }
    if (waited || open == null) {
      finish();
    }
  }

  /** The application is done with the stream. */
  private void finish() {
    if (finished) {
      return;
    }
    finished = true;
    Running open = running;
    if (open != null) {
      open.sent();
    }
    session.finished();
  }
}
