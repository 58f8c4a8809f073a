package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.RedisServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.server.tls.Tls;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import io.lettuce.core.AclSetuserArgs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client logs in with user, password and database, over TLS only to a server that it trusts. */
@Aside
class LogsInToRedisOverTlsTest {
  private final Path pem;
  private final int tlsPort;
  private RedisServer server;
  private Redis admin;

  LogsInToRedisOverTlsTest(@TempDir Path folder) throws IOException {
    Tls.development(folder).reload(); // makes the file
    this.pem = folder.resolve("localhost.pem");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.tlsPort = socket.getLocalPort();
    }
  }

  @BeforeEach
  void start() {
    server = RedisServer.start();
    admin = Redis.of(server.url(), Servers.patient());
    configure("tls-auth-clients", "no");
    configure("tls-cert-file", pem.toString());
    configure("tls-key-file", pem.toString());
    configure("tls-port", String.valueOf(tlsPort));
    admin.call("ACL SETUSER", commands -> commands.aclSetuser("ann", new AclSetuserArgs().on()
        .addPassword("s:e@c/ret")
        .allKeys()
        .allChannels()
        .allCommands()));
  }

  private void configure(String name, String value) {
    admin.call("CONFIG SET", commands -> commands.configSet(name, value));
  }

  @AfterEach
  void stop() {
    admin.close();
    server.close();
  }

  @Test
  void aTrustedServer() {
    String url = "rediss://ann:s%3Ae%40c%2Fret@127.0.0.1:" + tlsPort + "/3";
    try (Redis redis = Redis.of(url, Servers.patient().withTrust(pem)); RedisKv kv = RedisKv.on(redis)) {
      kv.put("a", KvNames.bytes("1"));
      String user = redis.call("ACL WHOAMI", commands -> commands.aclWhoami());
      assertEquals("ann", user);
      assertEquals(List.of("a"), kv.list("", "", 10));
    }
    try (Redis third = Redis.of(server.url() + "/3", Servers.patient())) {
      assertFalse(Servers.keys(third, "kv:").isEmpty());
      assertTrue(Servers.keys(admin, "kv:").isEmpty());
    }
  }

  @Test
  void aServerThatIsNotTrustedIsRefused() {
    try (Redis redis = Redis.of("valkeys://127.0.0.1:" + tlsPort, RedisOptions.defaults())) {
      assertFalse(redis.isConnected());
      assertThrows(StoreException.class, () -> RedisRates.on(redis)
          .take("a",
              RatePolicy.of(1, Duration.ofDays(1)), 1));
    }
  }

  @Test
  void aWrongPasswordIsToldAndNotShown() {
    try (Redis redis = Redis.of("redis://ann:guessed@127.0.0.1:" + server.port(), RedisOptions.defaults())) {
      assertFalse(redis.isConnected());
      StoreException e = assertThrows(StoreException.class, () -> RedisPubSub.on(redis).publish("a", new byte[0]));
      assertTrue(e.getMessage().contains("WRONGPASS"), e.getMessage());
      assertFalse(e.getMessage().contains("guessed"), e.getMessage());
    }
  }

  @Test
  void aPasswordAlone() {
    configure("requirepass", "secret");
    try (Redis redis = Redis.of("valkey://:secret@127.0.0.1:" + server.port(), Servers.patient())) {
      assertTrue(redis.isConnected());
    }
  }
}
