package dev.edge4j.data.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.PubSub;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL carries messages between processes, in order, and says where some may be missing. */
@Timeout(120)
class PostgresPubSubTest {
  private static final String URL = Engines.database();
  private static final PostgresDatabase DATABASE = PostgresDatabase.of(URL);
  private static final String LONGEST = "Az0.:_-".repeat(7).substring(1);

  private final PubSub bus = PostgresPubSub.on(DATABASE);
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void closeBus() {
    bus.close();
  }

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Test
  void everySubscriberIsToldInOrder() throws Exception {
    var other = new LinkedBlockingQueue<String>();
    try (PubSub second = PostgresPubSub.of(URL)) {
      bus.subscribe("tea", message -> told.add(text(message)));
      second.subscribe("tea", message -> {
        other.add(text(message));
        if (text(message).equals("n0")) {
          throw new IllegalStateException("a listener with a bug, which is logged");
        }
      });
      second.subscribe("coffee", message -> other.add("coffee " + text(message)));
      for (int i = 0; i < 50; i++) {
        (i % 2 == 0 ? bus : second).publish("tea", bytes("same"));
        (i % 2 == 0 ? bus : second).publish("tea", bytes("n" + i));
      }
      second.publish("coffee", bytes("end"));
      for (int i = 0; i < 50; i++) {
        assertEquals("same", told.take());
        assertEquals("n" + i, told.take());
        assertEquals("same", other.take());
        assertEquals("n" + i, other.take());
      }
      assertEquals("coffee end", other.take());
    }
  }

  @Test
  void messagesAreAnyBytesUpToTheirLimit() throws Exception {
    var messages = new LinkedBlockingQueue<byte[]>();
    byte[] largest = new byte[PubSub.MAX_MESSAGE_BYTES];
    new Random(1).nextBytes(largest);
    bus.subscribe(LONGEST, messages::add);
    bus.publish(LONGEST, largest);
    bus.publish(LONGEST, new byte[0]);
    assertArrayEquals(largest, messages.take());
    assertArrayEquals(new byte[0], messages.take());
    assertThrows(IllegalArgumentException.class, () -> bus.publish("a", new byte[PubSub.MAX_MESSAGE_BYTES + 1]));
    for (String wrong : new String[]{"", "a b", LONGEST + "x", "a'"}) {
      assertThrows(IllegalArgumentException.class, () -> bus.publish(wrong, new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> bus.subscribe(wrong, messages::add));
    }
  }

  @Test
  void aLostConnectionIsMadeAnewAndCounted() throws Exception {
    try (TcpLink link = TcpLink.to(Engines.postgres().port());
        PubSub far = PostgresPubSub.of(Databases.through(URL, link.port()));
        PubSub.Subscription subscription = far.subscribe("tea", message -> told.add(text(message)))) {
      bus.publish("tea", bytes("1"));
      assertEquals("1", told.take());
      assertEquals(0, subscription.missed());
      link.cut();
      bus.publish("tea", bytes("lost"));
      link.heal();
      Databases.await("it is back", () -> subscription.missed() > 0);
      bus.publish("tea", bytes("2"));
      assertEquals("2", told.take());
    }
  }

  @Test
  void nothingIsToldAfterTheEnd() throws Exception {
    var other = new LinkedBlockingQueue<String>();
    PubSub.Subscription subscription = bus.subscribe("tea", message -> told.add(text(message)));
    bus.subscribe("tea", message -> other.add(text(message)));
    subscription.close();
    bus.publish("tea", bytes("1"));
    assertEquals("1", other.take());
    assertEquals(0, told.size());
    bus.close();
    bus.close();
    assertEquals(StoreException.Reason.CLOSED, assertThrows(StoreException.class, () -> bus.subscribe("tea", _ -> {}))
        .reason());
  }

  private static String text(byte[] message) {
    return new String(message, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
