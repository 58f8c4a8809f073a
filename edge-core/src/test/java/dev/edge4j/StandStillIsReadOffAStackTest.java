package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sampled gate waits for the network, stands in another native call that is only reported, or merely lacks a CPU. */
class StandStillIsReadOffAStackTest {
  private static final int NATIVE = -2;

  private static Optional<StandStill> under(String type, String method, int line) {
    return StandStill.of(new StackTraceElement[]{
        new StackTraceElement(null, "java.base", "25", type, method, "X.java", line),
        new StackTraceElement(null, "java.base", "25", "java.net.Socket", "read", "Socket.java", 7),
        new StackTraceElement(null, null, null, "shop.Waf", "before", "Waf.java", 33)});
  }

  @Test
  void theNetworkIsAFault() {
    StandStill seen = under("sun.nio.ch.Net", "poll", NATIVE).orElseThrow();
    assertTrue(seen.isNetwork());
    assertEquals("sun.nio.ch.Net.poll at shop.Waf.before(Waf.java:33)", seen.text());
    assertTrue(under("java.net.Inet6AddressImpl", "lookupAllHostAddr", NATIVE).orElseThrow().isNetwork(), "a name");
  }

  @Test
  void filesAreReportedAlone() {
    assertFalse(under("java.io.FileInputStream", "readBytes", NATIVE).orElseThrow().isNetwork());
    assertFalse(under("sun.nio.ch.UnixFileDispatcherImpl", "read0", NATIVE).orElseThrow().isNetwork());
    assertFalse(under("jdk.internal.misc.Unsafe", "park", NATIVE).orElseThrow().isNetwork(), "a counter shows it");
  }

  @Test
  void codeThatDoesNotBlockOnlyWaitsForACpu() {
    assertTrue(under("java.lang.Class", "isAssignableFrom", NATIVE).isEmpty());
    assertTrue(under("java.util.HashMap", "get", 12).isEmpty());
    assertTrue(StandStill.of(new StackTraceElement[0]).isEmpty());
  }
}
