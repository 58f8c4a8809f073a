package dev.edge4j.server.http1;

import dev.edge4j.WebSocketUpgrade;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.Tunnel;
import dev.edge4j.server.lanes.IncomingBody;
import dev.edge4j.server.lanes.Lanes;
import dev.edge4j.server.lanes.Reply;
import dev.edge4j.server.lanes.Running;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** The answer to one request of a connection, in its turn. Confined to the event loop but for {@link #stream}. */
final class Http1Reply implements Reply {
  private final Http1Connection connection;
  private final ResponseWriter writer;
  private final Request request;
  private final @Nullable Http1Body body;
  /** A client of HTTP/1.0, which knows no chunks. */
  private final boolean old;
  private final Running running;
  /** Written by the thread that answers, read by the loop. */
  private volatile boolean begun;

  Http1Reply(Http1Connection connection, ResponseWriter writer, Lanes lanes, Request request, @Nullable Http1Body body,
      boolean old) {
    this.connection = connection;
    this.writer = writer;
    this.request = request;
    this.body = body;
    this.old = old;
    this.running = lanes.open(request, this);
  }

  Running running() {
    return running;
  }

  /** True once the head may have left: nothing but the body may follow it. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public EventLoop loop() {
    return writer.ctx().channel().eventLoop();
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }

  @Override
  public @Nullable IncomingBody body() {
    return body;
  }

  @Override
  public void send(Response response) {
    if (response.body() instanceof Body.Upgrade(Body.Protocol next)) {
      upgrade(response, next);
      return;
    }
    begun = true;
    boolean reusable = connection.mayReuse(response);
    boolean mayUpgrade = reusable && response.status() == 426;
    ChannelFuture written = writer.write(request, response, mayUpgrade ? HeadEncoder.Connection.UPGRADED
        : say(reusable));
    if (written.isDone()) { // as most are: the socket has taken it
      connection.answered(writer.ctx(), this, written.isSuccess() && reusable);
    } else {
      var _ = written.addListener(sent -> connection.answered(writer.ctx(), this, sent.isSuccess() && reusable));
    }
  }

  private void upgrade(Response response, Body.Protocol next) {
    if (!connection.canGoOn(writer.ctx())) {
      connection.answered(writer.ctx(), this, false); // who asked for it has left
    } else if (!old && next instanceof WebSocketUpgrade webSocket) {
      var _ = writer.write(request, response, HeadEncoder.Connection.UPGRADED);
      connection.becomes(writer.ctx(), this, webSocket);
    } else if (!old && next instanceof Tunnel tunnel) {
      var _ = writer.write(request, response, HeadEncoder.Connection.UPGRADED);
      connection.becomes(writer.ctx(), this, tunnel);
    } else { // RFC 9110 section 7.8: an Upgrade in a request of HTTP/1.0 is ignored
      send(Response.problem(501, "this connection cannot go on with " + next.name()));
    }
  }

  @Override
  public void hint(Headers fields) {
    if (old) {
      return; // HTTP/1.0 knows no responses but the final one
    }
    if (!loop().inEventLoop()) {
      loop().execute(() -> hint(fields));
    } else if (!begun && connection.canGoOn(writer.ctx())) {
      writer.hint(fields);
    }
  }

  @Override
  public void abandon() {
    var _ = writer.ctx().close();
    connection.answered(writer.ctx(), this, false);
  }

  @Override
  public void stream(Response response, Runnable produced) {
    boolean endsByClose = old && response.body() instanceof Body.Stream stream && stream.length().isEmpty();
    boolean reusable = connection.mayReuse(response) && !endsByClose;
    switch (writer.writeStream(request, response, say(reusable), !old, () -> begun = true, produced)) {
      case WHOLE -> loop().execute(() -> connection.answered(writer.ctx(), this, reusable));
      case BROKEN -> loop().execute(() -> connection.answered(writer.ctx(), this, false));
      case NOTHING -> loop().execute(() -> send(Response.of(500)));
    }
  }

  private HeadEncoder.Connection say(boolean reusable) {
    if (!reusable) {
      return HeadEncoder.Connection.CLOSED;
    }
    return old ? HeadEncoder.Connection.KEPT_FOR_OLD : HeadEncoder.Connection.KEPT;
  }
}
