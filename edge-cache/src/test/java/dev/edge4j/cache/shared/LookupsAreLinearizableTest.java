package dev.edge4j.cache.shared;

import dev.edge4j.cache.Cache;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * What a cache answers is what one thread after another would get, whoever loads for whom: one load at a time, and none that an
 * invalidation has overtaken. Tried on real threads: a load runs on a virtual thread, which the model checker does not steer.
 */
class LookupsAreLinearizableTest {
  private static final boolean LONG = Boolean.getBoolean("edge4j.long");

  @Test
  void onRealThreads() {
    new StressOptions().iterations(LONG ? 50 : 2)
        .invocationsPerIteration(LONG ? 5_000 : 100)
        .actorsBefore(1)
        .actorsPerThread(3)
        .actorsAfter(1)
        .sequentialSpecification(Register.class)
        .check(Lookups.class);
  }

  /** The origin's value, which is what a cache that is always invalidated after a write has to answer. */
  public static class Register {
    private int value;

    public int get() {
      return value;
    }

    public void writeAndInvalidate(int written) {
      value = written;
    }

    public void writeAndInvalidateTag(int written) {
      value = written;
    }

    public void writeAndClear(int written) {
      value = written;
    }

    public void writeAndExpire(int written) {
      value = written;
    }

    public void writeAndExpireTag(int written) {
      value = written;
    }
  }

  /** A cache of one key. */
  public static class Lookups {
    private final AtomicInteger origin = new AtomicInteger();
    private final Cache<String, Integer> cache = Cache.<String, Integer>named("register")
        .freshFor(Duration.ofHours(1))
        .staleIfError(Duration.ofHours(1)) // no load fails, so what is stale is never shown
        .options(o -> o.withSoftTimeout(Duration.ofDays(1))) // nor because a load takes long
        .tags(_ -> List.of("tag"))
        .build();

    @Operation
    public int get() {
      return cache.get("key", _ -> origin.get());
    }

    @Operation
    public void writeAndInvalidate(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      cache.invalidate("key");
    }

    @Operation
    public void writeAndInvalidateTag(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      cache.invalidateTag("tag");
    }

    @Operation
    public void writeAndClear(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      cache.clear();
    }

    @Operation
    public void writeAndExpire(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      cache.expire("key");
    }

    @Operation
    public void writeAndExpireTag(@Param(gen = IntGen.class, conf = "1:3") int written) {
      origin.set(written);
      cache.expireTag("tag");
    }
  }
}
