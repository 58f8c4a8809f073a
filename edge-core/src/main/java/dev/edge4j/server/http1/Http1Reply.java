package dev.edge4j.server.http1;

import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.lanes.IncomingBody;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.lanes.Reply;
import dev.edge4j.server.lanes.Running;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The answer to one request of a connection, in its turn. Confined to the event loop but for {@link #stream}. */
final class Http1Reply implements Reply {
  private final Http1Connection connection;
  private final ChannelHandlerContext ctx;
  private final Request request;
  private final @Nullable Http1Body body;
  /** False for a client of HTTP/1.0, which knows no chunks. */
  private final boolean chunked;
  private final Duration writeTimeout;
  private final Running running;

  Http1Reply(Http1Connection connection, ChannelHandlerContext ctx, Lanes lanes, Request request,
      @Nullable Http1Body body, boolean chunked, Duration writeTimeout) {
    this.connection = connection;
    this.ctx = ctx;
    this.request = request;
    this.body = body;
    this.chunked = chunked;
    this.writeTimeout = writeTimeout;
    this.running = lanes.open(request, this);
  }

  Running running() {
    return running;
  }

  @Override
  public EventLoop loop() {
    return ctx.channel().eventLoop();
  }

  @Override
  public @Nullable IncomingBody body() {
    return body;
  }

  @Override
  public void send(Response response) {
    boolean reusable = connection.mayReuse(response);
    var _ = ResponseWriter.write(ctx, request, response, reusable, writeTimeout)
        .addListener(sent -> connection.answered(ctx, this, sent.isSuccess() && reusable));
  }

  @Override
  public void stream(Response response, Runnable produced) {
    boolean reusable = connection.mayReuse(response) && (chunked || !(response.body() instanceof Body.Stream));
    switch (ResponseWriter.writeStream(ctx, request, response, reusable, chunked, writeTimeout, produced)) {
      case WHOLE -> loop().execute(() -> connection.answered(ctx, this, reusable));
      case BROKEN -> loop().execute(() -> connection.answered(ctx, this, false));
      case NOTHING -> loop().execute(() -> send(Response.of(500)));
    }
  }
}
