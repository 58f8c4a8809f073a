package dev.edge4j.examples.shop.figures;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One visitor's connection over HTTP/1.1, which asks again and again and brings the cookies it was given: it notes when the first byte came and reads to the end. Confined
 * to its thread.
 */
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private long firstByte;
  private long page;

  Wire(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    this.socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
  }

  /** Asks for a path and reads the answer; its status. */
  int get(String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + cookies() + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    in.mark(1);
    int first = in.read();
    firstByte = System.nanoTime();
    in.reset();
    if (first < 0) {
      throw new EOFException("closed");
    }
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Long.parseLong(field.substring(15).strip());
      }
      if (field.startsWith("set-cookie:")) {
        String cookie = line.substring(11).strip().split(";", 2)[0];
        cookies.put(cookie.substring(0, cookie.indexOf('=')), cookie);
      }
      chunked |= field.startsWith("transfer-encoding:") && field.contains("chunked");
    }
    if (chunked) {
      chunks();
    } else {
      in.skipNBytes(length);
      page = System.nanoTime();
    }
    return status;
  }

  /** When the first byte of the last answer was there, as {@link System#nanoTime}. */
  long firstByte() {
    return firstByte;
  }

  /** When the last answer could be read: all of it, or of a page that is streamed its head and what is not late, the first two chunks. */
  long page() {
    return page;
  }

  private String cookies() {
    return cookies.isEmpty() ? "" : "Cookie: " + String.join("; ", cookies.values()) + "\r\n";
  }

  private void chunks() throws IOException {
    int chunks = 0;
    for (int size = size(); size > 0; size = size()) {
      in.skipNBytes(size + 2L);
      chunks++;
      page = chunks <= 2 ? System.nanoTime() : page;
    }
    while (!line().isEmpty()) {
      // Trailers.
    }
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0], 16);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed in a line");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
