package dev.edge4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent as an event is what a client that follows WHATWG HTML section 9.2.6 reads, and no more. */
class EventsArriveAsTheyWereSentTest {
  /** What a client dispatches. */
  private record Received(String type, String data, String lastEventId) {}

  /** The client's side, written from the section: fields, an empty line that dispatches, one space taken from a value. */
  private static List<Received> read(String stream) {
    var received = new ArrayList<Received>();
    var data = new StringBuilder();
    String type = "";
    String id = "";
    for (String line : stream.split("\r\n|\r|\n", -1)) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          received.add(new Received(type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1), id));
        }
        data.setLength(0);
        type = "";
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      String text = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" -> data.append(text).append('\n');
        case "event" -> type = text;
        case "id" -> id = text.indexOf('\0') < 0 ? text : id;
        default -> {
          // A comment or an unknown field.
        }
      }
    }
    return received;
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.strings().withChars(": \r\n\0ab").withChars('é', '世').ofMaxLength(20);
  }

  @Provide
  Arbitrary<String> line() {
    return Arbitraries.strings().withChars(": abé").ofMaxLength(8);
  }

  @Property
  void dataOfAnyLinesTypeAndIdComeAsTheyAre(@ForAll("lines") String data, @ForAll("line") String type,
      @ForAll("line") String id, @ForAll("lines") String comment) {
    byte[] sent = ServerSentEvent.of(data).withEvent(type).withId(id).withRetry(Duration.ofSeconds(2)).encoded();
    String before = new String(ServerSentEvent.comment(comment), UTF_8);
    String plain = data.replace("\r\n", "\n").replace('\r', '\n');
    assertEquals(List.of(new Received(type.isEmpty() ? "message" : type, plain, id)),
        read(before + new String(sent, UTF_8)));
  }

  @Test
  void anEventIsALineForEachFieldAndOneForEachLineOfItsData() {
    byte[] sent = ServerSentEvent.of("one\r\n two")
        .withEvent("tick")
        .withId("7")
        .withRetry(Duration.ofMillis(1_500))
        .encoded();
    assertEquals("id: 7\nevent: tick\nretry: 1500\ndata: one\ndata:  two\n\n", new String(sent, UTF_8));
    assertEquals(":\n\n", new String(ServerSentEvent.comment(""), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "\n"})
  void aTypeOrAnIdOfSeveralLinesIsRefused(String value) {
    ServerSentEvent event = ServerSentEvent.of("x");
    assertThrows(IllegalArgumentException.class, () -> event.withId(value));
    assertThrows(IllegalArgumentException.class, () -> event.withEvent(value));
  }

  @Test
  void aClientCannotWaitForLessThanNoTime() {
    assertThrows(IllegalArgumentException.class,
        () -> new ServerSentEvent("x", Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(-1))));
  }
}
