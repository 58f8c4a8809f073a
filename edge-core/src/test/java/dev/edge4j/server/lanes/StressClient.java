package dev.edge4j.server.lanes;

import dev.edge4j.server.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/** One client of {@link StressApp}: asks at random, and looks at each answer. Confined to its thread. */
final class StressClient {
  /** What it may ask for. */
  enum Kind {
    PLAIN, INLINE, HOP, JSON, SLEEP, LOCK, MONITOR, LOG, SOCKET, DATABASE, STREAM, BODY, SLOW, ERROR, TIMED, HEALTH;

    String path() {
      return "/" + name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Kind[] KINDS = Kind.values();

  private final int port;
  private final Random random;
  private final long stride;
  private long number;
  /** True once it has had an answer. */
  volatile boolean begun;
  final Map<Kind, Integer> asked = new EnumMap<>(Kind.class);
  long rowsWritten;

  /** The client of that number among so many; no two ask with the same number. */
  StressClient(int port, int client, int clients) {
    this.port = port;
    this.random = new Random(client);
    this.number = client;
    this.stride = clients;
  }

  /** Asks so often; throws {@link AssertionError} at the first answer that is wrong. */
  void run(int requests) throws IOException {
    try (var client = new RawClient(port)) {
      for (int i = 0; i < requests; i++) {
        one(client);
      }
    }
  }

  /** Asks until the server goes away. An answer is whole or there is none. */
  void runUntilClosed() throws IOException {
    try (var client = new RawClient(port)) {
      while (one(client).header("connection").isEmpty()) {
        // On.
      }
    } catch (SocketException e) {
      // Refused, or closed before the request was there.
    } catch (IOException e) {
      if (!"closed after: ".equals(e.getMessage())) {
        throw e;
      }
    }
  }

  private RawClient.Reply one(RawClient client) throws IOException {
    Kind kind = KINDS[random.nextInt(KINDS.length)];
    number += stride;
    long n = number;
    String target = kind.path() + "?n=" + n;
    String expected = Long.toString(n);
    if (kind == Kind.BODY) {
      expected += " " + post(client, target);
    } else {
      client.get(target);
    }
    RawClient.Reply reply = client.reply();
    asked.merge(kind, 1, Integer::sum);
    begun = true;
    String body = switch (kind) {
      case JSON -> "{\"number\":\"" + expected + "\"}";
      case STREAM -> (expected + "\n").repeat(StressApp.LINES);
      default -> expected;
    };
    if (reply.status() != (kind == Kind.ERROR ? 500 : 200) || !reply.body().equals(body)) {
      throw new AssertionError(target + " was answered " + reply.status() + " " + reply.body());
    }
    rowsWritten += kind == Kind.DATABASE && n % 8 == 0 ? 1 : 0;
    return reply;
  }

  /** Sends a body in pieces; its checksum. */
  private long post(RawClient client, String target) throws IOException {
    var sum = new CRC32();
    client.send("POST " + target + " HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
    int pieces = random.nextInt(4);
    for (int i = 0; i < pieces; i++) {
      String piece = Integer.toString(random.nextInt(10)).repeat(1 + random.nextInt(5_000));
      sum.update(piece.getBytes(StandardCharsets.US_ASCII));
      client.send(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
    }
    client.send("0\r\n\r\n");
    return sum.getValue();
  }
}
