package dev.edge4j.server.http2;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
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
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. It keeps its place among the concurrent streams until both the wire and the application are done with it: a client that cancels frees
 * nothing while a handler still runs. Confined to the event loop but for {@link #stream}.
 */
final class Http2Stream implements Reply {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Stream.class);
  private static final int SWITCHING_PROTOCOLS = 101;

  private final StreamWire wire;
  private final int id;
  private final Method method;
  private final FlowWindow receiveWindow;
  private final Outgoing outgoing;
  private @Nullable Running running;
  private @Nullable Request request;
  private @Nullable Http2Body body;
  private @Nullable StreamOutput output;
  private boolean requestEnded;
  private boolean answering;
  private boolean closed;
  private boolean finished;
  private int uncredited;

  Http2Stream(StreamWire wire, int id, Method method, boolean requestEnded, int sendBytes, int receiveBytes) {
    this.wire = wire;
    this.id = id;
    this.method = method;
    this.requestEnded = requestEnded;
    this.receiveWindow = new FlowWindow(receiveBytes);
    this.outgoing = new Outgoing(id, sendBytes, this::frameSent);
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
    return wire.loop();
  }

  @Override
  public @Nullable IncomingBody body() {
    return body;
  }

  StreamState state() {
    return requestEnded ? StreamState.HALF_CLOSED : StreamState.OPEN;
  }

  int windowBytes() {
    return wire.streamWindowBytes();
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
    wire.creditConnection(bytes);
    uncredited += bytes;
    if (!requestEnded && !closed && uncredited >= wire.streamWindowBytes() / 2) {
      var _ = receiveWindow.grow(uncredited);
      wire.sendWindowUpdate(id, uncredited);
      uncredited = 0;
    }
  }

  /** Tells the client to send its body, unless the answer has begun: nothing but its body may follow its head. */
  void sendContinue() {
    if (!outgoing.isOpen()) {
      wire.sendContinue(id);
    }
  }

  // ---- the answer

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
  }

  @Override
  public void hint(Headers fields) {
    if (!loop().inEventLoop()) {
      loop().execute(() -> hint(fields));
    } else if (!closed && !answering) {
      wire.sendHints(id, fields);
    }
  }

  @Override
  public void send(Response response) {
    if (closed) {
      finish();
      return;
    }
    answering = true;
    if (response.status() == SWITCHING_PROTOCOLS) {
      send(Response.problem(501, "a stream of HTTP/2 cannot become something else (RFC 9113 section 8.6)"));
      return;
    }
    List<byte[]> bytes = switch (response.body()) {
      case Body.Bytes(byte[] ready) -> List.of(ready);
      case Body.Segments(List<byte[]> ready) -> ready;
      case Body.Empty _,Body.File _,Body.Stream _,Body.Upgrade _ -> List.of();
    };
    long size = 0;
    for (byte[] piece : bytes) {
      size += piece.length;
    }
    boolean bare = size == 0 || method.equals(Method.HEAD) || !Bodies.mayHaveContent(response);
    wire.sendHead(id, response, length(response, size), bare);
    if (bare) {
      ended();
    } else {
      outgoing.open();
      outgoing.beginToWait();
      bytes.forEach(outgoing.queue()::add);
      outgoing.queue().end(Headers.empty());
      wire.sendBody(outgoing);
    }
  }

  /** What the head tells of the length of a body that is not streamed here: so many bytes, or what a stream would have had. */
  private static long length(Response response, long ready) {
    if (response.body() instanceof Body.Stream stream) {
      return Bodies.mayHaveContent(response) ? stream.length().orElse(ResponseFields.NO_LENGTH)
          : ResponseFields.NO_LENGTH;
    }
    if (!Bodies.mayDeclareLength(response)) {
      return ResponseFields.NO_LENGTH;
    }
    return Bodies.mayHaveContent(response) ? ready : 0;
  }

  @Override
  public void stream(Response response, Runnable produced) {
    var begun = new AtomicReference<StreamOutput>();
    try {
      BodyProducer.produce(response.body(), method.equals(Method.HEAD), produced, length -> {
        StreamOutput out = begin(response, length);
        begun.set(out);
        return out;
      });
    } catch (Throwable e) { // errors too: nobody else ends the response
      broken(Optional.ofNullable(begun.get()), e);
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

  @Override
  public void abandon() {
    wire.abort(this, ErrorCode.INTERNAL_ERROR);
    finish();
  }

  private void broken(Optional<StreamOutput> out, Throwable cause) {
    boolean begun = out.isPresent() && out.get().hasBegun();
    Request about = request;
    String path = about == null ? "" : about.path();
    if (cause instanceof IOException && out.isPresent() && out.get().isCut()) {
      LOG.debug("the client left before the end of the response to {} {}", method, path, cause);
    } else {
      Failures.LOG.error(LOG, "the body of the response to " + method + " " + path + " failed", cause);
    }
    loop().execute(() -> {
      if (begun) {
        wire.abort(this, ErrorCode.INTERNAL_ERROR);
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
    if (!outgoing.isOpen()) {
      wire.sendHead(id, response, length, false);
      outgoing.open();
    }
    outgoing.beginToWait();
    out.collect(outgoing.queue());
    wire.sendBody(outgoing);
  }

  // ---- the wire

  Outgoing outgoing() {
    return outgoing;
  }

  /** A DATA frame is on its way. */
  private void frameSent(int count, boolean last) {
    StreamOutput out = output;
    if (out != null) {
      out.taken(count);
    }
    if (last) {
      if (outgoing.queue().trailers().size() > 0) {
        wire.sendTrailers(id, outgoing.queue().trailers());
      }
      ended();
    }
  }

  private void ended() {
    wire.answered(this, requestEnded);
    StreamOutput out = output;
    wire.whenSent(() -> {
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
    outgoing.close();
    Http2Body open = body;
    if (open != null) {
      open.breakOff(reason);
      wire.creditConnection(open.forfeit());
      progressed();
    }
  }

  /** The client has cancelled, or we had to: whoever works on the answer is told, and what waits is thrown away. */
  void cancel(String reason) {
    boolean waited = answering && output == null;
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
    wire.finished();
  }
}
