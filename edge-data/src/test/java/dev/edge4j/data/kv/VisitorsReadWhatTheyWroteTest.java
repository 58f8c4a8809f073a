package dev.edge4j.data.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A visitor who comes back on another node, whose copies nobody has told of his write, reads what he wrote. */
class VisitorsReadWhatTheyWroteTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final KvOptions NONE = KvOptions.none();

  private final VirtualClock clock = new VirtualClock();
  private final MemoryKv store = new MemoryKv(1_000_000, clock);
  private final HookedKv lineA = new HookedKv(store, true);
  private final HookedKv lineB = new HookedKv(store, true);
  private final CachedKv nodeA = CachedKv.over(lineA, 100, 1 << 20, clock);
  private final CachedKv nodeB = CachedKv.over(lineB, 100, 1 << 20, clock);

  @AfterEach
  void close() {
    nodeA.close();
    nodeB.close();
    store.close();
  }

  @Test
  void aWriteIsReadOnAnyNodeWithTheBookmarkAndFromCopiesWithout() {
    store.put("a", bytes("old"));
    assertEquals("old", text(session(nodeB, ""), "a"));
    KvSession writes = session(nodeA, "");
    writes.put("a", bytes("new"), NONE);
    String cookie = writes.bookmark().text();

    assertEquals("new", text(session(nodeA, cookie), "a"));
    assertEquals("old", text(session(nodeB, ""), "a"), "other visitors are served from copies");
    assertEquals("new", text(session(nodeB, cookie), "a"));
    int reads = lineB.reads.get();
    assertEquals("new", text(session(nodeB, cookie), "a"));
    assertEquals(reads, lineB.reads.get(), "the copy is young enough now");
    assertEquals(Map.of("a", "new"), texts(session(nodeB, cookie), "a", "none"));
  }

  @Test
  void allWaysToWriteAreRemembered() {
    for (String key : List.of("a", "b", "c", "d", "e", "f")) {
      store.put(key, bytes("old"));
      nodeB.entry(key, MINUTE);
    }
    nodeB.entry("g", MINUTE);
    KvSession writes = session(nodeA, "");
    writes.putAll(Map.of("a", bytes("new"), "b", bytes("new")), NONE);
    writes.putIf("c", store.entry("c").orElseThrow().version(), bytes("new"), NONE);
    writes.delete("d");
    assertTrue(writes.deleteIf("e", store.entry("e").orElseThrow().version()));
    long touched = writes.touch("f", MINUTE).orElseThrow();
    writes.putIfAbsent("g", bytes("new"), MINUTE);

    KvSession reads = session(nodeB, writes.bookmark().text());
    Map<String, String> expected = Map.of("a", "new", "b", "new", "c", "new", "f", "old", "g", "new");
    assertEquals(expected, texts(reads, "a", "b", "c", "d", "e", "f", "g"));
    for (String key : List.of("a", "b", "c", "d", "e", "f", "g")) {
      assertEquals(expected.getOrDefault(key, "none"), text(session(nodeB, writes.bookmark().text()), key));
    }
    assertEquals(touched, reads.entry("f", MINUTE).orElseThrow().version());
  }

  @Test
  void aWriteWithAnUnknownOutcomeForcesReadsOfTheStoreUntilNoOldCopyCanBeAbout() {
    store.put("a", bytes("old"));
    KvSession writes = session(nodeA, "");
    lineA.losesAnswers = true;
    assertThrows(StoreException.class, () -> writes.put("a", bytes("new"), NONE));
    String cookie = writes.bookmark().text();
    nodeB.entry("a", MINUTE);
    int reads = lineB.reads.get();
    for (int i = 1; i <= 3; i++) {
      assertEquals("new", text(session(nodeB, cookie), "a"));
      assertEquals(reads + i, lineB.reads.get());
    }
    clock.advance(MINUTE.plus(KvBookmark.SKEW).plusMillis(1));
    text(session(nodeB, cookie), "a");
    reads = lineB.reads.get();
    assertEquals("new", text(session(nodeB, cookie), "a"));
    assertEquals(reads, lineB.reads.get(), "the mark is over");
  }

  @Test
  void aRefusedWriteLeavesNoMark() {
    KvSession session = session(nodeA, "");
    assertThrows(IllegalArgumentException.class, () -> session.put("a", bytes("1"), KvOptions.expiringAfter(
        Duration.ZERO)));
    assertThrows(IllegalArgumentException.class, () -> session.putIf("a", -1, bytes("1"), NONE));
    assertEquals(KvBookmark.NONE, session.bookmark());
  }

  @Test
  void whoLosesARaceForAVersionReadsTheStoreNext() {
    long old = store.put("a", bytes("old"), NONE);
    nodeB.entry("a", MINUTE);
    store.put("a", bytes("new"), NONE);
    KvSession session = session(nodeA, "");
    assertTrue(session.putIf("a", old, bytes("mine"), NONE).isEmpty());
    assertEquals("new", text(session(nodeB, session.bookmark().text()), "a"));
  }

  @Test
  void aKeyThatHeWroteNeverGoesBackInTimeForHim() {
    KvSession session = session(nodeA, "");
    session.put("a", bytes("mine"), NONE);
    assertEquals("mine", text(session(nodeB, session.bookmark().text()), "a"));
    store.put("a", bytes("later"), NONE);
    KvSession reads = session(nodeA, session.bookmark().text());
    assertEquals("later", reads.entry("a").orElseThrow().text());
    assertEquals("later", text(session(nodeB, reads.bookmark().text()), "a"));
  }

  @Test
  void whateverIsWrittenAndReadWhereverNobodyMissesHisOwnWrites() {
    for (int run = 0; run < (Boolean.getBoolean("edge4j.long") ? 5_000 : 150); run++) {
      randomRun(new Random(run), "seed " + run);
    }
  }

  /** Visitors write ever greater numbers of their own, and delete, on any node; the last of a key must be there for its writer. */
  private void randomRun(Random random, String label) {
    String[] cookies = {"", "", ""};
    var written = new HashMap<String, Long>();
    for (int i = 0; i < 60; i++) {
      int visitor = random.nextInt(cookies.length);
      String key = label + " " + random.nextInt(random.nextBoolean() ? 3 : 40);
      KvSession session = session(random.nextBoolean() ? nodeA : nodeB, cookies[visitor]);
      String mine = visitor + key;
      switch (random.nextInt(6)) {
        case 0 -> written.put(mine, session.put(key, bytes("x"), NONE));
        case 1 -> session.putIf(key, session.entry(key, MINUTE).map(KvEntry::version).orElse(0L), bytes("x"), NONE)
            .ifPresent(version -> written.put(mine, version));
        case 2 -> clock.advance(Duration.ofMillis(random.nextInt(30_000)));
        default -> {
          long least = written.getOrDefault(mine, 0L);
          long read = random.nextBoolean() ? session.entry(key, MINUTE).map(KvEntry::version).orElse(0L)
              : Optional.ofNullable(session.entries(List.of(key), MINUTE).get(key)).map(KvEntry::version).orElse(0L);
          assertTrue(read >= least, () -> label + ": " + mine + " read " + read + " after " + least);
          if (least > 0) {
            written.put(mine, read);
          }
        }
      }
      cookies[visitor] = session.bookmark().text();
      assertTrue(cookies[visitor].length() <= KvBookmark.MAX_LENGTH);
    }
  }

  private KvSession session(CachedKv node, String cookie) {
    return KvSession.of(node, KvBookmark.parse(cookie).orElseThrow(), clock);
  }

  private static String text(KvSession session, String key) {
    return session.entry(key, MINUTE).map(KvEntry::text).orElse("none");
  }

  private static Map<String, String> texts(KvSession session, String... keys) {
    var texts = new HashMap<String, String>();
    session.entries(List.of(keys), MINUTE).forEach((key, entry) -> texts.put(key, entry.text()));
    return texts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
