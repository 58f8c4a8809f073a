package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.server.limits.ClientLimits;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** One client, or many, may open so many connections and send so many requests over each, and no more. */
class ConnectionsAreBoundedTest {
  private static Server start(ClientLimits limits) {
    var app = new App();
    app.get("/", c -> c.text("hello"));
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withClients(limits));
  }

  private static void assertOneTooManyIsRefused(ClientLimits limits) throws IOException {
    try (var server = start(limits); var first = new RawClient(server)) {
      assertEquals(200, first.get("/").reply().status());
      try (var second = new RawClient(server)) {
        assertEquals(200, second.get("/").reply().status());
        try (var third = new RawClient(server)) {
          RawClient.Reply refused = third.reply();
          assertEquals(503, refused.status());
          assertEquals("1", refused.header("Retry-After"));
          assertTrue(third.isClosed());
        }
        assertEquals(200, first.get("/").reply().status(), "who is in stays in");
      }
      assertFalse(isRefusedForEver(server), "a place that was left is free again");
    }
  }

  /** The server hears of a close a little later than the client. */
  private static boolean isRefusedForEver(Server server) throws IOException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < end) {
      try (var next = new RawClient(server)) {
        if (next.get("/").reply().status() == 200) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void inAll() throws IOException {
    assertOneTooManyIsRefused(ClientLimits.defaults().withMaxConnections(2, 1_000));
  }

  @Test
  void perAddress() throws IOException {
    assertOneTooManyIsRefused(ClientLimits.defaults().withMaxConnections(1_000, 2));
  }

  @Test
  void anAddressOfIpv6StandsForItsNetwork() throws IOException {
    var doorman = new Doorman(ClientLimits.defaults().withMaxConnections(10, 1));
    assertTrue(doorman.tryEnter(InetAddress.getByName("2001:db8::1")));
    assertFalse(doorman.tryEnter(InetAddress.getByName("2001:db8::2")));
    assertTrue(doorman.tryEnter(InetAddress.getByName("2001:db8:0:1::1")));
    doorman.leave(InetAddress.getByName("2001:db8::1"));
    assertTrue(doorman.tryEnter(InetAddress.getByName("2001:db8::2")));
  }

  @Test
  void afterSoManyRequestsTheConnectionIsClosedAndTheClientToldSo() throws IOException {
    try (var server = start(ClientLimits.defaults().withMaxRequestsPerConnection(3));
        var client = new RawClient(server)) {
      client.get("/").get("/").get("/").get("/");
      assertEquals("", client.reply().header("Connection"));
      assertEquals("", client.reply().header("Connection"));
      assertEquals("close", client.reply().header("Connection"));
      assertTrue(client.isClosed());
    }
  }
}
