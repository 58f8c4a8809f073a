package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a shop does for a program that shops there, whatever its data is kept in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class ShoppingContract {
  private static final String PASSWORD = "correct horse";
  private static final long PATIENCE_SECONDS = 20;
  private static final int PRODUCTS = 200;

  private Path folder;
  private ShopProcess shop;

  /** The command that starts the shop, with its data in that folder. */
  abstract List<String> command(Path data);

  /** How many requests for that path the analytics know of. */
  abstract long events(ShopProcess running, Path data, String path) throws Exception;

  @BeforeAll
  void open(@TempDir Path data) {
    folder = data;
    shop = ShopProcess.start(command(folder));
  }

  @AfterAll
  void close() {
    shop.close();
  }

  ShopProcess shop() {
    return shop;
  }

  @Test
  void productsAreListedFoundAndShown() {
    try (var visitor = new ShopClient(shop)) {
      ShopClient.Shelf all = visitor.list("page=1");
      assertEquals(PRODUCTS, all.total());
      assertEquals(20, all.products().size());
      ShopClient.Shelf found = visitor.list("q=teapot");
      assertTrue(found.total() > 0);
      found.products().forEach(each -> assertTrue(each.name().contains("Teapot"), each::name));
      ShopClient.Item first = all.products().getFirst();
      assertEquals(first.name(), visitor.product(first.id()).name());
      assertEquals(404, ShopClient.patiently(() -> visitor.get("/api/products/999999")).statusCode());
    }
  }

  @Test
  void anOrderSentTwiceIsOneOrder() {
    try (var ada = customer()) {
      String key = UUID.randomUUID().toString();
      long before = ada.product(9).stock();
      ShopClient.Order order = ada.order(key, List.of(9L, 7L), 1);
      assertEquals(List.of(9L, 7L), order.lines().stream().map(ShopClient.OrderLine::productId).toList());
      HttpResponse<byte[]> again = ada.send(key, List.of(9L, 7L), 1);
      assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse(""));
      assertEquals(order, ShopClient.placed(again));
      assertEquals(List.of(order), ada.orders());
      assertEquals(422, ada.send(key, List.of(8L), 1).statusCode(), "another body under the same key");
      await(() -> ada.product(9).stock() == before - 1);
    }
  }

  @Test
  void whoIsNotLoggedInOrdersNothing() {
    try (var visitor = new ShopClient(shop)) {
      assertEquals(401, visitor.send(UUID.randomUUID().toString(), List.of(7L), 1).statusCode());
    }
  }

  @Test
  void whatIsSoldIsGoneForOtherVisitors() {
    try (var ada = customer(); var other = new ShopClient(shop)) {
      long before = other.product(11).stock();
      assertTrue(before > 2, "there is something to sell");
      ada.order(UUID.randomUUID().toString(), List.of(11L), 2);
      await(() -> other.product(11).stock() == before - 2);
      assertEquals(409, ada.send(UUID.randomUUID().toString(), List.of(11L), (int) before).statusCode());
      await(() -> other.product(11).stock() == before - 2); // what is refused takes nothing
    }
  }

  @Test
  void eachRequestIsOneEvent() {
    String path = pathOfNothing();
    long asked = ask(path, 3);
    await(() -> events(shop, folder, path) == asked);
  }

  @Test
  void everythingIsThereAfterAStop() throws Exception {
    String email = email();
    String path = pathOfNothing();
    List<ShopClient.Order> orders;
    String cart;
    long stock;
    try (var ada = new ShopClient(shop)) {
      ada.register("Ada", email, PASSWORD);
      stock = ada.product(13).stock() - 1;
      ada.order(UUID.randomUUID().toString(), List.of(13L), 1);
      ada.add(12);
      orders = ada.orders();
      cart = ada.cart();
      assertTrue(cart.startsWith("{\"cart\":{\"12\":1}"), cart);
    }
    long asked = ask(path, 5); // they are still on their way when it stops
    restart();
    assertEquals(asked, events(shop, folder, path));
    try (var ada = new ShopClient(shop)) {
      ada.login(email, PASSWORD);
      assertEquals(orders, ada.orders());
      assertEquals(cart, ada.cart());
      // What was cached before the stop may be shown for its five minutes; the next sale says what the origin has.
      ada.order(UUID.randomUUID().toString(), List.of(13L), 1);
      await(() -> ada.product(13).stock() == stock - 1);
    }
  }

  private void restart() {
    List<ProcessHandle> all = shop.processes();
    assertEquals(143, shop.stop(), "as a program that SIGTERM ends");
    await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    shop = ShopProcess.start(command(folder));
  }

  /** Asks for what is not there until it was told so that many times; how many requests it took: a busy machine may have answered "try again". */
  private long ask(String path, int times) {
    var asked = new AtomicLong();
    try (var visitor = new ShopClient(shop)) {
      for (int i = 0; i < times; i++) {
        HttpResponse<byte[]> answer = ShopClient.patiently(() -> {
          asked.incrementAndGet();
          return visitor.get(path);
        });
        assertEquals(404, answer.statusCode());
      }
    }
    return asked.get();
  }

  /** A path that nobody else asks for. */
  private static String pathOfNothing() {
    return "/api/products/" + (1_000_000L + ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
  }

  private ShopClient customer() {
    var client = new ShopClient(shop);
    client.register("Ada", email(), PASSWORD);
    return client;
  }

  private static String email() {
    return UUID.randomUUID() + "@shop.example";
  }

  private static void await(Callable<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!condition.call()) {
        assertTrue(System.nanoTime() < end, "waited for " + PATIENCE_SECONDS + " s");
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new CancellationException("interrupted");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
