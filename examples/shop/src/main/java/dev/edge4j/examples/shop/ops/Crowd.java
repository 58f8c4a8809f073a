package dev.edge4j.examples.shop.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Virtual shoppers who look around in a shop on this machine: each on a virtual thread, with a cookie of its own, for a time that ends. They are bounded in
 * number, in time, and in how many ask at once; one crowd at a time; and no other machine is ever asked. Safe for use by many threads.
 */
public final class Crowd implements AutoCloseable {
  /** How many shoppers there are at most. */
  public static final int MOST = 1_000;

  /** How long they stay at most. */
  public static final Duration LONGEST = Duration.ofSeconds(30);

  private static final int AT_ONCE = 32;
  private static final int SHELVES = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A way to visit a page; its status. */
  @FunctionalInterface
  interface Visit {
    /** Asks for a page as the visitor of that cookie. */
    int page(String path, String cookie) throws IOException, InterruptedException;
  }

  private static final class Run {
    private final Visit visit;
    private final Duration time;
    private final Duration pause;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final CountDownLatch left;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final LongAdder asked = new LongAdder();
    private final LongAdder failed = new LongAdder();

    Run(Visit visit, int shoppers, Duration time, Duration pause) {
      this.visit = visit;
      this.time = time;
      this.pause = pause;
      this.left = new CountDownLatch(shoppers);
    }

    /** One shopper, from arrival to leaving. */
    void shop(int number) {
      var random = new Random(number); // the same shoppers each time
      String cookie = "visitor=" + HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of()
          .toHexDigits(random
              .nextLong());
      long end = System.nanoTime() + time.toNanos();
      try {
        while (!stop.await(Math.round(pause.toMillis() * 2 * random.nextDouble()), TimeUnit.MILLISECONDS) && System
            .nanoTime() < end) {
          look(path(random), cookie);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        left.countDown();
      }
    }

    private void look(String path, String cookie) throws InterruptedException {
      places.acquire();
      try {
        asked.increment();
        if (visit.page(path, cookie) >= 500) {
          failed.increment();
        }
      } catch (IOException e) {
        failed.increment();
      } finally {
        places.release();
      }
    }
  }

  /**
   * How far a crowd has come.
   *
   * @param running whether anybody is still there
   * @param asked pages asked for since it began
   * @param failed those that were answered with 500 or more, or not at all
   */
  public record Status(boolean running, long asked, long failed) {}

  private final Monitor monitor;
  private final AtomicReference<Run> current = new AtomicReference<>(new Run((_, _) -> 200, 0, Duration.ZERO,
      Duration.ZERO));

  /** A crowd that tells the event log when it comes and goes. */
  public Crowd(Monitor monitor) {
    this.monitor = monitor;
  }

  /**
   * Sends shoppers who wait two seconds between pages, unless there are some already. {@link IllegalArgumentException} for more of them, or for longer, than the
   * bounds say, and for an address that is not of this machine itself.
   */
  public boolean send(URI shop, int shoppers, Duration time) {
    if (!isLoopback(shop)) {
      throw new IllegalArgumentException("shop: " + shop + " (expected: an address of the loopback)");
    }
    HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(PATIENCE)
        .executor(task -> Thread.ofVirtual().name("crowd-client").start(task))
        .build();
    return send((path, cookie) -> client.send(HttpRequest.newBuilder(shop.resolve(path))
        .timeout(PATIENCE)
        .header("Cookie", cookie)
        .header("User-Agent", "edge4j-virtual-shopper")
        .build(), BodyHandlers.discarding()).statusCode(), shoppers, time, Duration.ofSeconds(2));
  }

  /** The same by any way to visit, with that pause between two pages of one shopper. */
  boolean send(Visit visit, int shoppers, Duration time, Duration pause) {
    if (shoppers < 1 || shoppers > MOST || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("crowd: " + shoppers + " for " + time + " (expected: 1 to " + MOST
          + ", for no more than " + LONGEST + ")");
    }
    Run before = current.get();
    var run = new Run(visit, shoppers, time, pause);
    if (before.left.getCount() > 0 || !current.compareAndSet(before, run)) {
      return false;
    }
    monitor.event(shoppers + " virtual shoppers have come, for " + time.toSeconds() + " s");
    for (int i = 0; i < shoppers; i++) {
      int number = i;
      Thread.ofVirtual().name("shopper").start(() -> run.shop(number));
    }
    Thread.ofVirtual().name("crowd-end").start(() -> tell(run));
    return true;
  }

  private void tell(Run run) {
    try {
      run.left.await();
      monitor.event("the virtual shoppers have left: " + run.asked.sum() + " pages, " + run.failed.sum() + " failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How the latest crowd is doing. */
  public Status status() {
    Run run = current.get();
    return new Status(run.left.getCount() > 0, run.asked.sum(), run.failed.sum());
  }

  /** Waits until nobody is there; false if that took longer. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return current.get().left.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sends everybody home. */
  @Override
  public void close() {
    current.get().stop.countDown();
  }

  private static boolean isLoopback(URI shop) {
    try {
      return shop.getHost() != null && InetAddress.getByName(shop.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String path(Random random) {
    double choice = random.nextDouble();
    // A few products are looked at much more often than the others, as anywhere.
    long product = 1 + (long) (SHELVES * Math.pow(random.nextDouble(), 3));
    return choice < 0.15 ? "/"
        : choice < 0.4 ? "/products?page=" + (1 + random.nextInt(5))
            : choice < 0.5 ? "/cart"
                : "/products/" + product;
  }
}
