package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.tls.Authority;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.support.Aside;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not speak TLS to a port of TLS learns so, and who does not get through a handshake does not stay. */
@Aside
class WhatIsNoTlsIsTurnedAwayTest {
  private static final byte[] UNEXPECTED_MESSAGE = {21, 3, 1, 0, 2, 2, 10};

  @TempDir static Path folder;
  static Authority authority;
  static Server server;
  /** Its handshakes have as long as by default. */
  static Server patient;

  @BeforeAll
  static void start() throws Exception {
    authority = new Authority(folder);
    Tls tls = authority.server("server").tls();
    server = start(tls.withHandshakeTimeout(Duration.ofMillis(500)));
    patient = start(tls);
  }

  private static Server start(Tls tls) throws Exception {
    return Server.start(ContractApp.in(folder), ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(tls)));
  }

  @AfterAll
  static void stop() {
    server.close();
    patient.close();
  }

  private static long failed() {
    return server.counts().getOrDefault(Counter.HANDSHAKES_FAILED, 0L);
  }

  @Test
  void plainHttpIsAnsweredInTheClear() throws Exception {
    try (var client = new RawClient(patient)) {
      var reply = client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3000000\r\n\r\n")
          .send("x".repeat(3_000_000))
          .reply();
      assertEquals(400, reply.status());
      assertTrue(reply.body().contains("https"), reply::body);
      assertTrue(client.isClosed());
    }
    assertEquals(new Curl.Outcome(0, "400"), Curl.run("--output", "/dev/null", "--write-out", "%{http_code}",
        "http://localhost:" + patient.port() + "/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0\0\0\0", "\u0080.\1\3\1", "\u0017\3\3\0\1x", "get / http", "\r\n\r\n", "{"})
  void garbageIsAnsweredByAnAlert(String garbage) throws Exception {
    try (var client = new RawClient(server)) {
      assertArrayEquals(UNEXPECTED_MESSAGE, client.send(garbage).some(7));
      assertTrue(client.isClosed());
    }
  }

  /** Begins as records do and is none inside. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0016\3\1\0\4\0\0\0\0", "\u0016\3\1\0\5\1\0\0\1x", "\u0016\3\1\u00ff\u00ff",
      "\u0016\0\0\0\1x"})
  void aHandshakeThatIsNoneEndsTheConnection(String garbage) throws Exception {
    long before = failed();
    try (var client = new RawClient(server)) {
      client.send(garbage + "x".repeat(100_000)).rest();
    } catch (java.net.SocketException reset) {
      assertTrue(String.valueOf(reset.getMessage()).matches("(?i).*(reset|broken pipe).*"), reset::toString);
    }
    while (failed() == before) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016", "\u0016\3\1\2\0\1\0\1\u00fc\3\3"})
  void aHandshakeThatDoesNotEndIsCutOff(String start) throws Exception {
    long before = failed();
    try (var client = new RawClient(server)) {
      client.send(start);
      client.rest();
    }
    assertTrue(failed() > before);
  }

  @Test
  void othersAreServedMeanwhile() throws Exception {
    try (var _ = new RawClient(patient); var _ = new RawClient(patient).send("\u0016\3\1")) {
      var outcome = Curl.run("--cacert", authority.trust().toString(), "https://localhost:" + patient.port() + "/");
      assertEquals(new Curl.Outcome(0, "hello"), outcome);
    }
  }
}
