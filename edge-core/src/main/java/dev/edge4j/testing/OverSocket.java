package dev.edge4j.testing;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Through a server of its own, one connection for each request. Speaks HTTP/1.1 itself (RFC 9112), because a test must be able to send
 * targets that {@link java.net.URI} and the clients built on it refuse.
 */
final class OverSocket implements Wire {
  private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

  private final Server server;

  OverSocket(App app, ServerOptions limits) {
    this.server = Server.start(app, limits.withHost(HOST.getHostAddress()).withPort(0));
  }

  @Override
  public Response send(Outgoing out) throws IOException {
    try (var socket = new Socket()) {
      bind(socket, out.from());
      socket.connect(new InetSocketAddress(HOST, server.port()), (int) PATIENCE.toMillis());
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.setTcpNoDelay(true);
      // Beside the reading: the answer may come before the whole body has been taken, which then may never be.
      Thread.ofVirtual().name("edge4j-test-client").start(() -> write(socket, out));
      var in = new BufferedInputStream(socket.getInputStream());
      Response response = new ResponseReader(in).read(out.method());
      awaitEnd(socket, in);
      return response;
    }
  }

  /** Leaves the choice to the system for the address that it would choose anyway. */
  private static void bind(Socket socket, InetAddress from) throws IOException {
    if (from.equals(InetAddress.getLoopbackAddress())) {
      return;
    }
    try {
      socket.bind(new InetSocketAddress(from, 0));
    } catch (BindException e) {
      throw new IOException("cannot send from " + from.getHostAddress()
          + " (expected: an address of this machine; on macOS: sudo ifconfig lo0 alias " + from.getHostAddress() + ")",
          e);
    }
  }

  private static void write(Socket socket, Outgoing out) {
    try {
      OutputStream stream = socket.getOutputStream();
      stream.write(message(out));
      stream.flush();
    } catch (IOException taken) {
      // Whether the server took it all, or none, shows in what it answers.
    }
  }

  private static byte[] message(Outgoing out) throws IOException {
    var head = new StringBuilder(out.method() + " " + out.target() + " HTTP/1.1\r\n");
    out.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    var message = new ByteArrayOutputStream();
    message.write(latin1(head.append("\r\n").toString()));
    if (out.isChunked()) {
      if (out.body().length > 0) {
        message.write(latin1(Integer.toHexString(out.body().length) + "\r\n"));
        message.write(out.body());
        message.write(latin1("\r\n"));
      }
      message.write(latin1("0\r\n\r\n"));
    } else {
      message.write(out.body());
    }
    return message.toByteArray();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The server closes a half-closed connection once it is done with the request, so its end says that work for later has begun. */
  private static void awaitEnd(Socket socket, InputStream in) {
    try {
      socket.shutdownOutput();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException reset) {
      // An end as well: the server had not read all of the body.
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
