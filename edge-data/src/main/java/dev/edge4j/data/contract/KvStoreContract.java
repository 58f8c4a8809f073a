package dev.edge4j.data.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.kv.KvStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link KvStore} promises. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class KvStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private KvStore kv;

  @SuppressWarnings("NullAway.Init") // before each test
  protected KvStoreContract() {}

  /** An empty store, open. It is closed after each test. */
  protected abstract KvStore open() throws Exception;

  /** Lets time pass as the store sees it: turns its clock forward, or waits until the store's own clock has moved. */
  protected abstract void pass(Duration time) throws Exception;

  /** The store of the running test. */
  protected final KvStore store() {
    return kv;
  }

  @BeforeEach
  public final void openStore() throws Exception {
    kv = open();
  }

  @AfterEach
  public final void closeStore() {
    kv.close();
  }

  @Test
  public void givesBackWhatWasPut() {
    kv.put("a", bytes("1"));
    kv.put("empty", new byte[0]);
    kv.put("ключ 🔑", new byte[]{0, -1, 127, -128});
    assertValue("1", "a");
    assertValue("", "empty");
    assertArrayEquals(new byte[]{0, -1, 127, -128}, kv.get("ключ 🔑").orElseThrow());
    assertFalse(kv.get("b").isPresent());
  }

  @Test
  public void theLastPutCounts() {
    kv.put("a", bytes("1"), MINUTE);
    kv.put("a", bytes("2"));
    assertValue("2", "a");
  }

  @Test
  public void keepsItsOwnCopy() {
    byte[] value = bytes("1");
    kv.put("a", value);
    value[0] = 'x';
    kv.get("a").orElseThrow()[0] = 'y';
    assertValue("1", "a");
  }

  @Test
  public void deletes() {
    kv.put("a", bytes("1"));
    kv.delete("a");
    kv.delete("never there");
    assertFalse(kv.get("a").isPresent());
    assertEquals(List.of(), kv.list("", "", 10));
  }

  @Test
  public void forgetsWhatHasExpired() throws Exception {
    kv.put("short", bytes("1"), Duration.ofSeconds(1));
    kv.put("long", bytes("2"), Duration.ofDays(1));
    kv.put("kept", bytes("3"));
    assertValue("1", "short");
    pass(Duration.ofSeconds(2));
    assertFalse(kv.get("short").isPresent());
    assertValue("2", "long");
    assertValue("3", "kept");
    assertEquals(List.of("kept", "long"), kv.list("", "", 10));
  }

  @Test
  public void aPutWithoutTtlLivesOn() throws Exception {
    kv.put("a", bytes("1"), Duration.ofSeconds(1));
    kv.put("a", bytes("2"));
    pass(Duration.ofSeconds(2));
    assertValue("2", "a");
  }

  @Test
  public void putsOnlyWhereThereIsNothing() throws Exception {
    assertTrue(kv.putIfAbsent("a", bytes("1"), Duration.ofSeconds(1)));
    assertFalse(kv.putIfAbsent("a", bytes("2"), Duration.ofSeconds(1)));
    assertValue("1", "a");
    pass(Duration.ofSeconds(2));
    assertTrue(kv.putIfAbsent("a", bytes("3"), MINUTE));
    assertValue("3", "a");
    kv.delete("a");
    assertTrue(kv.putIfAbsent("a", bytes("4"), MINUTE));
  }

  @Test
  public void onlyOneOfManyPutsWhereThereIsNothing() throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = IntStream.range(0, 64)
          .mapToObj(i -> threads.submit(() -> kv.putIfAbsent("lock", bytes("owner " + i), MINUTE)))
          .toList();
      int winner = -1;
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).get()) {
          assertEquals(-1, winner, "two owners");
          winner = i;
        }
      }
      assertValue("owner " + winner, "lock");
    }
  }

  @Test
  public void listsByPrefixInTheOrderOfBytes() {
    // In UTF-16 the key (D83D DD11) would sort before U+FF5E; in UTF-8 (F0 ... against EF ...) it sorts behind.
    for (String key : List.of("p/b", "p/a", "p/～", "p/🔑", "p/é", "p", "p0", "q/a", "p/Z")) {
      kv.put(key, bytes("x"));
    }
    assertEquals(List.of("p/Z", "p/a", "p/b", "p/é", "p/～", "p/🔑"), kv.list("p/", "", 100));
    assertEquals(List.of("p/Z", "p/a"), kv.list("p/", "", 2));
    assertEquals(List.of("p/b", "p/é"), kv.list("p/", "p/a", 2));
    assertEquals(List.of("p/～", "p/🔑"), kv.list("p/", "p/é", 2));
    assertEquals(List.of(), kv.list("p/", "p/🔑", 2));
    assertEquals(List.of(), kv.list("none", "", 10));
    assertEquals(List.of("p", "p/Z"), kv.list("", "", 2));
    assertEquals(List.of("q/a"), kv.list("q", "p/a", 2), "a position before the prefix counts from the prefix");
  }

  @Test
  public void aPrefixIsTextAndNotAPattern() {
    for (String key : List.of("a%b", "a_b", "axb", "a*b")) {
      kv.put(key, bytes("x"));
    }
    assertEquals(List.of("a%b"), kv.list("a%", "", 10));
    assertEquals(List.of("a_b"), kv.list("a_", "", 10));
    assertEquals(List.of("a*b"), kv.list("a*", "", 10));
  }

  @Test
  public void keepsToItsLimits() {
    String longest = "é".repeat(KvStore.MAX_KEY_BYTES / 2);
    kv.put(longest, bytes("1"));
    assertValue("1", longest);
    assertThrows(IllegalArgumentException.class, () -> kv.put(longest + "x", bytes("1")));
    assertThrows(IllegalArgumentException.class, () -> kv.put("", bytes("1")));
    assertThrows(IllegalArgumentException.class, () -> kv.put("a", new byte[KvStore.MAX_VALUE_BYTES + 1]));
    assertThrows(IllegalArgumentException.class, () -> kv.put("a", bytes("1"), Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> kv.putIfAbsent("a", bytes("1"), Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> kv.list("", "", -1));
    assertEquals(List.of(), kv.list("", "", 0));
    assertEquals(List.of(longest), kv.list("", "", 10));
  }

  private void assertValue(String expected, String key) {
    assertEquals(Optional.of(expected), kv.get(key).map(value -> new String(value, UTF_8)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
