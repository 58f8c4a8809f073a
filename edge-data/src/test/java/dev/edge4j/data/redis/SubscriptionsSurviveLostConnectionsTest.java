package dev.edge4j.data.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.PubSub;
import dev.edge4j.kv.PubSub.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages reach all who have subscribed; a subscription outlives its connection and says that something may be missing. */
@Aside
class SubscriptionsSurviveLostConnectionsTest {
  private final String prefix = Servers.prefix();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private TcpLink link;
  private PubSub near;
  private PubSub sender;
  private Redis redis;
  private Redis other;

  @BeforeEach
  void open() {
    link = TcpLink.to(Engines.redis().port());
    redis = Redis.of("redis://127.0.0.1:" + link.port(), Servers.patient()
        .withConnectTimeout(Duration.ofSeconds(1))
        .withHeartbeat(Duration.ofMillis(200))
        .withLongestPause(Duration.ofMillis(100)));
    near = RedisPubSub.on(redis, prefix);
    other = Servers.shared();
    sender = RedisPubSub.on(other, prefix);
  }

  @AfterEach
  void close() {
    near.close();
    redis.close();
    sender.close();
    other.close();
    link.close();
  }

  private void hear(byte[] message) {
    heard.add(new String(message, UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private void awaitHeard(String... messages) throws InterruptedException {
    Servers.await("messages " + List.of(messages), () -> heard.size() >= messages.length);
    assertEquals(List.of(messages), heard);
  }

  @Test
  void everybodyHearsWhatIsPublishedInOrder() throws Exception {
    try (Subscription a = near.subscribe("news", this::hear)) {
      List<String> others = Collections.synchronizedList(new ArrayList<>());
      Subscription b = near.subscribe("news", message -> others.add(new String(message, UTF_8)));
      near.subscribe("other", _ -> heard.add("of another channel"));
      List<String> sent = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
      sent.forEach(text -> sender.publish("news", bytes(text)));
      awaitHeard(sent.toArray(String[]::new));
      Servers.await("the other one has heard them", () -> others.size() == 500);
      b.close();
      near.publish("news", bytes("by itself"));
      Servers.await("the last message", () -> heard.contains("by itself"));
      assertEquals(500, others.size());
      assertEquals(0, a.missed());
    }
  }

  @Test
  void whoHasClosedHearsNoMore() throws Exception {
    Subscription first = near.subscribe("news", _ -> heard.add("of the closed one"));
    first.close();
    near.subscribe("news", this::hear);
    sender.publish("news", bytes("a"));
    awaitHeard("a");
  }

  @Test
  void aListenerThatThrowsGoesOn() throws Exception {
    near.subscribe("news", message -> {
      hear(message);
      throw new IllegalStateException("this listener always fails");
    });
    sender.publish("news", bytes("a"));
    sender.publish("news", bytes("b"));
    awaitHeard("a", "b");
  }

  @Test
  void aCutLinkIsCountedAndMessagesComeAgain() throws Exception {
    Subscription subscription = near.subscribe("news", this::hear);
    sender.publish("news", bytes("before"));
    awaitHeard("before");
    link.cut();
    sender.publish("news", bytes("lost"));
    link.heal();
    Servers.await("the loss is told", () -> subscription.missed() > 0);
    sender.publish("news", bytes("after"));
    awaitHeard("before", "after");
  }

  @Test
  void aStalledLinkIsNoticedThoughNobodyAsks() throws Exception {
    Subscription subscription = near.subscribe("news", this::hear);
    link.stall();
    Servers.await("the silence is noticed", () -> !redis.channels().isConnected());
    link.heal();
    Servers.await("the loss is told", () -> subscription.missed() > 0);
    heard.clear(); // what was stuck in the link may have come through
    sender.publish("news", bytes("after"));
    awaitHeard("after");
  }

  @Test
  void whatASlowListenerCannotKeepUpWithIsCounted() throws Exception {
    var hold = new CountDownLatch(1);
    Subscription slow = near.subscribe("news", _ -> {
      try {
        hold.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    for (int batch = 0; batch < 2; batch++) { // together more than wait, each less than a client sends at once
      other.call("PUBLISH", commands -> {
        for (int i = 0; i < 6_000; i++) {
          var _ = commands.publish(bytes(prefix + "news"), new byte[1]);
        }
        return commands.publish(bytes(prefix + "news"), new byte[1]);
      });
    }
    Servers.await("the loss is told", () -> slow.missed() > 0);
    hold.countDown();
  }

  @Test
  void keepsToItsLimits() {
    near.publish("a.b:c-d_E9", new byte[PubSub.MAX_MESSAGE_BYTES]);
    assertThrows(IllegalArgumentException.class, () -> near.publish("a", new byte[PubSub.MAX_MESSAGE_BYTES + 1]));
    for (String channel : List.of("", "a b", "ä", "a*", "x".repeat(49))) {
      assertThrows(IllegalArgumentException.class, () -> near.publish(channel, new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> near.subscribe(channel, this::hear));
    }
  }

  @Test
  void withoutAServerThereIsNoSubscription() {
    redis.close();
    assertThrows(StoreException.class, () -> near.subscribe("news", this::hear));
    StoreException e = assertThrows(StoreException.class, () -> near.publish("news", new byte[0]));
    assertTrue(e.getMessage().contains("is closed"), e.getMessage());
  }
}
