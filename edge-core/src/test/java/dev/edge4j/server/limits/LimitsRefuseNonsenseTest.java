package dev.edge4j.server.limits;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Figures that no server can run with are refused where they are said, with what was expected instead. */
class LimitsRefuseNonsenseTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
  private static final RequestLimits REQUESTS = RequestLimits.defaults();
  private static final Timeouts TIMEOUTS = Timeouts.defaults();
  private static final ClientLimits CLIENTS = ClientLimits.defaults();
  private static final WebSocketLimits WEB_SOCKETS = WebSocketLimits.defaults();

  @TestFactory
  Stream<DynamicTest> eachOfThem() {
    List<Executable> nonsense = List.of(
        () -> REQUESTS.withMaxBodyBytes(-1),
        () -> REQUESTS.withMaxHeadBytes(63, 1_024),
        () -> REQUESTS.withMaxHeadBytes(1_024, 63),
        () -> REQUESTS.withMaxHeaderFields(0),
        () -> TIMEOUTS.withRequest(NONE, SECOND),
        () -> TIMEOUTS.withRequest(SECOND, NONE),
        () -> TIMEOUTS.withConnection(NONE, SECOND),
        () -> TIMEOUTS.withConnection(SECOND, SECOND.negated()),
        () -> TIMEOUTS.withRequest(SECOND, Duration.ofNanos(999_999)),
        () -> TIMEOUTS.withRequest(SECOND, FOR_EVER),
        () -> TIMEOUTS.withConnection(FOR_EVER, SECOND),
        () -> TIMEOUTS.withDrain(SECOND.negated()),
        () -> TIMEOUTS.withDrain(FOR_EVER),
        () -> CLIENTS.withMaxConnections(0, 1),
        () -> CLIENTS.withMaxConnections(1, 0),
        () -> CLIENTS.withMaxRequestsPerConnection(0),
        () -> CLIENTS.withMinBodyBytesPerSecond(-1),
        () -> WEB_SOCKETS.withMaxMessageBytes(0),
        () -> WEB_SOCKETS.withMaxFrameBytes(0),
        () -> WEB_SOCKETS.withMaxBufferedBytes(0),
        () -> WEB_SOCKETS.withPings(NONE, SECOND),
        () -> WEB_SOCKETS.withPings(SECOND, NONE),
        () -> WEB_SOCKETS.withPings(FOR_EVER, SECOND),
        () -> WEB_SOCKETS.withCloseWithin(NONE),
        () -> Concurrency.defaults().withMaxConcurrent(0),
        () -> Concurrency.defaults().withQueue(-1, SECOND),
        () -> Concurrency.defaults().withQueue(1, SECOND.negated()),
        () -> Concurrency.defaults().withQueue(1, FOR_EVER),
        () -> Http2Limits.defaults().withMaxConcurrentStreams(0),
        () -> Http2Limits.defaults().withWindowBytes(65_534, 65_534),
        () -> Http2Limits.defaults().withWindowBytes(65_536, 65_535));
    return nonsense.stream().map(each -> DynamicTest.dynamicTest("case " + nonsense.indexOf(each), () -> {
      var refused = assertThrows(IllegalArgumentException.class, each);
      assertTrue(String.valueOf(refused.getMessage()).contains("(expected: "), refused.getMessage());
    }));
  }

  @Test
  void theLeastIsAccepted() {
    assertDoesNotThrow(() -> {
      REQUESTS.withMaxBodyBytes(0).withMaxHeadBytes(64, 64).withMaxHeaderFields(1);
      TIMEOUTS.withRequest(Duration.ofMillis(1), Duration.ofMillis(1)).withDrain(NONE);
      CLIENTS.withMaxConnections(1, 1).withMaxRequestsPerConnection(1).withMinBodyBytesPerSecond(0);
      WEB_SOCKETS.withMaxMessageBytes(1).withMaxBufferedBytes(1);
      Concurrency.defaults().withMaxConcurrent(1).withQueue(0, NONE);
    });
  }
}
