package dev.edge4j.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Speaks HTTP/1.1 byte by byte, so that a test can be as rude as it likes. */
public final class RawClient implements AutoCloseable {
  /** A response as read from the wire. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  private final Socket socket;
  private final InputStream in;

  public RawClient(Server server) throws IOException {
    this(server.port());
  }

  public RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Speaks over a socket that is connected already. */
  public RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a GET with a Host field. */
  public RawClient get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: t\r\n\r\n");
  }

  public Reply reply() throws IOException {
    return reply(false);
  }

  public Reply reply(boolean toHead) throws IOException {
    String statusLine = line();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      headers.put(field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    boolean bodiless = toHead || status < 200 || status == 204 || status == 304;
    return new Reply(status, headers, bodiless ? "" : body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      return new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), ISO_8859_1);
    }
    var body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(new String(in.readNBytes(size), ISO_8859_1));
      line();
      if (size == 0) {
        return body.toString();
      }
    }
  }

  /** Closes the client's half of the connection. */
  public void closeOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Everything up to the end of the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** At most that many bytes; none at the end of the connection. */
  public byte[] some(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** True if the server has closed the connection; waits for it. */
  public boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed after: " + bytes.toString(ISO_8859_1));
      }
      if (b != '\r') {
        bytes.write(b);
      }
    }
    return bytes.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
