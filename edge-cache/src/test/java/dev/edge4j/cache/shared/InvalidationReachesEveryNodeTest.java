package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.support.FailingKv;
import dev.edge4j.cache.support.TestClock;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.kv.KvStore;
import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What one node has invalidated is outdated in all, at once by the bus, else within the time that a version is trusted. */
class InvalidationReachesEveryNodeTest {
  private final TestClock clock = new TestClock();
  private final CountingKv kv = new CountingKv(new MemoryKv(1_000, clock));

  private TagVersions node() {
    return node(kv, Bus.none(new Complaints(clock)));
  }

  private TagVersions node(KvStore store, Bus bus) {
    var quiet = new QuietKv(store, "n:", () -> {}, new Complaints(clock));
    var versions = new TagVersions(Optional.of(quiet), bus, clock, false);
    versions.expectLife(Duration.ofHours(1));
    return versions;
  }

  private Bus bus(Backplane backplane) {
    return Bus.of(backplane, "n", () -> {}, new Complaints(clock));
  }

  private static Stamp load(TagVersions node, String... tags) {
    return node.mark(node.before(), List.of(tags)).orElseThrow();
  }

  private Standing standing(TagVersions node, Stamp stamp) {
    return node.standing(stamp, clock.millis());
  }

  @Test
  void ofATagHardAndSoft() {
    TagVersions here = node();
    TagVersions there = node();
    Stamp tea = load(here, "tea", "drink");
    Stamp coffee = load(here, "coffee");
    assertEquals(Standing.CURRENT, standing(here, tea));
    there.expire("drink");
    assertEquals(Standing.CURRENT, standing(here, tea), "trusted for a second");
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.EXPIRED, standing(here, tea));
    assertEquals(Standing.CURRENT, standing(here, coffee));
    there.invalidate("tea");
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.GONE, standing(here, tea));
    assertEquals(Standing.CURRENT, standing(here, load(here, "tea", "drink")));
  }

  @Test
  void ofTheWholeCacheHardAndSoftAlsoWithoutTags() {
    TagVersions here = node();
    TagVersions there = node();
    Stamp plain = load(here);
    Stamp tea = load(here, "tea");
    there.expireAll();
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.EXPIRED, standing(here, plain));
    assertEquals(Standing.EXPIRED, standing(here, tea));
    Stamp later = load(here);
    assertEquals(Standing.CURRENT, standing(here, later));
    there.clear();
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.GONE, standing(here, plain));
    assertEquals(Standing.GONE, standing(here, later));
    assertEquals(Standing.CURRENT, standing(here, load(here)));
  }

  @Test
  void atOnceByTheBus() {
    Backplane backplane = Backplane.inProcess();
    TagVersions here = node(kv, bus(backplane));
    TagVersions there = node(kv, bus(backplane));
    Stamp tea = load(here, "tea");
    Stamp plain = load(here);
    there.invalidate("tea");
    assertEquals(Standing.GONE, standing(here, tea));
    assertEquals(Standing.CURRENT, standing(here, plain));
    there.expireAll();
    assertEquals(Standing.EXPIRED, standing(here, plain));
    assertEquals(Standing.CURRENT, standing(here, load(here, "tea")));
  }

  @Test
  void byTheBusAloneWhereThereIsNoStore() {
    Backplane backplane = Backplane.inProcess();
    var here = new TagVersions(Optional.empty(), bus(backplane), clock);
    var there = new TagVersions(Optional.empty(), bus(backplane), clock);
    Stamp tea = load(here, "tea");
    there.expire("tea");
    assertEquals(Standing.EXPIRED, standing(here, tea));
    there.clear();
    assertEquals(Standing.GONE, standing(here, tea));
    assertEquals(Standing.CURRENT, standing(here, load(here, "tea")));
  }

  @Test
  void onceTheStoreAnswersAgain() {
    var store = new FailingKv(kv);
    TagVersions here = node();
    TagVersions there = node(store, Bus.none(new Complaints(clock)));
    Stamp tea = load(here, "tea");
    Stamp own = load(there, "tea");
    store.cut = true;
    there.invalidate("tea");
    assertEquals(Standing.GONE, standing(there, own), "at once where it was made");
    Stamp meanwhile = there.mark(there.before(), List.of("tea")).orElseThrow();
    assertEquals(Standing.CURRENT, standing(there, meanwhile));
    store.cut = false;
    Waiting.until(() -> {
      clock.advance(TagVersions.TRUST);
      return standing(here, tea) == Standing.GONE;
    });
    assertEquals(Standing.GONE, standing(there, meanwhile),
        "what was loaded meanwhile has a version that only this node knew");
  }

  @Test
  void aRenewalOfAnotherNodeIsNotBuriedByOneThatArrivesLate() {
    var slow = new FailingKv(kv);
    TagVersions here = node(slow, Bus.none(new Complaints(clock)));
    TagVersions there = node();
    slow.cut = true;
    here.invalidate("tea"); // reaches the store after the other's
    Stamp old = load(here, "tea");
    there.invalidate("tea");
    slow.cut = false;
    Waiting.until(() -> {
      clock.advance(TagVersions.TRUST);
      return standing(here, old) == Standing.GONE;
    });
  }

  @Test
  void aHitCostsOneReadOfTheStorePerSecondWhateverItsTags() {
    TagVersions here = node();
    Stamp entry = load(here, "a", "b", "c", "d");
    assertEquals(Standing.CURRENT, standing(here, entry));
    for (int second = 0; second < 5; second++) {
      clock.advance(TagVersions.TRUST);
      long before = kv.reads.get();
      for (int hit = 0; hit < 100; hit++) {
        assertEquals(Standing.CURRENT, standing(here, entry));
      }
      assertEquals(1, kv.reads.get() - before);
    }
  }

  @Test
  void onAnEventLoopNothingIsRead() {
    TagVersions here = node();
    Stamp entry = load(here, "tea");
    assertEquals(Standing.CURRENT, here.standingNow(entry, clock.millis()));
    long before = kv.reads.get();
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.UNKNOWN, here.standingNow(entry, clock.millis()));
    assertEquals(0, kv.reads.get() - before);
    assertEquals(Standing.CURRENT, standing(here, entry));
    assertEquals(Standing.CURRENT, here.standingNow(entry, clock.millis()));
    node().invalidate("coffee");
    clock.advance(TagVersions.TRUST);
    assertEquals(Standing.CURRENT, standing(here, load(here)));
    assertEquals(Standing.UNKNOWN, here.standingNow(entry, clock.millis()), "the epoch is new, the tag not read yet");
    assertEquals(Standing.CURRENT, standing(here, entry));
    assertEquals(Standing.CURRENT, here.standingNow(entry, clock.millis()));
  }

  @Test
  void aCacheInUseIsReadAheadSoThatNobodyHasToWait() {
    var quiet = new QuietKv(kv, "n:", () -> {}, new Complaints(clock));
    try (var here = new TagVersions(Optional.of(quiet), clock)) {
      here.expectLife(Duration.ofHours(1));
      Stamp entry = load(here, "tea");
      assertEquals(Standing.CURRENT, standing(here, entry));
      for (int step = 0; step < 3; step++) {
        node().invalidate("coffee"); // a new epoch, so that the tag is to be read again too
        clock.advance(TagVersions.TRUST.dividedBy(2));
        assertEquals(Standing.CURRENT, here.standingNow(entry, clock.millis()), "what was read is good for a second");
        long soon = clock.millis() + TagVersions.TRUST.toMillis() - 1; // good only for what is read now
        Waiting.until(() -> here.standingNow(entry, soon) == Standing.CURRENT);
      }
    }
  }

  @Test
  void whatWasLoadingMeanwhileIsNotStored() {
    TagVersions here = node();
    for (Runnable invalidation : List.<Runnable>of(() -> here.invalidate("tea"), () -> here.expire("tea"), here::clear,
        here::expireAll)) {
      TagVersions.Before before = here.before();
      invalidation.run();
      assertTrue(here.mark(before, List.of("tea")).isEmpty());
    }
  }

  @Test
  void aTagThatWasNeverMetMayBeStoredIfNothingWasInvalidatedMeanwhile() {
    TagVersions there = node();
    there.invalidate("tea");
    TagVersions here = node();
    assertEquals(Standing.CURRENT, standing(here, load(here, "tea")));
    TagVersions third = node();
    TagVersions.Before before = third.before();
    there.invalidate("tea");
    assertTrue(third.mark(before, List.of("tea")).isEmpty(), "nobody knows whether that was before the load");
  }
}
