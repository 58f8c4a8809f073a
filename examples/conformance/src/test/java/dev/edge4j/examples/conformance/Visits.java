package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What the visitors of a soak do, each of them over and over, with an answer that is known. Confined to one thread each. */
final class Visits {
  /** One visit, from the connection to its end. */
  @FunctionalInterface
  interface Visit {
    void make() throws IOException, InterruptedException;
  }

  private static final int MOST_REQUESTS = 20;
  private static final int MOST_BYTES = 100_000;
  private static final String NO_MASK = "\0\0\0\0";
  private static final String NORMAL = "\u0003\u00e8";

  private final int port;
  private final Random random;

  Visits(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
  }

  /** All kinds of them. */
  List<Visit> all() {
    return List.of(this::keepsTheConnection, this::pipelines, this::uploads, this::listens, this::readsFiles,
        this::talks, this::leaves, this::isRude);
  }

  private int some(int most) {
    return 1 + random.nextInt(most);
  }

  private void keepsTheConnection() throws IOException {
    try (var wire = new Wire(port)) {
      for (int i = some(MOST_REQUESTS); i > 0; i--) {
        wire.send(Wire.head("GET /cookie", "Cookie: a=" + i + "\r\n"));
        assertEquals("a=" + i + "\n", wire.answer().body());
        wire.send(Wire.head("POST /json", "Content-Type: application/json\r\nContent-Length: 2\r\n") + "[]");
        assertEquals(204, wire.answer().status());
      }
    }
  }

  private void pipelines() throws IOException {
    int count = some(MOST_REQUESTS);
    var requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      requests.append(Wire.head("GET /echo", "X-I: " + i + "\r\n"));
    }
    try (var wire = new Wire(port)) {
      wire.send(requests.toString());
      for (int i = 0; i < count; i++) {
        assertEquals("Host: t\nX-I: " + i + "\n", wire.answer().body());
      }
    }
  }

  private void uploads() throws IOException {
    String body = String.valueOf((char) ('a' + random.nextInt(26))).repeat(some(MOST_BYTES));
    try (var wire = new Wire(port)) {
      wire.send(Wire.head("POST /", "Content-Length: " + body.length() + "\r\n") + body);
      assertEquals(body, wire.answer().body());
      wire.send(Wire.head("POST /", "Transfer-Encoding: chunked\r\n"));
      int half = body.length() / 2 + 1;
      wire.send(Integer.toHexString(half) + "\r\n" + body.substring(0, half) + "\r\n");
      int rest = body.length() - half;
      wire.send(rest > 0 ? Integer.toHexString(rest) + "\r\n" + body.substring(half) + "\r\n0\r\n\r\n" : "0\r\n\r\n");
      assertEquals(body, wire.answer().body());
    }
  }

  private void listens() throws IOException {
    int seen = random.nextInt(4);
    try (var wire = new Wire(port)) {
      wire.send(Wire.head("GET /sse", "Last-Event-ID: " + seen + "\r\n"));
      assertEquals(3 - seen, wire.answer().body().lines().filter(line -> line.startsWith("id: ")).count());
    }
  }

  private void readsFiles() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(Wire.head("GET /static/digits.txt"));
      assertEquals("0123456789\n", wire.answer().body());
      int first = random.nextInt(9);
      wire.send(Wire.head("GET /static/digits.txt", "Range: bytes=" + first + "-9\r\n"));
      assertEquals("0123456789".substring(first), wire.answer().body());
      wire.send(Wire.head("GET /static/none"));
      assertEquals(404, wire.answer().status());
    }
  }

  /** By a WebSocket, in frames whose mask changes nothing (RFC 6455 section 5.3). */
  private void talks() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send(Wire.upgrade("/ws"));
      assertEquals(101, wire.answer().status());
      for (int i = some(MOST_REQUESTS); i > 0; i--) {
        String message = "x".repeat(some(100));
        wire.send("\u0081" + (char) (0x80 | message.length()) + NO_MASK + message);
        assertEquals("\u0081" + (char) message.length() + message, wire.bytes(2 + message.length()));
      }
      wire.send("\u0088\u0082" + NO_MASK + NORMAL);
      assertEquals("\u0088\u0002" + NORMAL, wire.bytes(4));
    }
  }

  /** Somewhere in a request or its answer, without a word. */
  private void leaves() throws IOException {
    String whole = Wire.head("POST /", "Content-Length: " + MOST_BYTES + "\r\n") + "x".repeat(MOST_BYTES);
    var wire = new Wire(port);
    try {
      wire.send(whole.substring(0, some(whole.length())));
      if (random.nextBoolean()) {
        wire.send(Wire.head("GET /sse"));
      }
    } finally {
      wire.reset();
    }
    var reader = new Wire(port);
    try {
      reader.send(Wire.head("GET /sse").repeat(3));
      reader.skim(some(200));
    } finally {
      reader.reset();
    }
  }

  private void isRude() throws IOException {
    try (var wire = new Wire(port)) {
      wire.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
      assertEquals(400, wire.answer().status());
    }
  }
}
