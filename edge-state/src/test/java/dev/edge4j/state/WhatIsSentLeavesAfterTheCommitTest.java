package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.state.store.Commit;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.ShardFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a turn sends leaves once its commit is on disk, in the order of the turns, and not at all if it throws or the commit fails. */
@Timeout(60)
class WhatIsSentLeavesAfterTheCommitTest {
  private enum Commits {
    PASS, WAIT, FAIL
  }

  private final AtomicReference<Commits> commits = new AtomicReference<>(Commits.PASS);
  private final ConcurrentLinkedQueue<CompletableFuture<Boolean>> held = new ConcurrentLinkedQueue<>();

  @Test
  void nothingLeavesBeforeTheCommit(@TempDir Path folder) throws InterruptedException {
    try (Lodging lodging = Lodging.open(store(folder))) {
      SocketClient plain = lodging.plain("/room/tea");
      SocketClient resumable = lodging.resumable("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      lodging.room("tea").autoResponse("ping", "pong");
      commits.set(Commits.WAIT);
      Thread keeping = Thread.startVirtualThread(() -> lodging.room("tea").keepAndSay("kept"));
      Lodging.until(() -> held.size() == 1);
      lodging.namespace().evict("tea"); // a whole turn behind it, and a way there and back: it has had the time
      assertEquals("pong", plain.send("ping").next());
      assertEquals("pong", resumable.send("ping").next());
      assertEquals(0, plain.waiting() + resumable.waiting());
      release();
      keeping.join();
      assertEquals("kept", plain.next());
      assertEquals("kept", resumable.next());
    }
  }

  /** The turns in between commit nothing: they wait for the one before, and must not overtake each other. */
  @Test
  void turnsWithoutWritesKeepTheirOrderBehindACommit(@TempDir Path folder) {
    try (Lodging lodging = Lodging.open(store(folder))) {
      SocketClient client = lodging.plain("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 1);
      commits.set(Commits.WAIT);
      Thread.startVirtualThread(() -> lodging.room("tea").keepAndSay("0"));
      Lodging.until(() -> held.size() == 1);
      for (int i = 1; i <= 20; i++) {
        String text = String.valueOf(i);
        long turns = turns(lodging);
        Thread.startVirtualThread(() -> lodging.room("tea").say(text));
        Lodging.until(() -> turns(lodging) > turns);
      }
      Thread.startVirtualThread(() -> lodging.room("tea").keepAndSay("21"));
      Lodging.until(() -> held.size() == 2);
      assertEquals(0, client.waiting());
      release();
      assertEquals(IntStream.rangeClosed(0, 21).mapToObj(String::valueOf).toList(), client.next(22));
    }
  }

  @Test
  void whatAThrowingTurnSendsLeavesNever(@TempDir Path folder) {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient plain = lodging.plain("/room/tea");
      SocketClient resumable = lodging.resumable("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      assertThrows(IllegalStateException.class, () -> lodging.room("tea").sayAndFail("in vain"));
      lodging.room("tea").sayInVainThen("in vain too", "said");
      for (SocketClient client : List.of(plain, resumable)) {
        assertEquals("said", client.next());
        assertEquals("nothing", client.send("attached").next());
        assertEquals("echo ping", client.send("ping").next(), "no auto-response was set");
      }
    }
  }

  @Test
  void whatAFailedCommitSentLeavesNever(@TempDir Path folder) {
    try (Lodging lodging = Lodging.open(store(folder))) {
      SocketClient plain = lodging.plain("/room/tea");
      SocketClient resumable = lodging.resumable("/room/tea");
      Lodging.until(() -> lodging.room("tea").here().size() == 2);
      commits.set(Commits.FAIL);
      assertThrows(ObjectException.class, () -> lodging.room("tea").keepAndSay("in vain"));
      commits.set(Commits.PASS);
      lodging.room("tea").say("said");
      assertEquals("said", plain.next());
      assertEquals("said", resumable.next());
      assertEquals(1, resumable.last(), "the number was not used");
    }
  }

  @Test
  void whatIsSentWhenOneGoesLeavesToo(@TempDir Path folder) {
    try (Lodging lodging = Lodging.open(folder)) {
      SocketClient stays = lodging.resumable("/room/tea?tags=stays");
      SocketClient goes = lodging.resumable("/room/tea?tags=goes");
      goes.close();
      assertEquals("gone goes", stays.next());
    }
  }

  private long turns(Lodging lodging) {
    return lodging.namespace().turns(new ObjectId("room", "tea"));
  }

  private void release() {
    commits.set(Commits.PASS);
    for (CompletableFuture<Boolean> next = held.poll(); next != null; next = held.poll()) {
      next.complete(true);
    }
  }

  /** A store whose commits are applied at once, and acknowledged when the test says so. */
  private ObjectStore store(Path folder) {
    ObjectStore files = ShardFiles.open(folder, 1);
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> {
          if (method.getName().equals("commit") && commits.get() == Commits.FAIL) {
            ((Commit) arguments[0]).fence().breakDown();
            return CompletableFuture.failedFuture(new ObjectException("no", Outcome.NOT_EXECUTED));
          }
          try {
            Object result = method.invoke(files, arguments);
            if (method.getName().equals("commit") && commits.get() == Commits.WAIT) {
              var done = new CompletableFuture<Boolean>();
              held.add(done);
              return done.thenCombine((CompletableFuture<?>) result, (yes, _) -> yes);
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
