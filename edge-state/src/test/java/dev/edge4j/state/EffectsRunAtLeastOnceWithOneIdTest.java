package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An effect runs if its turn has committed, until it has returned, with the same id each time; it is outside of all turns. */
@Timeout(60)
class EffectsRunAtLeastOnceWithOneIdTest {
  record Mail(String to) {}

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private volatile Effect<Mail> mail = (_, _) -> {};
  private Timed timed;
  private Bells bells;

  @BeforeEach
  void open(@TempDir Path folder) {
    timed = new Timed(folder);
    declare();
  }

  private void declare() {
    bells = new Bells(timed.objects(), "sender", declared -> declared.effect("mail", Mail.class, (id, payload) -> {
      ids.add(id);
      mail.run(id, payload);
      sent.add(payload.to());
    }));
  }

  @AfterEach
  void close() {
    timed.close();
  }

  @Test
  void itRunsAfterTheCommitAndOnlyThen() {
    bells.run("a", state -> {
      state.effect("mail", new Mail("ada"));
      timed.runDue();
      assertEquals(List.of(), sent);
    });
    assertThrows(IllegalStateException.class, () -> bells.run("a", state -> {
      state.effect("mail", new Mail("bob"));
      throw new IllegalArgumentException("after all");
    }));
    timed.runDue();
    timed.runDueIn(Duration.ofDays(1));
    assertEquals(List.of("ada"), sent);
  }

  @Test
  void oneThatThrowsRunsAgainWithItsId() {
    var attempts = new AtomicInteger();
    mail = (_, _) -> {
      switch (attempts.incrementAndGet()) {
        case 1 -> throw new IOException("no line");
        case 2 -> throw new AssertionError("no paper");
        default -> {
        }
      }
    };
    bells.run("a", state -> state.effect("mail", new Mail("ada")));
    timed.runDue();
    timed.runDue();
    assertEquals(1, attempts.get());
    for (int i = 0; i < 3; i++) {
      timed.runDueIn(Duration.ofMinutes(1));
    }
    assertEquals(3, attempts.get());
    assertEquals(List.of("ada"), sent);
    assertEquals(1, ids.size());
  }

  @Test
  void aProcessThatEndsBeforeItIsKnownToBeDoneRunsItAgainWithItsId() {
    bells.run("a", state -> state.effect("mail", new Mail("ada")));
    timed.endAt(Step.MESSAGE_DELIVERED);
    declare();
    timed.runDue();
    timed.runDue();
    assertEquals(List.of("ada", "ada"), sent);
    assertEquals(1, ids.size());
  }

  @Test
  void oneThatHangsHoldsUpNeitherOthersNorItsObject() throws Exception {
    var hangs = new CountDownLatch(1);
    mail = (_, payload) -> {
      if (payload.to().equals("nobody")) {
        TurnsAreSerialTest.await(hangs);
      }
    };
    bells.run("a", state -> {
      state.effect("mail", new Mail("nobody"));
      state.effect("mail", new Mail("ada"));
    });
    Thread due = Thread.ofVirtual().start(timed::runDue);
    Timed.await(() -> sent.contains("ada"));
    bells.run("a", state -> state.storage().put("still", "here"));
    hangs.countDown();
    due.join();
    assertEquals(List.of("ada", "nobody"), sent);
    assertEquals(2, ids.size());
  }

  @Test
  void itMayCallObjects() {
    mail = (_, payload) -> bells.run("a", state -> Bells.note(state, "mailed " + payload.to()));
    bells.run("a", state -> state.effect("mail", new Mail("ada")));
    timed.runDue();
    assertEquals(List.of("mailed ada"), bells.noted("a"));
  }

  @Test
  void closingWaitsForTheOneThatRuns() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    mail = (_, _) -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
    };
    bells.run("a", state -> state.effect("mail", new Mail("ada")));
    Thread due = Thread.ofVirtual().start(timed::runDue);
    begun.await();
    Thread close = Thread.ofVirtual().start(timed::reopen);
    Timed.await(() -> close.getState() == Thread.State.TIMED_WAITING);
    go.countDown();
    close.join();
    due.join();
    declare();
    timed.runDue();
    assertEquals(List.of("ada"), sent);
  }

  @Test
  void closingDoesNotWaitForEver() throws Exception {
    var begun = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    mail = (_, _) -> {
      begun.countDown();
      TurnsAreSerialTest.await(go);
    };
    bells.run("a", state -> state.effect("mail", new Mail("ada")));
    Thread due = Thread.ofVirtual().start(timed::runDue);
    begun.await();
    timed.objects().close(Duration.ofMillis(1));
    go.countDown();
    due.join();
    timed.reopen();
    declare();
    timed.runDue();
    assertEquals(List.of("ada", "ada"), sent); // nobody could note that it had been done
  }

  @Test
  void whatIsNotDeclaredIsRefusedAtOnce() {
    assertTrue(refusal("letter", new Mail("ada")).contains("effect: \"letter\""));
    assertTrue(refusal("mail", "ada").contains("effect: \"mail\" with java.lang.String"));
  }

  private String refusal(String effect, Object payload) {
    return String.valueOf(assertThrows(IllegalStateException.class, () -> bells.run("a", state -> state.effect(effect,
        payload))).getMessage());
  }
}
