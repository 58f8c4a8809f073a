package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.limits.Counter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that sends frames which cost the server more than itself is cut off within a stated number of them, memory stays as it was, and who comes beside it is
 * answered.
 */
@Isolated("it measures the heap")
class FloodsAreStoppedTest {
  private static final int ROUNDS = 20;
  private static final long MAX_GROWTH_BYTES = 24L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int TABLE_ENTRY_BYTES = 4_000;

  /** Where requests begin faster than they end, those past the limit are refused, and refusals have a budget too. */
  private static final Set<Counter> RESETS = Set.of(Counter.HTTP2_RESET_FLOODS, Counter.HTTP2_MADE_RESET_FLOODS);

  private static Server server;

  /** Sends the frames of one round; stream numbers rise by two from 1. */
  @FunctionalInterface
  interface Step {
    void send(Http2Client client, int round) throws IOException;
  }

  /**
   * A way to flood.
   *
   * @param counters one of these counts it, whichever is over first
   * @param frames how many frames may pass at most until the server has ended the connection
   * @param perRound frames that one step sends
   */
  record Attack(String name, Set<Counter> counters, int frames, int perRound, Step step) {
    Attack(String name, Counter counter, int frames, int perRound, Step step) {
      this(name, Set.of(counter), frames, perRound, step);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    var app = new App();
    app.get("/", Handler.inline(c -> c.text("OK")));
    app.post("/", c -> c.text("" + c.request().body().stream().readAllBytes().length));
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Attack> attacks() {
    return Stream.of(
        new Attack("rapid reset", RESETS, 402, 2, (client, round) -> {
          client.get(2 * round + 1, "/");
          client.reset(2 * round + 1, ErrorCode.CANCEL.code());
        }),
        new Attack("reset of what is answered", Counter.HTTP2_RESET_FLOODS, 402, 2, (client, round) -> {
          client.get(2 * round + 1, "/").answer(2 * round + 1);
          client.reset(2 * round + 1, ErrorCode.CANCEL.code());
        }),
        new Attack("made you reset", Counter.HTTP2_MADE_RESET_FLOODS, 202, 2, (client, round) -> {
          client.request(2 * round + 1, "POST", "/", false); // its handler waits for the body
          client.windowUpdate(2 * round + 1, Integer.MAX_VALUE);
        }),
        new Attack("endless CONTINUATION", Counter.HTTP2_CONTINUATION_FLOODS, 10, 1, (client, round) -> {
          int type = round == 0 ? FrameType.HEADERS : FrameType.CONTINUATION;
          client.frame(type, 0, 1, Http2Client.block("a", "b"));
        }),
        new Attack("empty CONTINUATION", Counter.HTTP2_CONTINUATION_FLOODS, 3, 1, (client, round) -> {
          int type = round == 0 ? FrameType.HEADERS : FrameType.CONTINUATION;
          client.frame(type, 0, 1, Http2Client.NOTHING);
        }),
        new Attack("SETTINGS", Counter.HTTP2_SETTINGS_FLOODS, 51, 1, (client, _) -> client.settings(3, 1)),
        new Attack("PING", Counter.HTTP2_PING_FLOODS, 201, 1, Http2Client::ping),
        new Attack("PRIORITY", Counter.HTTP2_PRIORITY_FLOODS, 1_001, 1, (client, round) -> client.frame(
            FrameType.PRIORITY, 0, 2 * round + 1, new byte[5])),
        new Attack("unknown frames", Counter.HTTP2_PRIORITY_FLOODS, 1_001, 1, (client, _) -> client.frame(0x42, 0, 0,
            Http2Client.NOTHING)),
        new Attack("empty DATA", Counter.HTTP2_EMPTY_DATA_FLOODS, 102, 1, (client, round) -> {
          if (round == 0) {
            client.request(1, "POST", "/", false);
          }
          client.data(1, false, Http2Client.NOTHING);
        }),
        new Attack("tiny DATA", Counter.HTTP2_TINY_DATA_FLOODS, 2_002, 1, (client, round) -> {
          if (round == 0) {
            client.request(1, "POST", "/", false);
          }
          client.data(1, false, new byte[1]);
        }),
        new Attack("tiny WINDOW_UPDATE", Counter.HTTP2_WINDOW_UPDATE_FLOODS, 1_001, 1, (client, _) -> client
            .windowUpdate(0, 1)),
        new Attack("HPACK bomb", Counter.HTTP2_HEADER_BOMBS, 1, 1, (client, round) -> client.headers(2 * round + 1,
            true, bomb())));
  }

  /** A field that fills the table, and as many references to it as a frame holds. */
  private static byte[] bomb() {
    var block = new ByteArrayOutputStream();
    block.write(0x40); // a new name, kept
    Http2Client.length(block, 7, 1);
    block.write('a');
    Http2Client.length(block, 7, TABLE_ENTRY_BYTES);
    block.writeBytes(new byte[TABLE_ENTRY_BYTES]);
    byte[] references = new byte[16_000 - block.size()];
    Arrays.fill(references, (byte) (0x80 | 62)); // the first entry of the dynamic table
    block.writeBytes(references);
    return block.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void aFloodEndsTheConnectionWithinItsNumberOfFrames(Attack attack) throws IOException {
    Map<Counter, Long> before = server.counts();
    assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), flood(attack, attack.frames() / attack.perRound()));
    assertEquals(1, grown(attack.counters(), before), () -> attack + ": " + before + " became " + server.counts());
  }

  /** Sends so many rounds, and returns the code with which the server ends the connection. */
  private static int flood(Attack attack, int rounds) throws IOException {
    try (Http2Client client = Http2Client.connect(server.port())) {
      try {
        for (int round = 0; round < rounds; round++) {
          attack.step().send(client, round);
        }
      } catch (SocketException cutOff) {
        // sooner than it had to be
      }
      return client.endCode();
    }
  }

  private static long grown(Set<Counter> counters, Map<Counter, Long> before) {
    Map<Counter, Long> after = server.counts();
    return counters.stream()
        .mapToLong(counter -> after.getOrDefault(counter, 0L) - before.getOrDefault(counter, 0L))
        .sum();
  }

  @Test
  void memoryStaysFlatAndOthersAreAnsweredMeanwhile() throws IOException, InterruptedException {
    attacks().forEach(FloodsAreStoppedTest::floodOnce); // loads what has to be loaded
    long before = usedBytes();
    try (Http2Client beside = Http2Client.connect(server.port())) {
      for (int round = 0; round < ROUNDS; round++) {
        attacks().forEach(FloodsAreStoppedTest::floodOnce);
        int stream = 2 * round + 1;
        assertEquals("OK", beside.get(stream, "/").answer(stream).text());
      }
    }
    assertTrue(fallsBelow(before + MAX_GROWTH_BYTES), () -> "the heap grew by " + (usedBytes() - before) + " bytes");
  }

  /** The collector may need more than one turn. */
  private static boolean fallsBelow(long bytes) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (usedBytes() >= bytes) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(20); // until it is
    }
    return true;
  }

  private static void floodOnce(Attack attack) {
    try {
      int code = flood(attack, attack.frames() / attack.perRound());
      assertEquals(ErrorCode.ENHANCE_YOUR_CALM.code(), code, attack.name());
    } catch (IOException e) {
      throw new AssertionError(attack.name(), e);
    }
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
