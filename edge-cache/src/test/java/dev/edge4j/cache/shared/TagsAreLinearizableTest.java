package dev.edge4j.cache.shared;

import dev.edge4j.kv.MemoryKv;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * What is read through tags is what one thread after another would read. In one process the orders in which the steps of two
 * threads may come are gone through one by one; two nodes with a store between them, which is too much for that, run on real
 * threads.
 */
class TagsAreLinearizableTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");

  @Test
  void inOneProcess() {
    new ModelCheckingOptions().iterations(LONG ? 50 : 1)
        .invocationsPerIteration(LONG ? 2_000 : 30)
        .actorsBefore(1)
        .actorsPerThread(2)
        .actorsAfter(1)
        .sequentialSpecification(Register.class)
        .check(OneProcess.class);
  }

  @Test
  void betweenTwoNodesOnceVersionsAreNoLongerTrusted() {
    new StressOptions().iterations(LONG ? 50 : 2)
        .invocationsPerIteration(LONG ? 5_000 : 100)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(NeverOlder.class)
        .check(TwoNodes.class);
  }

  /** One value, written to the origin and then invalidated. */
  public static class Register {
    private int value;

    public int get() {
      return value;
    }

    public void writeAndInvalidate(int written) {
      value = written;
    }

    public void writeAndClear(int written) {
      value = written;
    }
  }

  private record Cached(int value, Stamp stamp) {}

  /** A cache of one entry that one thread at a time loads. */
  static final class OneEntry {
    private final TagVersions tags;
    private final InstantSource clock;
    private final ReentrantLock loading = new ReentrantLock();
    private final AtomicReference<Optional<Cached>> entry = new AtomicReference<>(Optional.empty());

    OneEntry(TagVersions tags, InstantSource clock) {
      this.tags = tags;
      this.clock = clock;
      tags.expectLife(Duration.ofHours(1));
    }

    int get(AtomicInteger origin) {
      Optional<Cached> hit = hit();
      if (hit.isPresent()) {
        return hit.get().value;
      }
      loading.lock();
      try {
        Optional<Cached> now = hit();
        return now.isPresent() ? now.get().value : load(origin);
      } finally {
        loading.unlock();
      }
    }

    private Optional<Cached> hit() {
      return entry.get().filter(cached -> tags.standing(cached.stamp, clock.millis()) == Standing.CURRENT);
    }

    private int load(AtomicInteger origin) {
      TagVersions.Before before = tags.before();
      int value = origin.get();
      tags.mark(before, List.of("tag")).ifPresent(stamp -> entry.set(Optional.of(new Cached(value, stamp))));
      return value;
    }
  }

  /** A cache without a store. */
  public static class OneProcess {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

    private final AtomicInteger origin = new AtomicInteger();
    private final TagVersions tags = new TagVersions(Optional.empty(), CLOCK);
    private final OneEntry cache = new OneEntry(tags, CLOCK);

    @Operation
    public int get() {
      return cache.get(origin);
    }

    @Operation
    public void writeAndInvalidate(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      tags.invalidate("tag");
    }

    @Operation
    public void writeAndClear(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      tags.clear();
    }
  }

  /** Reads that are never older than the last write that was acknowledged before they began. */
  public static class NeverOlder {
    public boolean readHere() {
      return true;
    }

    public boolean readThere() {
      return true;
    }

    public void writeHere() {}

    public void writeThere() {}

    public void clearThere() {}
  }

  /** Two nodes with one store and a clock on which a second passes whenever it is looked at. */
  public static class TwoNodes {
    private final AtomicInteger origin = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger seconds = new AtomicInteger();
    private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    private final MemoryKv kv = new MemoryKv(100, InstantSource.fixed(Instant.EPOCH));
    private final TagVersions tagsHere = node();
    private final TagVersions tagsThere = node();
    private final OneEntry here = new OneEntry(tagsHere, clock);
    private final OneEntry there = new OneEntry(tagsThere, clock);

    private TagVersions node() {
      var complaints = new Complaints(InstantSource.fixed(Instant.EPOCH)); // by which the store is not slow
      var quiet = new QuietKv(kv, "n:", () -> {}, complaints);
      return new TagVersions(Optional.of(quiet), Bus.none(complaints), clock, false);
    }

    private boolean read(OneEntry node) {
      int atLeast = acknowledged.get();
      return node.get(origin) >= atLeast;
    }

    private void write(Runnable invalidation) {
      int written = origin.incrementAndGet();
      invalidation.run();
      acknowledged.accumulateAndGet(written, Math::max);
    }

    @Operation
    public boolean readHere() {
      return read(here);
    }

    @Operation
    public boolean readThere() {
      return read(there);
    }

    @Operation
    public void writeHere() {
      write(() -> tagsHere.invalidate("tag"));
    }

    @Operation
    public void writeThere() {
      write(() -> tagsThere.invalidate("tag"));
    }

    @Operation
    public void clearThere() {
      write(tagsThere::clear);
    }
  }
}
