package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop on PostgreSQL, Redis, libSQL and ClickHouse; PostgreSQL takes the events on a machine that would have to fetch ClickHouse. */
class TheShopOnEnginesIT extends ShoppingContract {
  @Override
  List<String> command(Path data) {
    return ShopCommand.onEngines(data);
  }

  @Test
  void eachClassOfDataIsInItsEngine() {
    String said = shop().output();
    assertClass(said, "cache", "RedisKv");
    assertClass(said, "catalog", "libsql");
    assertClass(said, "profiles", "libsql");
    assertClass(said, "orders", "postgres");
    assertClass(said, "analytics", engine(shop(), "clickhouse").isPresent() ? "clickhouse" : "postgres");
  }

  @Test
  void aPersonBuysInABrowser(@TempDir Path profile) {
    try (Browser browser = Browser.open(profile, true)) {
      BuysInChromiumIT.buyWithScripts(shop().at("/"), browser);
    }
  }

  private static void assertClass(String said, String name, String engine) {
    assertTrue(Pattern.compile("^" + name + " +[A-Z]+ +" + engine + " ", Pattern.MULTILINE).matcher(said).find(),
        () -> name + " on " + engine + " in:\n" + said);
  }

  @Override
  long events(ShopProcess running, Path data, String path) throws Exception {
    Optional<String> clickHouse = engine(running, "clickhouse");
    return clickHouse.isPresent() ? inClickHouse(clickHouse.get(), path)
        : inPostgres(engine(running, "postgres").orElseThrow(), path);
  }

  /** The address of that engine, as the shop says it at its start. */
  private static Optional<String> engine(ShopProcess running, String name) {
    Matcher said = Pattern.compile("^Engine: " + name + " (\\S+)$", Pattern.MULTILINE).matcher(running.output());
    return said.find() ? Optional.of(said.group(1)) : Optional.empty();
  }

  private static long inClickHouse(String address, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(address))
          .version(HttpClient.Version.HTTP_1_1)
          .POST(BodyPublishers.ofString("SELECT count() FROM analytics WHERE path = '" + path + "'"))
          .build(), BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer::body);
      return Long.parseLong(answer.body().strip());
    }
  }

  /** The table is made with the first events. */
  private static long inPostgres(String address, String path) throws Exception {
    try (Connection events = DriverManager.getConnection(address);
        PreparedStatement count = events.prepareStatement(
            "SELECT count(*) FROM events_analytics WHERE body ->> 'path' = ?")) {
      count.setString(1, path);
      try (ResultSet rows = count.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).equals("42P01")) { // undefined_table
        return 0;
      }
      throw e;
    }
  }
}
