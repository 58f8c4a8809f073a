package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to addresses that there are few of outlive a restart; those that anybody can make up are kept too, but leave nothing in the file. */
class WhatIsMadeUpGetsNoRoomOnDiskTest {
  private static final String BEHIND_THE_LAST = "/products?page=625";
  private static final List<String> KNOWN = List.of("/api/products", "/api/products?page=2",
      "/api/products?category=tea",
      "/api/products/7");

  private RunningShop shop;

  @BeforeEach
  void open() throws Exception {
    shop = RunningShop.with("--port=8080");
    for (String known : KNOWN) {
      assertEquals(200, shop.app().request(known).status()); // what the shop itself has of them is there before
    }
  }

  @AfterEach
  void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/products?x=1", "/api/products?min=1.01", "/api/products?q=tea",
      "/api/products?page=2&page=2",
      "/api/products?p%61ge=2", "/api/products?page=625", "/api/products?sort=newest&category=tea",
      "/api/products/7?x=1", "/api/products/007", BEHIND_THE_LAST, "/products?min=1.02"})
  void whateverIsWrittenIntoAnAddress(String target) {
    assertNothingIsLeftOf(Request.get(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "127.0.0.1:8081", "localhost", "localhost:8080.", "a@localhost:8080"})
  void norWhateverHostIsNamed(String host) {
    assertNothingIsLeftOf(Request.get("/api/products/7").withHeader("Host", host),
        Request.get("/api/products?page=2").withHeader("Host", host));
  }

  @Test
  void whatThereIsOutlivesARestart() {
    until(() -> responses().size() == KNOWN.size());
    for (String target : List.of("/api/products", "/api/products/7", "/api/products?page=2",
        "/api/products?category=tea&kind=mug&sort=cheapest&page=1")) {
      for (String host : List.of("127.0.0.1:8080", "localhost:8080")) {
        Request request = Request.get(target).withHeader("Host", host);
        int before = responses().size();
        assertEquals(200, shop.app().request(request).status());
        until(() -> responses().size() > before);
        shop.restart();
        Response again = shop.app().request(request);
        assertEquals("HIT", cache(again), target);
        assertTrue(again.header("Cache-Status").orElse("").contains("detail=kv"), again::toString);
      }
    }
  }

  /** What is written is written behind the answer: an answer that came later is on disk, and nothing of these. */
  private void assertNothingIsLeftOf(Request... requests) {
    until(() -> responses().size() == KNOWN.size());
    for (Request request : requests) {
      int expected = request.target().raw().equals(BEHIND_THE_LAST) ? 404 : 200;
      assertEquals(expected, shop.app().request(request).status(), request.target().raw());
    }
    assertEquals(200, shop.app().request("/api/products/8").status());
    until(() -> responses().size() == KNOWN.size() + 1 && keys("cache:").size() == KNOWN.size() + 1);
  }

  /** Of each response there is the list of its variants, and the one that there is. */
  private List<String> responses() {
    return keys("rc:").stream().filter(key -> key.split(":", -1).length == 4).toList();
  }

  private List<String> keys(String prefix) {
    return shop.mesh().kv(Stores.CACHE).list(prefix, "", 1_000);
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "the condition did not come true");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static String cache(Response response) {
    return response.header("X-Cache").orElse("");
  }
}
