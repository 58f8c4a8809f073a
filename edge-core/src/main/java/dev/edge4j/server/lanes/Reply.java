package dev.edge4j.server.lanes;

import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Response;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/** Where the answer to one request goes: an HTTP/1.1 connection in its turn, or an HTTP/2 stream. */
public interface Reply {
  /** The event loop that the request lives on. */
  EventLoop loop();

  /** The version of HTTP that the connection speaks. */
  HttpVersion version();

  /** The request's body on its way in; null if it has none. */
  @Nullable
  IncomingBody body();

  /**
   * Sends a response whose body is there, or that takes the connection over; on the loop. Ends with {@link Running#sent}, now or later.
   */
  void send(Response response);

  /** Tells the client fields of the answer before it is there (RFC 8297), unless the answer has begun. Safe for use by any thread. */
  void hint(Headers fields);

  /** {@link #send} has failed as nobody expects, for want of memory say: ends the connection or the stream, and then {@link Running#sent}. */
  void abandon();

  /**
   * Sends a response whose body is a file or a stream, on a virtual thread; returns once it has left whole or has failed, and sees to
   * {@link Running#sent}.
   *
   * @param produced run once, when the application has nothing more to do for it but before the client can have seen its end: who has
   *        an answer may ask again at once, and shall find the place free
   */
  void stream(Response response, Runnable produced);
}
