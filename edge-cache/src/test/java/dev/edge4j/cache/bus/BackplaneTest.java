package dev.edge4j.cache.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Change.CacheRenewed;
import dev.edge4j.cache.bus.Change.KeyInvalidated;
import dev.edge4j.cache.bus.Change.KeyUpdated;
import dev.edge4j.cache.bus.Change.TagRenewed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is published reaches every subscriber, and survives the way over a wire. */
class BackplaneTest {
  private static final Message MESSAGE = new Message(1, "product", new KeyInvalidated("=7"));

  @Test
  void everySubscriberIsToldInOrderUntilItLeaves() {
    List<String> told = new ArrayList<>();
    try (Backplane backplane = Backplane.inProcess()) {
      try (Backplane.Subscription _ = backplane.subscribe(message -> told.add("a " + message.cache()));
          Backplane.Subscription _ = backplane.subscribe(_ -> {
            throw new IllegalStateException("a listener that throws");
          });
          Backplane.Subscription _ = backplane.subscribe(message -> told.add("b " + message.cache()))) {
        backplane.publish(MESSAGE);
      }
      backplane.publish(MESSAGE);
    }
    assertEquals(List.of("a product", "b product"), told);
  }

  @Test
  void aClosedOneIsSilent() {
    List<Message> told = new ArrayList<>();
    Backplane backplane = Backplane.inProcess();
    Backplane.Subscription _ = backplane.subscribe(told::add);
    backplane.close();
    backplane.publish(MESSAGE);
    assertEquals(List.of(), told);
    assertThrows(IllegalStateException.class, () -> backplane.subscribe(told::add));
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<String> text = Arbitraries.strings().ofMaxLength(1_024);
    Arbitrary<Change> change = Arbitraries.oneOf(text.map(KeyInvalidated::new), text.map(KeyUpdated::new),
        Combinators.combine(text, Arbitraries.of(true, false), Arbitraries.longs()).as(TagRenewed::new),
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.longs()).as(CacheRenewed::new));
    Arbitrary<String> cache = Arbitraries.strings().alpha().ofMaxLength(64);
    return Combinators.combine(Arbitraries.longs(), cache, change).as(Message::new);
  }

  @Property(tries = 500)
  void aMessageIsTheSameAfterTheWay(@ForAll("messages") Message message) {
    byte[] bytes = message.toBytes();
    assertEquals(Optional.of(message), Message.parse(bytes));
    assertTrue(Base64.getEncoder().encodeToString(bytes).length() < 8_000, "fits into a NOTIFY of PostgreSQL");
  }

  @Property(tries = 500)
  void whatIsNoMessageIsNone(@ForAll("messages") Message message, @ForAll byte[] noise, @ForAll int cut) {
    byte[] bytes = message.toBytes();
    assertEquals(Optional.empty(), Message.parse(Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length))));
    assertEquals(Optional.empty(), Message.parse(Arrays.copyOf(bytes, bytes.length + 1)));
    assertTrue(Message.parse(noise).map(Message::toBytes).map(again -> Arrays.equals(again, noise)).orElse(true));
  }

  @Test
  void aMessageThatIsTooLongIsRefused() {
    var message = new Message(1, "product", new KeyUpdated("k".repeat(Message.MAX_BYTES)));
    assertThrows(IllegalArgumentException.class, message::toBytes);
  }
}
