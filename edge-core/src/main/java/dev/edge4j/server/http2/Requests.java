package dev.edge4j.server.http2;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Http2Limits;
import dev.edge4j.server.limits.Limits;
import dev.edge4j.server.wire.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Field blocks (RFC 9113 section 4.3): what opens a stream and runs its request, and what ends one. Confined to the event loop. */
final class Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  /** How much larger a compressed block may be than the fields that are kept of it: the rest is read for the table alone. */
  private static final int BLOCK_FACTOR = 2;

  private final Session session;
  private final StreamWire wire;
  private final Streams streams;
  private final Goodbye goodbye;
  private final ByteBufAllocator allocator;
  private final Lanes lanes;
  private final Limits limits;
  private final Http2Limits http2;
  private final Counters counters;
  private final Peer peer;
  private final int maxListBytes;
  private final HeaderDecoder decoder;
  private @Nullable FieldBlock block;
  private boolean draining;
  private int requests;

  Requests(Session session, StreamWire wire, Streams streams, Goodbye goodbye, ByteBufAllocator allocator, Lanes lanes,
      Limits limits, Counters counters, Peer peer) {
    this.session = session;
    this.wire = wire;
    this.streams = streams;
    this.goodbye = goodbye;
    this.allocator = allocator;
    this.lanes = lanes;
    this.limits = limits;
    this.http2 = limits.http2();
    this.counters = counters;
    this.peer = peer;
    this.maxListBytes = maxListBytes(limits);
    this.decoder = new HeaderDecoder(maxListBytes);
  }

  /** How large all fields of a request may be; the path counts as one too. */
  static int maxListBytes(Limits limits) {
    return limits.requests().maxHeaderBytes() + limits.requests().maxTargetBytes();
  }

  /** A field block begins, and may be whole. */
  void onHeaders(Frame.Headers headers) throws ConnectionException {
    if (headers.endHeaders()) {
      onBlock(headers, headers.fragment());
    } else {
      block = new FieldBlock(headers, BLOCK_FACTOR * maxListBytes, http2.maxContinuations(), allocator);
    }
  }

  /** A field block goes on. */
  void onContinuation(Frame.Continuation more) throws ConnectionException {
    FieldBlock open = block;
    if (open == null) {
      throw new IllegalStateException("CONTINUATION without a block");
    }
    if (!open.add(more)) {
      counters.add(Counter.HTTP2_CONTINUATION_FLOODS);
      throw new ConnectionException(ErrorCode.ENHANCE_YOUR_CALM, "a field block is too long, or in too many frames");
    }
    if (more.endHeaders()) {
      block = null;
      try {
        onBlock(open.head(), open.bytes());
      } finally {
        open.release();
      }
    }
  }

  /** A whole field block, which is read whatever its stream: the compression depends on it (section 4.3). */
  private void onBlock(Frame.Headers head, ByteBuf bytes) throws ConnectionException {
    FieldList fields;
    try {
      fields = decoder.decode(head.stream(), bytes);
    } catch (ConnectionException e) {
      if (e.code() == ErrorCode.ENHANCE_YOUR_CALM) {
        counters.add(Counter.HTTP2_HEADER_BOMBS);
      }
      throw e;
    }
    int id = head.stream();
    if (id % 2 == 0) {
      throw new ConnectionException(ErrorCode.PROTOCOL_ERROR, "a client opened stream " + id
          + " (expected: an odd one)");
    }
    if (streams.state(id) != StreamState.IDLE) {
      if (session.decide(id, StreamState.Kind.HEADERS)) {
        onTrailers(head, fields);
      } else if (head.endStream()) {
        streams.ended(id);
      }
    } else {
      onStream(head, fields);
    }
  }

  /** A stream that came too late is open all the same: the client may use it until it hears of the goodbye (section 6.8). */
  private void onStream(Frame.Headers head, FieldList fields) throws ConnectionException {
    int id = head.stream();
    boolean admitted = goodbye.admits(id);
    streams.opened(id);
    if (admitted) {
      onRequest(head, fields);
    } else {
      streams.close(id, head.endStream() ? StreamState.CLOSED : StreamState.RESET_BY_US);
    }
  }

  private void onRequest(Frame.Headers head, FieldList fields) throws ConnectionException {
    int id = head.stream();
    if (head.onItself()) {
      session.fail(id, ErrorCode.PROTOCOL_ERROR);
      return;
    }
    if (streams.unfinished() >= http2.maxConcurrentStreams()) {
      counters.add(Counter.HTTP2_STREAMS_REFUSED);
      session.fail(id, ErrorCode.REFUSED_STREAM);
      return;
    }
    switch (RequestFields.read(fields, head.endStream(), limits.requests())) {
      case RequestHead.Accepted accepted -> accept(head, accepted);
      case RequestHead.Refused refused -> refuse(head, refused);
      case RequestHead.Malformed malformed -> {
        LOG.debug("{} sent a malformed request: {}", peer.address(), malformed.detail());
        counters.add(Counter.MALFORMED);
        session.fail(id, ErrorCode.PROTOCOL_ERROR);
      }
    }
    if (++requests == limits.clients().maxRequestsPerConnection()) {
      counters.add(Counter.REQUESTS_PER_CONNECTION_REACHED);
      goodbye.finish();
    }
  }

  private void accept(Frame.Headers head, RequestHead.Accepted accepted) {
    Http2Stream stream = add(head, accepted.method());
    Http2Body body = head.endStream() ? null : new Http2Body(stream, accepted, limits, counters);
    Request request;
    try {
      request = new Request(accepted.method(), accepted.target(), accepted.headers(), stream.content(body), peer
          .scheme(),
          peer.address(), peer.certificate());
    } catch (BadRequestException e) {
      counters.add(Counter.MALFORMED);
      stream.send(Response.problem(400, String.valueOf(e.getMessage())));
      return;
    }
    counters.add(Counter.REQUESTS);
    stream.open(lanes, request, body);
    if (draining) {
      stream.drain();
    }
    stream.go();
  }

  private void refuse(Frame.Headers head, RequestHead.Refused refused) {
    counters.add(switch (refused.status()) {
      case 414 -> Counter.TARGETS_TOO_LONG;
      case 431 -> Counter.HEADERS_TOO_LARGE;
      default -> Counter.MALFORMED;
    });
    add(head, refused.method()).send(Response.problem(refused.status(), refused.detail()));
  }

  private Http2Stream add(Frame.Headers head, Method method) {
    var stream = new Http2Stream(wire, head.stream(), method, head.endStream(), session.sendWindowBytes(), http2
        .streamWindowBytes());
    streams.add(stream);
    return stream;
  }

  /** Trailers end the request; they are read as strictly as its head. */
  private void onTrailers(Frame.Headers head, FieldList fields) throws ConnectionException {
    Http2Stream stream = streams.get(head.stream());
    try {
      Headers trailers = TrailerFields.read(fields);
      if (stream != null && head.endStream() && !head.onItself() && stream.endRequest(trailers)) {
        return;
      }
    } catch (MalformedFieldsException e) {
      LOG.debug("{} sent malformed trailers: {}", peer.address(), e.detail());
    }
    counters.add(Counter.MALFORMED);
    session.fail(head.stream(), ErrorCode.PROTOCOL_ERROR);
  }

  /** The server stops: answers without an end of their own end now. */
  void drain() {
    draining = true;
    streams.all().forEach(Http2Stream::drain);
  }

  /** No block will be whole any more. */
  void clear() {
    FieldBlock open = block;
    if (open != null) {
      block = null;
      open.release();
    }
  }
}
