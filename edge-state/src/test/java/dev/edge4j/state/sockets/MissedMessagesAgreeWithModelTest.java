package dev.edge4j.state.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Message;
import dev.edge4j.state.store.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What the book says that a session has missed is what a list of all that was ever sent says, or that it does not know any more; and the latest
 * {@value Kept#MOST} it knows always. With a book read from disk anew at any moment.
 */
class MissedMessagesAgreeWithModelTest {
  private static final List<String> TAGS = List.of("a", "b");

  /** One step: opens, ends or sends to a session or a tag of that number, or reads the book anew. */
  record Step(int what, int which, int times) {}

  /** All that a session was ever sent. */
  record Session(SocketRow row, List<Long> numbers, List<String> texts) {}

  private final Map<Slot, byte[]> disk = new HashMap<>();
  private Book book = new Book();
  private final Map<String, Session> open = new LinkedHashMap<>();
  private int opened;
  private int texts;

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 7),
        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, Arbitraries.just(1)), net.jqwik.api.Tuple.of(1, Arbitraries
            .integers()
            .between(200, 300))))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property(tries = 100)
  void theyAgree(@ForAll("steps") List<Step> steps) {
    disk.clear();
    open.clear();
    book = new Book();
    for (Step step : steps) {
      switch (step.what()) {
        case 0 -> open(step.which());
        case 1 -> end(step.which());
        case 2 -> send(Audience.all(), step.times());
        case 3 -> send(Audience.tagged(TAGS.get(step.which() % 2)), step.times());
        case 4 -> nth(step.which()).ifPresent(session -> send(Audience.one(session), step.times()));
        default -> book = reloaded();
      }
    }
    check(book);
    check(reloaded());
    List.copyOf(open.keySet()).forEach(session -> seal(ending(session)));
    assertTrue(disk.keySet().stream().noneMatch(slot -> slot.kind() == Slot.Kind.FRAME), () -> "nobody may come: "
        + disk.keySet());
  }

  private void check(Book now) {
    open.values().forEach(session -> {
      int size = session.numbers().size();
      for (int seen : new TreeSet<>(List.of(0, size / 2, Math.max(0, size - Kept.MOST - 1), Math.max(0, size
          - Kept.MOST), size))) {
        long after = seen == 0 ? session.row().start() : session.numbers().get(seen - 1);
        Optional<List<String>> missed = missed(now, session.row(), after);
        List<String> expected = session.texts().subList(seen, size);
        assertTrue(missed.isPresent() || expected.size() > Kept.MOST, () -> expected.size() + " are not known");
        assertTrue(missed.isEmpty() || missed.get().equals(expected), () -> missed + " instead of " + expected);
      }
    });
  }

  private Optional<List<String>> missed(Book now, SocketRow row, long after) {
    return now.missed(row, after)
        .map(frames -> frames.stream()
            .map(frame -> frame.send(disk.getOrDefault(frame.slot(), new byte[1])))
            .map(send -> ((Message.Text) send.message()).text())
            .toList());
  }

  private void open(int which) {
    Set<String> tags = TAGS.stream().filter(tag -> (which & 1 << TAGS.indexOf(tag)) != 0).collect(Collectors.toSet());
    String session = String.format("%08d", opened++);
    var row = new SocketRow(session, which < 6, new byte[32], book.last(), tags, Optional.empty(), Optional.empty());
    var changes = new SocketChanges();
    changes.put(row);
    seal(changes);
    if (row.resumable()) {
      open.put(session, new Session(row, new ArrayList<>(), new ArrayList<>()));
    }
  }

  private void end(int which) {
    nth(which).ifPresent(session -> {
      seal(ending(session));
      open.remove(session);
    });
  }

  private static SocketChanges ending(String session) {
    var changes = new SocketChanges();
    changes.remove(session);
    return changes;
  }

  private void send(Audience audience, int times) {
    var changes = new SocketChanges();
    for (int i = 0; i < times; i++) {
      changes.add(new Outgoing.Send(audience, new Message.Text("text " + texts++)));
    }
    for (Outgoing outgoing : seal(changes)) {
      var send = (Outgoing.Send) outgoing;
      open.values().stream().filter(to -> audience.holds(to.row().session(), to.row().tags())).forEach(to -> {
        to.texts().add(((Message.Text) send.message()).text());
        to.numbers().add(send.number());
      });
    }
  }

  private Optional<String> nth(int which) {
    return open.keySet().stream().skip(which % Math.max(1, open.size())).findFirst();
  }

  private List<Outgoing> seal(SocketChanges changes) {
    Map<Slot, Optional<byte[]>> slots = new HashMap<>();
    List<Outgoing> delivered = book.seal(changes, slots);
    slots.forEach((slot, value) -> value.ifPresentOrElse(bytes -> disk.put(slot, bytes), () -> disk.remove(slot)));
    return delivered;
  }

  private Book reloaded() {
    Map<String, byte[]> sockets = new TreeMap<>();
    List<String> frames = new ArrayList<>();
    disk.forEach((slot, value) -> {
      if (slot.kind() == Slot.Kind.SOCKET) {
        sockets.put(slot.key(), value);
      } else {
        frames.add(slot.key());
      }
    });
    frames.sort(null);
    Book loaded = Book.load(sockets, frames);
    assertEquals(book.size(), loaded.size());
    return loaded;
  }
}
