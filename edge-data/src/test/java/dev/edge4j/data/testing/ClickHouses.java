package dev.edge4j.data.testing;

import dev.edge4j.data.engines.ClickHouseServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * The ClickHouse that tests share. Its program is large, so a normal build uses it only where it is already, and says so where it is not;
 * profile {@code long} fetches it.
 */
public final class ClickHouses {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private ClickHouses() {}

  /** To be called before all tests of a class, which are not run on a machine that would have to fetch the program. */
  public static void assumeHere(Class<?> test) {
    boolean here = Boolean.getBoolean("edge4j.long") || ClickHouseServer.isCached();
    if (!here) {
      System.out.println(test.getSimpleName()
          + " is not run: ClickHouse (166 MB) is not on this machine yet; profile \"long\" fetches it");
    }
    Assumptions.assumeTrue(here, "ClickHouse is not on this machine");
  }

  /** Not for tests that kill it: those start their own. */
  public static ClickHouseServer server() {
    return Server.SERVER;
  }

  /** A new, empty database of the shared server. */
  public static String database() {
    String name = "test" + DATABASES.incrementAndGet();
    query(server(), "CREATE DATABASE " + name);
    return name;
  }

  /** The lines of what a statement answers. */
  public static List<String> query(ClickHouseServer server, String sql) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(server.url() + "/"))
          .version(HttpClient.Version.HTTP_1_1)
          .timeout(Duration.ofSeconds(60))
          .POST(HttpRequest.BodyPublishers.ofString(sql))
          .build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(sql + ": " + answer.body());
      }
      return answer.body().lines().toList();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** In the order in which they came: a part is named by its block, and keeps the order within. */
  public static String inOrderOfArrival() {
    return " ORDER BY toUInt64(splitByChar('_', _part)[2]), _part_offset";
  }

  private static final class Server {
    private static final ClickHouseServer SERVER = ClickHouseServer.start(Map.of("writer", "secret"));
  }
}
