package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.kv.CachedKv;
import dev.edge4j.data.kv.KvBookmark;
import dev.edge4j.data.kv.KvSession;
import dev.edge4j.data.sqlite.SqliteKv;
import dev.edge4j.kv.KvChange;
import dev.edge4j.kv.KvEntry;
import dev.edge4j.kv.KvNamespace;
import dev.edge4j.kv.KvOptions;
import dev.edge4j.kv.KvPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of the guide to keys and values. */
class KvGuideTest {
  private record Profile(String name, int visits) {}

  private final SqliteKv kv;

  KvGuideTest(@TempDir Path folder) {
    kv = SqliteKv.open(folder.resolve("kv.db"));
  }

  @BeforeEach
  void isEmpty() {
    assertEquals(List.of(), kv.list("", "", 1));
  }

  @AfterEach
  void close() {
    kv.close();
  }

  @Test
  void aNamespaceReadsAndWritesTypes() {
    // tag::namespace[]
    KvNamespace users = KvNamespace.of(kv, "user:");
    users.putJson("42", new Profile("Ada", 1), KvOptions.expiringAfter(Duration.ofDays(30))
        .withMetadata("{\"plan\":\"pro\"}"));

    Optional<Profile> ada = users.json("42", Profile.class);
    KvEntry entry = users.entry("42").orElseThrow(); // version, metadata, expiresAt
    // end::namespace[]
    assertEquals(Optional.of(new Profile("Ada", 1)), ada);
    assertEquals(Optional.of("{\"plan\":\"pro\"}"), entry.metadata());
    assertTrue(entry.expiresAt().isPresent());
  }

  @Test
  void compareAndSetLosesNothing() {
    KvNamespace users = KvNamespace.of(kv, "user:");
    users.putJson("42", new Profile("Ada", 1), KvOptions.none());
    // tag::cas[]
    KvEntry seen = kv.entry("user:42").orElseThrow();
    byte[] next = "{\"name\":\"Ada\",\"visits\":2}".getBytes(StandardCharsets.UTF_8);
    OptionalLong version = kv.putIf("user:42", seen.version(), next, KvOptions.none()); // empty: somebody was faster

    users.update("42", Profile.class, KvOptions.none(), // the same, until it succeeds
        now -> now.map(p -> new Profile(p.name(), p.visits() + 1)).orElse(new Profile("new", 1)));
    // end::cas[]
    assertTrue(version.isPresent());
    assertEquals(Optional.of(new Profile("Ada", 3)), users.json("42", Profile.class));
  }

  @Test
  void itIsBounded(@TempDir Path folder) {
    // tag::bounded[]
    SqliteKv cacheOnDisk = SqliteKv.open(folder.resolve("cache.db")).bounded(256L << 20); // bytes
    // end::bounded[]
    cacheOnDisk.put("a", new byte[]{1});
    cacheOnDisk.close();
  }

  @Test
  void manyKeysAtOnceAndInPages() {
    byte[] one = {1};
    // tag::many[]
    kv.putAll(Map.of("flag:a", one, "flag:b", one, "flag:c", one), KvOptions.none()); // all or none
    Map<String, KvEntry> two = kv.entries(List.of("flag:a", "flag:b", "flag:none")); // those that there are

    KvPage page = kv.page("flag:", "", 2);
    while (!page.complete()) {
      page = kv.page("flag:", page.cursor().orElseThrow(), 2);
    }
    // end::many[]
    assertEquals(2, two.size());
    assertEquals(List.of("flag:c"), page.items().stream().map(KvPage.Item::key).toList());
  }

  @Test
  void changesAreTold() throws InterruptedException {
    var flags = new LinkedBlockingQueue<KvChange>();
    // tag::watch[]
    try (var _ = kv.watch("flag:", change -> flags.add(change))) { // PUT, DELETED or MISSED
      kv.put("flag:a", new byte[]{1});
      // end::watch[]
      assertEquals(KvChange.put("flag:a"), flags.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void copiesNearTheReader() {
    // tag::cached[]
    CachedKv cached = CachedKv.over(kv); // this node's memory in front of the store
    Optional<KvEntry> flag = cached.entry("flag:a", Duration.ofMinutes(1)); // at most a minute old

    KvNamespace flags = KvNamespace.of(cached, "flag:").readAtMost(Duration.ofMinutes(1));
    boolean on = flags.text("a").isPresent();
    // end::cached[]
    assertTrue(flag.isEmpty());
    assertEquals(false, on);
    assertEquals(1, cached.stats().hits(), "absent keys are remembered");
  }

  @Test
  void aVisitorReadsWhatHeWrote() {
    CachedKv cached = CachedKv.over(kv);
    String cookie = "";
    // tag::session[]
    KvSession session = KvSession.of(cached, KvBookmark.parse(cookie).orElse(KvBookmark.NONE));
    session.put("cart:42", "7".getBytes(StandardCharsets.UTF_8), KvOptions.none());
    cookie = session.bookmark().text(); // to be signed and sent

    KvSession next = KvSession.of(cached, KvBookmark.parse(cookie).orElse(KvBookmark.NONE)); // on any node
    Optional<KvEntry> cart = next.entry("cart:42", Duration.ofMinutes(5)); // a copy, if it is young enough for him
    // end::session[]
    assertEquals(Optional.of("7"), cart.map(KvEntry::text));
  }
}
