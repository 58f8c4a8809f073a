package dev.edge4j.data.mesh.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.DataMesh;
import dev.edge4j.data.EventCounts;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One section of kind postgres keeps rows, keys and values, and events in one database. */
class AMeshFileOnPostgresTest {
  private static final String FILE = """
      { "stores": { "db": { "kind": "postgres", "url": "${URL}", "readers": 2, "writers": 2 } },
        "classes": {
          "orders":      { "store": "db", "consistency": "strong" },
          "my-sessions": { "store": "db", "ttl": "1h" },
          "audit":       { "store": "db", "direct": true } } }
      """;

  @Test
  void allThreeKinds() {
    String url = Engines.database();
    byte[] value = {1, 2, 3};
    try (DataMesh mesh = MeshConfig.parse("mesh.json", FILE, _ -> Optional.of(url)).open()) {
      VersionedKv sessions = mesh.versionedKv("my-sessions");
      assertTrue(sessions.putIfAbsent("a", value, Duration.ofHours(1)));
      assertArrayEquals(value, sessions.get("a").orElseThrow());
      mesh.events("audit").append(Map.of("who", "me"));
      assertEquals(new EventCounts(0, 1, 0), mesh.eventCounts("audit"));
      assertEquals(Optional.of(1L), mesh.session()
          .queryOne("orders", Long.class,
              "SELECT count(*) AS n FROM kv_my_sessions", Map.of()));
      assertEquals(Optional.of("me"), mesh.session()
          .queryOne("orders", String.class,
              "SELECT body ->> 'who' AS who FROM events_audit", Map.of()));
    }
  }
}
