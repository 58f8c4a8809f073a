package dev.edge4j.data.redis;

import dev.edge4j.data.testing.Engines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What the tests of Redis need: patience for a loaded machine, names that no other test uses, and the server's own clock. */
final class Servers {
  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Servers() {}

  /** Options under which only a server that is really away makes a call fail. */
  static RedisOptions patient() {
    return RedisOptions.defaults().withTimeout(Duration.ofSeconds(20)).withConnectTimeout(Duration.ofSeconds(20));
  }

  /** A client of the shared server. */
  static Redis shared() {
    return Redis.of(Engines.redis().url(), patient());
  }

  static String prefix() {
    return "test" + PREFIXES.incrementAndGet() + ":";
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("has not happened within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  /** Waits until the server's clock has moved on. */
  static void pass(Redis redis, Duration time) throws InterruptedException {
    long end = micros(redis) + time.plusNanos(999).toNanos() / 1_000;
    await("the server's clock moves", () -> micros(redis) >= end);
  }

  private static long micros(Redis redis) {
    var time = redis.call("TIME", commands -> commands.time());
    return number(time.get(0)) * 1_000_000 + number(time.get(1));
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
  }

  /** The keys in the client's database that begin so. */
  static List<String> keys(Redis redis, String prefix) {
    List<byte[]> found = redis.call("KEYS", commands -> commands.keys(prefix + "*"));
    return found.stream().map(key -> new String(key, StandardCharsets.UTF_8)).toList();
  }
}
