package dev.edge4j.data.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.postgres.PostgresDatabase;
import dev.edge4j.data.postgres.PostgresKv;
import dev.edge4j.data.postgres.PostgresPubSub;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.PubSub;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listings of the guide about keys, values and messages in PostgreSQL. */
@Timeout(120)
class PostgresKvGuideTest {
  @Test
  void processesShareKeysAndMessages() throws Exception {
    var stale = new LinkedBlockingQueue<String>();
    try (PostgresDatabase database = PostgresDatabase.of(Engines.database())) {
      // tag::kv[]
      try (VersionedKv kv = PostgresKv.on(database, "carts")) {
        kv.put("cart:42", "tea".getBytes(UTF_8), KvOptions.expiringAfter(Duration.ofHours(1)));
        KvEntry cart = kv.entry("cart:42").orElseThrow();
        boolean mine = kv.putIf("cart:42", cart.version(), "tea, cup".getBytes(UTF_8), KvOptions.none()).isPresent();
        assertTrue(mine, "nobody else has written meanwhile");
      }
      // end::kv[]
      // tag::pubsub[]
      try (PubSub bus = PostgresPubSub.on(database);
          PubSub.Subscription subscription = bus.subscribe("stale", message -> stale.add(new String(message, UTF_8)))) {
        bus.publish("stale", "product:7".getBytes(UTF_8)); // to every process, this one too
        assertEquals("product:7", stale.take());
        assertEquals(0, subscription.missed()); // grows when messages may have been lost
      }
      // end::pubsub[]
    }
  }
}
