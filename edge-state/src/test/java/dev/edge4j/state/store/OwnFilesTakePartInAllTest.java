package dev.edge4j.state.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Migrations;
import dev.edge4j.state.DeadLetter;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.RetryPolicy;
import dev.edge4j.state.Schedule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Alarms, messages and dead letters of objects with files of their own are found beside those of all others. */
@Timeout(60)
class OwnFilesTakePartInAllTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObjectId OWN = new ObjectId("own", "a");
  private static final ObjectId SHARED = new ObjectId("shared", "a");

  @TempDir private Path folder;
  private RoutedFiles store;

  @BeforeEach
  void open() {
    store = RoutedFiles.open(folder, 2);
    store.declare("own", Optional.of(Migrations.of("CREATE TABLE message (x INTEGER)")));
    store.declare("shared", Optional.empty());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void alarmsComeByTheirTimes() {
    commit(OWN, alarm("late", 30), List.of());
    commit(SHARED, alarm("middle", 20), List.of());
    commit(new ObjectId("own", "b"), alarm("early", 10), List.of());
    assertEquals(T.plusSeconds(10), store.nextAlarm(Instant.EPOCH).orElseThrow());
    assertEquals(List.of("early", "middle", "late"), due(60, 10));
    assertEquals(List.of("early", "middle"), due(60, 2));
    assertEquals(List.of("early"), due(10, 10));
    commit(new ObjectId("own", "b"), alarm("early", 40), List.of()); // later
    assertEquals(T.plusSeconds(20), store.nextAlarm(Instant.EPOCH).orElseThrow());
    commit(OWN, alarm("late", 5), List.of()); // earlier
    assertEquals(T.plusSeconds(5), store.nextAlarm(Instant.EPOCH).orElseThrow());
    commit(OWN, Map.of("late", Optional.empty()), List.of());
    assertEquals(List.of("middle", "early"), due(60, 10));
  }

  @Test
  void messagesGoInOrderAndLeaveWhenDelivered() {
    commit(OWN, Map.of(), List.of(message(OWN, "one"), message(OWN, "two")));
    commit(SHARED, Map.of(), List.of(message(SHARED, "three")));
    assertEquals(T, store.nextMessage(Instant.EPOCH).orElseThrow());
    List<ObjectStore.Queued> first = store.messages(T, Optional.empty(), 10);
    assertEquals(List.of("one", "three"), first.stream().map(queued -> queued.message().what()).toList());
    store.postponed(first.get(0), T.plusSeconds(9)).join();
    assertEquals(List.of("three"), whats(T)); // the second waits for the first
    assertEquals(List.of("one", "three"), whats(T.plusSeconds(9)));
    store.delivered(first.get(1)).join();
    assertEquals(T.plusSeconds(9), store.nextMessage(Instant.EPOCH).orElseThrow());
    store.delivered(first.get(0)).join();
    assertEquals(List.of("two"), whats(T));
  }

  @Test
  void whatWasGivenUpIsKeptAndTriedAgain() {
    commit(OWN, Map.of(), List.of(message(OWN, "one")));
    commit(SHARED, Map.of(), List.of(message(SHARED, "two")));
    List<ObjectStore.Queued> all = store.messages(T, Optional.empty(), 10);
    all.forEach(queued -> store.gaveUp(queued, "no", T.plusSeconds(queued.message().from().equals(OWN) ? 1 : 2))
        .join());
    assertEquals(Optional.empty(), store.nextMessage(Instant.EPOCH));
    reopen();
    List<DeadLetter> letters = store.deadLetters(10);
    assertEquals(List.of(OWN, SHARED), letters.stream().map(DeadLetter::from).toList());
    assertEquals(letters.get(0), store.takeDeadLetter(letters.get(0).number(), true, T.plusSeconds(5)).orElseThrow());
    assertEquals(Optional.empty(), store.takeDeadLetter(letters.get(0).number(), true, T));
    assertEquals(letters.get(1), store.takeDeadLetter(letters.get(1).number(), false, T).orElseThrow());
    assertEquals(List.of(), store.deadLetters(10));
    assertEquals(List.of("one"), whats(T.plusSeconds(5)));
    assertEquals(T.plusSeconds(5), store.nextMessage(Instant.EPOCH).orElseThrow());
  }

  /** A delivery is written between turns, so that the turn's end decides over nothing but the turn. */
  @Test
  void aDeliveryWaitsForTheEndOfTheTurn() {
    commit(OWN, Map.of(), List.of(message(OWN, "one")));
    ObjectStore.Queued queued = store.messages(T, Optional.empty(), 10).getFirst();
    ObjectDatabase database = store.database(OWN);
    database.update("INSERT INTO message VALUES (:x)", Map.of("x", 1));
    CompletableFuture<?> delivered = store.delivered(queued);
    assertFalse(delivered.isDone());
    store.abandon(OWN);
    delivered.join();
    assertEquals(List.of(), store.messages(T, Optional.empty(), 10));
    assertEquals(List.of(0L), database.committed(Long.class, "SELECT count(*) FROM message", Map.of()));
  }

  @Test
  void messagesOutliveTheirObject() {
    commit(OWN, Map.of(), List.of(message(OWN, "one")));
    store.database(OWN).clear();
    apply(new Commit(OWN, new Fence(), T, new Commit.Row.Dropped(), Map.of(), Map.of(), Map.of(), Optional.empty(), List
        .of(), List.of()));
    assertEquals(List.of(), store.names("own", "", 10));
    reopen();
    assertEquals(List.of("one"), whats(T));
    store.delivered(store.messages(T, Optional.empty(), 1).getFirst()).join();
    assertEquals(Optional.empty(), store.nextMessage(Instant.EPOCH));
  }

  @Test
  void aBrokenFenceLetsNothingThrough() {
    var fence = new Fence();
    fence.breakDown();
    store.database(OWN).update("INSERT INTO message VALUES (1)", Map.of());
    var commit = new Commit(OWN, fence, T, new Commit.Row.Written(1), Map.of(), Map.of(), Map.of(), Optional.empty(),
        List
            .of(), List.of());
    assertThrows(CompletionException.class, () -> store.commit(commit).join());
    assertTrue(store.known(OWN).isEmpty());
    assertEquals(List.of(0L), store.database(OWN).committed(Long.class, "SELECT count(*) FROM message", Map.of()));
  }

  private List<String> due(long seconds, int limit) {
    return store.due(T.plusSeconds(seconds), Optional.empty(), limit).stream().map(due -> due.alarm().name()).toList();
  }

  private List<String> whats(Instant now) {
    return new ArrayList<>(store.messages(now, Optional.empty(), 10)
        .stream()
        .map(queued -> queued.message().what())
        .toList());
  }

  private static Map<String, Optional<AlarmRow>> alarm(String name, long seconds) {
    Instant due = T.plusSeconds(seconds);
    return Map.of(name, Optional.of(new AlarmRow(name, due, due, 0, Schedule.at(due), RetryPolicy.defaults(), Optional
        .empty())));
  }

  private static MessageRow message(ObjectId from, String what) {
    return new MessageRow(from, Optional.of(new ObjectId("shared", "to")), what, from + what, "[]".getBytes(
        UTF_8), RetryPolicy.defaults(), 0, T);
  }

  private void commit(ObjectId id, Map<String, Optional<AlarmRow>> alarms, List<MessageRow> messages) {
    apply(new Commit(id, new Fence(), T, new Commit.Row.Written(1), Map.of(), alarms, Map.of(), Optional.empty(),
        messages, List.of()));
  }

  private void apply(Commit commit) {
    store.commit(commit).join();
  }

  private void reopen() {
    close();
    open();
  }
}
