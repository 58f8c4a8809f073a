package dev.edge4j.data.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.KvArguments;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import dev.edge4j.kv.VersionedKv;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link VersionedKv} promises beyond {@link KvStoreContract}, whose tests run with these. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class VersionedKvContract extends KvStoreContract {
  private static final KvOptions NONE = KvOptions.none();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00.123Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  protected VersionedKvContract() {}

  /** An empty store, open. It is closed after each test. */
  @Override
  protected abstract VersionedKv open() throws Exception;

  @Test
  public void anEntryTellsAllThatIsKnown() {
    long version = kv().put("a", bytes("1"), KvOptions.expiringAt(FAR).withMetadata("{\"by\":\"é\"}"));
    var expected = new KvEntry("a", bytes("1"), Optional.of("{\"by\":\"é\"}"), version, Optional.of(FAR));
    assertEquals(Optional.of(expected), kv().entry("a"));
    assertEquals(Optional.of(expected), kv().entry("a", Duration.ZERO));
    assertEquals(Optional.of(expected), kv().entry("a", MINUTE));
    assertEquals(Optional.empty(), kv().entry("b"));
    assertThrows(IllegalArgumentException.class, () -> kv().entry("a", Duration.ofNanos(-1)));
    assertThrows(IllegalArgumentException.class, () -> kv().entry(""));
  }

  @Test
  public void aPutForgetsTheOldMetadataAndExpiry() {
    kv().put("a", bytes("1"), KvOptions.expiringAt(FAR).withMetadata("1"));
    long version = kv().put("a", bytes("2"), NONE);
    assertEquals(Optional.of(new KvEntry("a", bytes("2"), Optional.empty(), version, Optional.empty())), kv().entry(
        "a"));
    kv().put("a", bytes("3"));
    assertEquals("3", kv().entry("a").orElseThrow().text());
  }

  @Test
  public void keepsMetadataUpToItsLimitAsItWasGiven() {
    String longest = "\"" + "é".repeat((VersionedKv.MAX_METADATA_BYTES - 2) / 2) + "\"";
    for (String json : List.of(longest, "{ \"a\" : [1.50, null] }", "7", "\"\\u0000'%\"")) {
      kv().put("a", bytes("1"), NONE.withMetadata(json));
      assertEquals(Optional.of(json), kv().entry("a").orElseThrow().metadata());
      assertEquals(Optional.of(json), kv().page("", "", 1).items().getFirst().metadata());
    }
    assertThrows(IllegalArgumentException.class, () -> NONE.withMetadata(longest + " "));
    assertThrows(IllegalArgumentException.class, () -> NONE.withMetadata("{"));
  }

  @Test
  public void anExpiryMayBeAnyInstant() {
    kv().put("a", bytes("1"), KvOptions.expiringAfter(Duration.ofSeconds(Long.MAX_VALUE)));
    kv().put("b", bytes("1"), KvOptions.expiringAt(Instant.MAX));
    for (String key : List.of("a", "b")) {
      assertEquals(KvArguments.LAST_EXPIRY, kv().entry(key).orElseThrow().expiresAt().orElseThrow().toEpochMilli());
    }
    long version = kv().put("a", bytes("2"), KvOptions.expiringAt(Instant.EPOCH));
    assertEquals(Optional.empty(), kv().entry("a"), "what has expired before it was written is gone at once");
    assertEquals(List.of("b"), kv().list("", "", 10));
    assertTrue(kv().putIf("a", 0, bytes("3"), NONE).orElseThrow() > version);
  }

  @Test
  public void whatHasExpiredIsAbsentEverywhere() throws Exception {
    KvOptions brief = KvOptions.expiringAfter(SECOND);
    long a = kv().put("a", bytes("1"), brief);
    long b = kv().put("b", bytes("1"), brief);
    kv().putAll(Map.of("c", bytes("1"), "d", bytes("1")), brief);
    kv().put("e", bytes("1"), brief.withMetadata("7"));
    long touched = kv().touch("e", MINUTE).orElseThrow();
    kv().put("f", bytes("1"), NONE);
    long f = kv().touch("f", SECOND).orElseThrow();
    pass(SECOND.multipliedBy(2));
    assertEquals(Optional.empty(), kv().entry("a"));
    assertEquals(Set.of("e"), kv().entries(List.of("a", "b", "c", "d", "e", "f")).keySet());
    assertEquals(List.of("e"), keys(kv().page("", "", 10)));
    assertEquals(OptionalLong.empty(), kv().putIf("a", a, bytes("2"), NONE));
    assertEquals(OptionalLong.empty(), kv().touch("a", MINUTE));
    assertFalse(kv().deleteIf("b", b));
    assertTrue(kv().putIf("a", 0, bytes("2"), NONE).orElseThrow() > a, "a version comes never again");
    assertTrue(kv().put("f", bytes("2"), NONE) > f, "a version comes never again");
    KvEntry kept = kv().entry("e").orElseThrow();
    assertEquals(new KvEntry("e", bytes("1"), Optional.of("7"), touched, kept.expiresAt()), kept);
  }

  @Test
  public void versionsOfAKeyGrowForever() {
    var versions = new ArrayList<Long>();
    for (int round = 0; round < 3; round++) {
      versions.add(kv().putIf("a", 0, bytes("1"), NONE).orElseThrow());
      versions.add(kv().put("a", bytes("1"), NONE));
      versions.add(kv().touch("a", MINUTE).orElseThrow());
      versions.add(kv().putIf("a", versions.getLast(), bytes("2"), NONE).orElseThrow());
      kv().put("a", bytes("2"), MINUTE);
      versions.add(kv().entry("a").orElseThrow().version());
      kv().putAll(Map.of("a", bytes("3"), "b", bytes("3")), NONE).forEach((key, version) -> {
        if (key.equals("a")) {
          versions.add(version);
        }
      });
      kv().delete("a");
      assertTrue(kv().putIfAbsent("a", bytes("1"), MINUTE));
      versions.add(kv().entry("a").orElseThrow().version());
      assertTrue(kv().deleteIf("a", versions.getLast()));
    }
    assertEquals(versions.stream().sorted().distinct().toList(), versions);
    assertTrue(versions.getFirst() > 0);
  }

  @Test
  public void entriesComeInTheOrderAsked() {
    long b = kv().put("b", bytes("2"), NONE);
    long a = kv().put("a", bytes("1"), NONE.withMetadata("1"));
    Map<String, KvEntry> found = kv().entries(List.of("b", "none", "a", "b"));
    assertEquals(List.of("b", "a"), List.copyOf(found.keySet()));
    assertEquals(new KvEntry("a", bytes("1"), Optional.of("1"), a, Optional.empty()), found.get("a"));
    assertEquals(new KvEntry("b", bytes("2"), Optional.empty(), b, Optional.empty()), found.get("b"));
    assertEquals(found, kv().entries(List.of("b", "a"), MINUTE));
    assertEquals(Map.of(), kv().entries(List.of()));
  }

  @Test
  public void putsManyAtOnce() {
    var values = new LinkedHashMap<String, byte[]>();
    IntStream.range(0, VersionedKv.MAX_BULK).forEach(i -> values.put("k" + i, bytes("value " + i)));
    Map<String, Long> versions = kv().putAll(values, KvOptions.expiringAt(FAR).withMetadata("1"));
    values.values().forEach(value -> value[0] = 'x');
    assertEquals(values.keySet(), versions.keySet());
    Map<String, KvEntry> found = kv().entries(values.keySet());
    assertEquals(List.copyOf(values.keySet()), List.copyOf(found.keySet()));
    versions.forEach((key, version) -> assertEquals(new KvEntry(key, bytes("value " + key.substring(1)), Optional.of(
        "1"), version, Optional.of(FAR)), found.get(key)));
    assertEquals(Map.of(), kv().putAll(Map.of(), NONE));
  }

  @Test
  public void bulkCallsKeepToTheirLimitsAndChangeNothingBeyond() {
    var tooMany = new LinkedHashMap<String, byte[]>();
    IntStream.rangeClosed(0, VersionedKv.MAX_BULK).forEach(i -> tooMany.put("k" + i, bytes("1")));
    assertThrows(IllegalArgumentException.class, () -> kv().putAll(tooMany, NONE));
    assertThrows(IllegalArgumentException.class, () -> kv().entries(tooMany.keySet()));
    var badKey = new LinkedHashMap<>(Map.of("a", bytes("1")));
    badKey.put("", bytes("1"));
    assertThrows(IllegalArgumentException.class, () -> kv().putAll(badKey, NONE));
    var half = new LinkedHashMap<>(Map.of("a", bytes("1")));
    half.put("half a pair \ud83d", bytes("1"));
    assertThrows(IllegalArgumentException.class, () -> kv().putAll(half, NONE));
    assertThrows(IllegalArgumentException.class, () -> kv().entries(List.of("a", "")));
    assertEquals(List.of(), kv().list("", "", 10));
  }

  @Test
  public void putsOnlyIfTheVersionIsTheOneExpected() {
    assertEquals(OptionalLong.empty(), kv().putIf("a", 7, bytes("1"), NONE), "there is none");
    long first = kv().putIf("a", 0, bytes("1"), KvOptions.expiringAt(FAR)).orElseThrow();
    assertEquals(OptionalLong.empty(), kv().putIf("a", 0, bytes("2"), NONE), "there is one");
    assertEquals(OptionalLong.empty(), kv().putIf("a", first + 1, bytes("2"), NONE));
    assertEquals(new KvEntry("a", bytes("1"), Optional.empty(), first, Optional.of(FAR)), kv().entry("a")
        .orElseThrow());
    long second = kv().putIf("a", first, bytes("2"), NONE.withMetadata("2")).orElseThrow();
    assertEquals(new KvEntry("a", bytes("2"), Optional.of("2"), second, Optional.empty()), kv().entry("a")
        .orElseThrow());
    assertEquals(OptionalLong.empty(), kv().putIf("a", first, bytes("3"), NONE));
    kv().delete("a");
    assertEquals(OptionalLong.empty(), kv().putIf("a", second, bytes("3"), NONE));
    assertThrows(IllegalArgumentException.class, () -> kv().putIf("a", -1, bytes("1"), NONE));
  }

  @Test
  public void deletesOnlyIfTheVersionIsTheOneExpected() {
    long first = kv().put("a", bytes("1"), NONE);
    long second = kv().put("a", bytes("2"), NONE);
    assertFalse(kv().deleteIf("a", first));
    assertFalse(kv().deleteIf("none", first));
    assertEquals("2", kv().entry("a").orElseThrow().text());
    assertTrue(kv().deleteIf("a", second));
    assertFalse(kv().deleteIf("a", second));
    assertEquals(Optional.empty(), kv().entry("a"));
    assertThrows(IllegalArgumentException.class, () -> kv().deleteIf("a", 0));
  }

  @Test
  public void aTouchIsAWriteThatLeavesTheValue() {
    assertEquals(OptionalLong.empty(), kv().touch("a", MINUTE));
    long put = kv().put("a", bytes("1"), NONE.withMetadata("[]"));
    long touched = kv().touch("a", MINUTE).orElseThrow();
    KvEntry entry = kv().entry("a").orElseThrow();
    assertTrue(touched > put);
    assertEquals(new KvEntry("a", bytes("1"), Optional.of("[]"), touched, entry.expiresAt()), entry);
    assertTrue(entry.expiresAt().isPresent());
    assertEquals(OptionalLong.empty(), kv().putIf("a", put, bytes("2"), NONE), "the version before the touch");
    assertThrows(IllegalArgumentException.class, () -> kv().touch("a", Duration.ZERO));
  }

  @Test
  public void manyIncrementsLoseNothing() throws Exception {
    int threads = 8;
    int each = 25;
    inParallel(threads, _ -> {
      for (int i = 0; i < each; i++) {
        while (!increment("counter")) {
          Thread.onSpinWait();
        }
      }
      return true;
    });
    assertEquals(String.valueOf(threads * each), kv().entry("counter").orElseThrow().text());
  }

  @Test
  public void versionsComeNeverAgainHoweverManyWrite() throws Exception {
    List<List<Long>> seen = inParallel(6, thread -> {
      var mine = new ArrayList<Long>();
      for (int i = 0; i < 30; i++) {
        switch ((thread + i) % 3) {
          case 0 -> mine.add(kv().put("a", bytes("1"), NONE));
          case 1 -> kv().putIf("a", 0, bytes("2"), NONE).ifPresent(mine::add);
          default -> kv().delete("a");
        }
      }
      return mine;
    });
    var all = new HashSet<Long>();
    for (List<Long> mine : seen) {
      assertEquals(mine.stream().sorted().toList(), mine, "a later write has a greater version");
      mine.forEach(version -> assertTrue(all.add(version), () -> version + " was given twice"));
    }
  }

  @Test
  public void oneOrderOfCallsExplainsAllAnswers() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<KvHistory.Call> calls = KvHistory.record(kv(), "key " + round, 4, 6, round);
      assertTrue(KvHistory.isExplained(calls), () -> "no order of these calls explains their answers: " + calls);
    }
  }

  @Test
  public void oneAtTheMostDeletesAVersion() throws Exception {
    for (int round = 0; round < 5; round++) {
      long version = kv().put("a", bytes("1"), NONE);
      List<Boolean> winners = inParallel(6, _ -> kv().deleteIf("a", version));
      assertEquals(1, winners.stream().filter(won -> won).count());
    }
  }

  @Test
  public void pagesGoThroughAllKeysInTheOrderOfBytes() {
    for (String key : List.of("p/b", "p/a", "p/～", "p/🔑", "p/é", "p", "p0", "q/a", "p/Z", "p/%", "p/_")) {
      kv().put(key, bytes("x"), NONE.withMetadata("\"" + key + "\""));
    }
    List<String> expected = List.of("p/%", "p/Z", "p/_", "p/a", "p/b", "p/é", "p/～", "p/🔑");
    for (int limit : List.of(1, 2, 3, 7, 8, 9, VersionedKv.MAX_PAGE)) {
      assertEquals(expected, allKeys("p/", limit), "in pages of " + limit);
    }
    assertEquals(11, allKeys("", 2).size());
    assertEquals(List.of("p/%"), allKeys("p/%", 2), "a prefix is text and not a pattern");
    KvPage none = kv().page("none", "", 10);
    assertTrue(none.complete());
    assertEquals(List.of(), none.items());
    assertEquals(new KvPage.Item("q/a", Optional.empty(), Optional.of("\"q/a\"")), kv().page("q", "", 10)
        .items()
        .getFirst());
  }

  @Test
  public void pagesTellWhenTheirItemsExpire() {
    kv().put("a", bytes("1"), KvOptions.expiringAt(FAR));
    kv().put("b", bytes("1"), NONE);
    assertEquals(List.of(new KvPage.Item("a", Optional.of(FAR), Optional.empty()), new KvPage.Item("b", Optional
        .empty(), Optional.empty())), kv().page("", "", 10).items());
  }

  @Test
  public void refusesPagesThatCannotBe() {
    kv().put("a", bytes("1"), NONE);
    kv().put("ab", bytes("1"), NONE);
    String cursor = kv().page("a", "", 1).cursor().orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> kv().page("", "", 0));
    assertThrows(IllegalArgumentException.class, () -> kv().page("", "", VersionedKv.MAX_PAGE + 1));
    assertThrows(IllegalArgumentException.class, () -> kv().page("a", "what no page gave", 1));
    assertThrows(IllegalArgumentException.class, () -> kv().page("b", cursor, 1));
  }

  @Test
  public void pagesShowOnceWhatIsThereAllTheTime() throws Exception {
    for (int i = 0; i < 60; i++) {
      kv().put("steady " + i, bytes("1"), NONE);
    }
    var done = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer = threads.submit(() -> {
        for (int i = 0; !done.get(); i++) {
          kv().put("steady " + i % 60, bytes("2"), NONE);
          kv().put("coming " + i % 50, bytes("2"), NONE);
          kv().delete("coming " + (i + 25) % 50);
        }
      });
      for (int round = 0; round < 5; round++) {
        List<String> keys = allKeys("", 7);
        assertEquals(keys.stream().sorted().distinct().toList(), keys);
        assertEquals(60, keys.stream().filter(key -> key.startsWith("steady ")).count());
      }
      done.set(true);
      writer.get();
    }
  }

  @Test
  public void tellsWatchersWhatToReadAgain() throws Exception {
    var told = new ConcurrentLinkedQueue<KvChange>();
    var readBack = new ConcurrentLinkedQueue<Optional<String>>();
    var others = new ConcurrentLinkedQueue<KvChange>();
    try (var _ = kv().watch("a/", told::add); var _ = kv().watch("", change -> {
      others.add(change);
      if (others.size() == 1) {
        throw new IllegalStateException("a listener of the contract fails, once");
      }
    }); var _ = kv().watch("a/1", change -> {
      if (change.kind() == KvChange.Kind.PUT) {
        readBack.add(kv().entry("a/1").map(KvEntry::text));
      }
    })) {
      kv().put("b", bytes("1"), NONE);
      kv().put("a/1", bytes("new"), NONE);
      awaitTold(told, KvChange.put("a/1"));
      kv().putAll(Map.of("a/2", bytes("1"), "a/3", bytes("1")), NONE);
      long version = kv().putIf("a/4", 0, bytes("1"), NONE).orElseThrow();
      kv().touch("a/2", MINUTE);
      kv().delete("a/3");
      kv().deleteIf("a/4", version);
      for (String key : List.of("a/2", "a/3", "a/4")) {
        awaitTold(told, KvChange.put(key));
      }
      awaitTold(told, KvChange.deleted("a/3"));
      awaitTold(told, KvChange.deleted("a/4"));
      awaitTold(others, KvChange.put("b"));
      awaitTold(others, KvChange.deleted("a/4"));
      assertFalse(told.contains(KvChange.put("b")));
      assertTrue(readBack.stream().allMatch(Optional.of("new")::equals), "a change is told after it can be read");
    }
  }

  @Test
  public void aClosedSubscriptionIsToldNothingMore() throws Exception {
    var told = new ConcurrentLinkedQueue<KvChange>();
    var control = new ConcurrentLinkedQueue<KvChange>();
    VersionedKv.Subscription subscription = kv().watch("", told::add);
    kv().put("a", bytes("1"), NONE);
    awaitTold(told, KvChange.put("a"));
    subscription.close();
    subscription.close();
    try (var _ = kv().watch("", control::add)) {
      kv().put("b", bytes("1"), NONE);
      awaitTold(control, KvChange.put("b"));
    }
    assertFalse(told.contains(KvChange.put("b")));
  }

  private VersionedKv kv() {
    return (VersionedKv) store();
  }

  private boolean increment(String key) {
    Optional<KvEntry> now = kv().entry(key);
    long next = now.map(entry -> Long.parseLong(entry.text())).orElse(0L) + 1;
    return kv().putIf(key, now.map(KvEntry::version).orElse(0L), bytes(String.valueOf(next)), NONE).isPresent();
  }

  private List<String> allKeys(String prefix, int limit) {
    var keys = new ArrayList<String>();
    String cursor = "";
    do {
      KvPage page = kv().page(prefix, cursor, limit);
      assertTrue(page.items().size() <= limit);
      keys.addAll(keys(page));
      cursor = page.cursor().orElse("");
    } while (!cursor.isEmpty());
    return keys;
  }

  private static List<String> keys(KvPage page) {
    return page.items().stream().map(KvPage.Item::key).toList();
  }

  private interface Work<T> {
    T of(int thread) throws Exception;
  }

  private static <T> List<T> inParallel(int count, Work<T> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> all = IntStream.range(0, count).<Callable<T>>mapToObj(i -> () -> work.of(i)).toList();
      var answers = new ArrayList<T>();
      for (Future<T> answer : threads.invokeAll(all)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  /** Changes may be lost, but then that is told. */
  private static void awaitTold(ConcurrentLinkedQueue<KvChange> told, KvChange change) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!told.contains(change) && !told.contains(KvChange.missed())) {
      assertTrue(System.nanoTime() < end, () -> change + " was not told, only " + told);
      Thread.sleep(1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
