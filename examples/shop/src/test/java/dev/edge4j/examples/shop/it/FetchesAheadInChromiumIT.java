package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chromium fetches the page of a link on which the pointer rests, with scripts and without; it counts as looked at when it is shown. */
@ExtendWith(SharedShop.Visitors.class)
class FetchesAheadInChromiumIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private static SharedShop shop;

  @BeforeAll
  static void enterTheShop(SharedShop given) {
    shop = given;
  }

  @ParameterizedTest
  @CsvSource({"true,tea", "false,kitchen"})
  void a_page_that_was_fetched_ahead_is_remembered_once_it_is_shown(boolean javascript, String category,
      @TempDir Path profile) throws Exception {
    try (Browser browser = Browser.open(profile, javascript)) {
      browser.open(shop.at("/products?category=" + category));
      String product = String.valueOf(browser.see(".tile a").getDomAttribute("href"));
      browser.restOn(".tile a");
      awaitPrefetch(product);
      assertEquals("", browser.cookie("seen"), "nobody has seen it");
      browser.follow(".tile a");
      assertEquals(product, browser.address().getPath());
      browser.see("[data-tell]"); // it is the page that was fetched ahead, not another one
      browser.openUntil(shop.at("/"), "#main", "You have looked at");
      assertEquals(1, browser.all("section[aria-labelledby=seen] a[href='" + product + "']").size());
    }
  }

  /** Waits until the analytics have the event of the page's request. */
  private static void awaitPrefetch(String path) throws SQLException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!isPrefetched(path)) {
      assertTrue(System.nanoTime() < end, () -> path + " was not fetched ahead");
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static boolean isPrefetched(String path) throws SQLException {
    try (Connection events = DriverManager.getConnection("jdbc:sqlite:" + shop.data().resolve("events.db"));
        PreparedStatement query = events.prepareStatement(
            "SELECT count(*) FROM events WHERE body LIKE ? AND body LIKE '%\"purpose\":\"prefetch\"%'")) {
      query.setString(1, "%\"path\":\"" + path + "\"%");
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getInt(1) > 0;
      }
    }
  }
}
