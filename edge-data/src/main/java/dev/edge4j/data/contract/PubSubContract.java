package dev.edge4j.data.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.PubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link PubSub} promises. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class PubSubContract {
  /** A way to the server that can be cut. */
  public interface Link {
    /** One whose messages take this way; it is closed by the test. */
    PubSub open() throws Exception;

    /** Breaks what is open, and lets nothing through. */
    void cut();

    /** Lets new connections through. */
    void heal();
  }

  private static final int PATIENCE_SECONDS = 60;
  private static final String LONGEST = "Az0.:_-".repeat(7).substring(1);

  private PubSub here;
  private PubSub there;

  @SuppressWarnings("NullAway.Init") // before each test
  protected PubSubContract() {}

  /** One on a server that all of them share, as a process of its own would have it. It is closed after each test. */
  protected abstract PubSub open() throws Exception;

  /** A way that can be cut; empty, the default, if there is none. */
  protected Optional<Link> link() throws Exception {
    return Optional.empty();
  }

  @BeforeEach
  public final void openBoth() throws Exception {
    here = open();
    there = open();
  }

  @AfterEach
  public final void closeBoth() {
    here.close();
    there.close();
  }

  @Test
  public void everySubscriberIsToldInOrder() throws Exception {
    var own = new LinkedBlockingQueue<String>();
    var others = new LinkedBlockingQueue<String>();
    here.subscribe("tea", text(own::add));
    there.subscribe("tea", text(others::add));
    there.subscribe("tea", text(message -> others.add("again " + message)));
    List<String> sent = IntStream.range(0, 50).mapToObj(i -> "n" + i / 2).toList(); // two alike are two
    sent.forEach(message -> here.publish("tea", bytes(message)));
    assertEquals(sent, taken(own, 50));
    List<String> heard = taken(others, 100);
    assertEquals(sent, heard.stream().filter(message -> !message.startsWith("again")).toList());
    assertEquals(sent.stream().map("again "::concat).toList(), heard.stream()
        .filter(message -> message.startsWith("again"))
        .toList());
  }

  @Test
  public void channelsAreApart() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    there.subscribe("tea", text(message -> told.add("tea " + message)));
    there.subscribe("tea.green", text(message -> told.add("green " + message)));
    here.publish("TEA", bytes("1"));
    here.publish("tea.green", bytes("2"));
    here.publish("tea", bytes("3"));
    assertEquals(List.of("green 2", "tea 3"), taken(told, 2).stream().sorted().toList());
    assertTrue(told.isEmpty());
  }

  @Test
  public void aMessageIsAnyBytesUpToItsLimit() throws Exception {
    var messages = new LinkedBlockingQueue<byte[]>();
    byte[] largest = new byte[PubSub.MAX_MESSAGE_BYTES];
    new Random(1).nextBytes(largest);
    there.subscribe(LONGEST, messages::add);
    here.publish(LONGEST, largest);
    here.publish(LONGEST, new byte[0]);
    assertArrayEquals(largest, next(messages));
    assertArrayEquals(new byte[0], next(messages));
    assertThrows(IllegalArgumentException.class, () -> here.publish("a", new byte[PubSub.MAX_MESSAGE_BYTES + 1]));
    for (String wrong : List.of("", "a b", "ä", "a*", "a'", LONGEST + "x")) {
      assertThrows(IllegalArgumentException.class, () -> here.publish(wrong, new byte[0]));
      assertThrows(IllegalArgumentException.class, () -> here.subscribe(wrong, messages::add));
    }
  }

  @Test
  public void aListenerThatThrowsGoesOnAndKeepsNothingFromOthers() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    there.subscribe("tea", text(message -> {
      told.add("failing " + message);
      throw new IllegalStateException("a listener with a bug, which is logged");
    }));
    there.subscribe("tea", text(told::add));
    here.publish("tea", bytes("1"));
    here.publish("tea", bytes("2"));
    assertEquals(List.of("1", "2", "failing 1", "failing 2"), taken(told, 4).stream().sorted().toList());
  }

  @Test
  public void manyMaySendAtOnceAndNothingIsLostOrRepeated() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    PubSub.Subscription subscription = there.subscribe("tea", text(told::add));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var senders = new ArrayList<Future<?>>();
      for (int sender = 0; sender < 8; sender++) {
        String name = sender + " ";
        PubSub from = sender % 2 == 0 ? here : there;
        senders.add(threads.submit(() -> IntStream.range(10, 35).forEach(i -> from.publish("tea", bytes(name + i)))));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    List<String> heard = taken(told, 200);
    for (int sender = 0; sender < 8; sender++) {
      String name = sender + " ";
      assertEquals(IntStream.range(10, 35).mapToObj(i -> name + i).toList(), heard.stream()
          .filter(message -> message.startsWith(name))
          .toList());
    }
    assertTrue(told.isEmpty());
    assertEquals(0, subscription.missed());
  }

  @Test
  public void whoHasLeftIsToldNothing() throws Exception {
    var gone = new LinkedBlockingQueue<String>();
    var told = new LinkedBlockingQueue<String>();
    PubSub.Subscription subscription = there.subscribe("tea", text(gone::add));
    there.subscribe("tea", text(told::add));
    subscription.close();
    subscription.close();
    here.publish("tea", bytes("1"));
    assertEquals("1", next(told));
    assertTrue(gone.isEmpty());
  }

  @Test
  public void closingEndsItsOwnSubscriptionsOnly() throws Exception {
    var gone = new LinkedBlockingQueue<String>();
    var told = new LinkedBlockingQueue<String>();
    there.subscribe("tea", text(gone::add));
    here.subscribe("tea", text(told::add));
    there.close();
    there.close();
    here.publish("tea", bytes("1"));
    assertEquals("1", next(told));
    assertTrue(gone.isEmpty());
    assertThrows(RuntimeException.class, () -> there.subscribe("tea", _ -> {}));
  }

  @Test
  public void aLostConnectionIsMadeAnewAndCounted() throws Exception {
    Optional<Link> link = link();
    if (link.isEmpty()) {
      return; // there is none to lose
    }
    var told = new LinkedBlockingQueue<String>();
    try (PubSub far = link.get().open();
        PubSub.Subscription subscription = far.subscribe("tea", text(told::add))) {
      here.publish("tea", bytes("1"));
      assertEquals("1", next(told));
      assertEquals(0, subscription.missed());
      link.get().cut();
      here.publish("tea", bytes("lost"));
      link.get().heal();
      for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS); subscription.missed() == 0;) {
        assertTrue(System.nanoTime() < end, "it is not told that messages may be missing");
        Thread.sleep(5);
      }
      here.publish("tea", bytes("2"));
      assertEquals("2", next(told));
    }
  }

  private static Consumer<byte[]> text(Consumer<String> listener) {
    return message -> listener.accept(new String(message, UTF_8));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static <T> T next(LinkedBlockingQueue<T> told) throws InterruptedException {
    T message = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(message, "a message that has not come");
    return message;
  }

  private static List<String> taken(LinkedBlockingQueue<String> told, int count) throws InterruptedException {
    var messages = new ArrayList<String>();
    while (messages.size() < count) {
      messages.add(next(told));
    }
    return messages;
  }
}
