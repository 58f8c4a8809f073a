package dev.edge4j.examples.shop.engines;

import dev.edge4j.data.clickhouse.ClickHouseSink;
import dev.edge4j.data.engines.ClickHouseServer;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.engines.RedisServer;
import dev.edge4j.data.engines.SqldServer;
import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.examples.shop.EdgeRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of a shop, with their data in a folder, and the mesh file that names them. They end with this process. */
public final class Engines implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final String SHOP = "/dev/edge4j/examples/shop/";

  /** Set where nobody wants to wait for ClickHouse's 166 MB: if they are not there already, PostgreSQL takes the events. */
  private static final String ONLY_CACHED = "shop.engines.cached";

  /** Where a migration comes from, by where it goes to: two classes of data of one store are numbered together. */
  private static final Map<String, String> MIGRATIONS = Map.of("turso/1_catalogue.sql", "catalogue/1_catalogue.sql",
      "turso/2_as_of.sql", "catalogue/2_as_of.sql", "turso/3_accounts.sql", "accounts/1_accounts.sql",
      "turso/4_roles.sql", "accounts/2_roles.sql", "turso/5_facets.sql", "catalogue/3_facets.sql",
      "postgres/1_origin.sql", "orders/postgres/1_origin.sql", "postgres/2_coupons.sql",
      "orders/postgres/2_coupons.sql",
      "postgres/3_facets_and_reviews.sql", "orders/postgres/3_facets_and_reviews.sql");

  private static final Map<String, String> ADDRESSES = Map.of("postgres", "POSTGRES_URL", "redis", "REDIS_URL",
      "libsql", "LIBSQL_URL", "clickhouse", "CLICKHOUSE_URL");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<String, String> variables = new TreeMap<>();

  private Engines() {}

  /** Starts the servers; none stays if one of them does not start. What they have from an earlier time is kept. */
  public static Engines start(Path folder) {
    var engines = new Engines();
    try {
      engines.startAll(folder.toAbsolutePath());
      return engines;
    } catch (RuntimeException | IOException e) {
      engines.close();
      throw e instanceof RuntimeException failure ? failure : new UncheckedIOException((IOException) e);
    }
  }

  private void startAll(Path folder) throws IOException {
    for (Map.Entry<String, String> migration : MIGRATIONS.entrySet()) {
      copy(migration.getValue(), folder.resolve("migrations").resolve(migration.getKey()));
    }
    variables.put("MIGRATIONS", folder.resolve("migrations").toString());
    variables.put("FOLDER", folder.toString());
    variables.put("POSTGRES_URL", keep(PostgresServer.in(folder.resolve("postgres"), Map.of())).url("postgres"));
    variables.put("REDIS_URL", keep(RedisServer.in(folder.resolve("redis"))).url());
    variables.put("LIBSQL_URL", keep(SqldServer.in(folder.resolve("libsql"), Map.of())).url());
    boolean clickHouse = !Boolean.getBoolean(ONLY_CACHED) || ClickHouseServer.isCached();
    variables.put("ANALYTICS", clickHouse ? "clickhouse" : "postgres");
    variables.put("CLICKHOUSE_URL", clickHouse ? analytics(folder.resolve("clickhouse")) : "");
  }

  /** A server with a table for the shop's events; its address. */
  private String analytics(Path folder) {
    String url = keep(ClickHouseServer.in(folder)).url();
    try (ClickHouseSink sink = ClickHouseSink.builder(url, "analytics")
        .createTable(EdgeRequest.class, "path")
        .build()) {
      sink.countsOnce(); // asks the server, and so makes the table
    }
    return url;
  }

  /** The mesh of the shop on these servers. */
  public MeshConfig mesh() {
    try (InputStream file = resource("engines/mesh.json")) {
      return MeshConfig.parse("mesh.json", new String(file.readAllBytes(), StandardCharsets.UTF_8),
          name -> Optional.ofNullable(variables.get(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where each server listens, by its name. */
  public Map<String, String> addresses() {
    var all = new TreeMap<String, String>();
    ADDRESSES.forEach((engine, variable) -> Optional.ofNullable(variables.get(variable))
        .filter(address -> !address.isEmpty())
        .ifPresent(address -> all.put(engine, address)));
    return all;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("a server did not stop in good order", e);
      }
    }
  }

  private <T extends AutoCloseable> T keep(T server) {
    open.push(server);
    return server;
  }

  private static void copy(String from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (InputStream script = resource(from)) {
      Files.copy(script, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static InputStream resource(String name) {
    InputStream found = Engines.class.getResourceAsStream(SHOP + name);
    if (found == null) {
      throw new IllegalStateException(name + " is not among the shop's resources");
    }
    return found;
  }
}
