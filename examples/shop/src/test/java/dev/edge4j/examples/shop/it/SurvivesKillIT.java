package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.examples.shop.it.Adds.Add;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the shop has acknowledged outlives {@code kill -9} at any moment, and is there once. Eight clients fill carts of their own,
 * and eight more fill one cart together.
 */
class SurvivesKillIT {
  private static final int ROUNDS = Boolean.getBoolean("edge4j.long") ? 20 : 3;
  private static final int CLIENTS = 8;
  private static final int LONGEST_ROUND_MILLIS = 400;
  private static final long PATIENCE_SECONDS = 30;

  @TempDir Path data;

  private final long seed = Long.getLong("edge4j.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Adds together = new Adds();
  private final List<Adds> alone = Stream.generate(Adds::new).limit(CLIENTS).toList();

  @Test
  void every_acknowledged_add_is_in_its_cart_once() throws Exception {
    System.out.println("SurvivesKillIT: -Dedge4j.seed=" + seed);
    for (int round = 0; round < ROUNDS; round++) {
      try (ShopProcess shop = ShopProcess.start(data); CartClient client = new CartClient(shop)) {
        check(client);
        fillUntilKilled(shop, client);
      }
    }
    try (ShopProcess shop = ShopProcess.start(data); CartClient client = new CartClient(shop)) {
      check(client);
    }
    long acknowledged = all().mapToLong(Adds::acknowledged).sum();
    long unanswered = all().mapToLong(Adds::unanswered).sum();
    System.out.println("SurvivesKillIT: " + acknowledged + " acknowledged adds, " + unanswered + " without an answer");
    assertTrue(acknowledged > (long) ROUNDS * CLIENTS, "too few adds to prove anything: " + acknowledged);
    assertTrue(unanswered > ROUNDS, "the kills came when nothing was under way: " + unanswered);
  }

  private Stream<Adds> all() {
    return Stream.concat(alone.stream(), Stream.of(together));
  }

  private void check(CartClient client) {
    all().forEach(adds -> adds.check(client::cart));
  }

  private void fillUntilKilled(ShopProcess shop, CartClient client) throws Exception {
    var killed = new AtomicBoolean();
    var warm = new CountDownLatch(2 * CLIENTS);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
      List<Future<?>> ends = all().<Future<?>>mapMulti((adds, sink) -> {
        int count = adds == together ? CLIENTS : 1;
        Stream.generate(() -> clients.submit(() -> fill(client, adds, warm, killed))).limit(count).forEach(sink);
      }).toList();
      assertTrue(warm.await(PATIENCE_SECONDS, TimeUnit.SECONDS), () -> "no answers:\n" + shop.output());
      killer.schedule(() -> {
        killed.set(true);
        shop.kill9();
      }, random.nextInt(LONGEST_ROUND_MILLIS), TimeUnit.MILLISECONDS).get();
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }

  private static void fill(CartClient client, Adds adds, CountDownLatch warm, AtomicBoolean killed) {
    while (true) {
      Add add = adds.next();
      try {
        client.add(add.visitor(), add.product());
      } catch (UncheckedIOException e) {
        assertTrue(killed.get(), () -> "no answer though nobody killed the shop: " + e);
        adds.unanswered(add);
        return;
      }
      adds.acknowledged(add);
      warm.countDown();
    }
  }
}
