package dev.edge4j.data;

import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.libsql.LibsqlStore;
import dev.edge4j.data.postgres.PostgresOptions;
import dev.edge4j.data.postgres.PostgresStore;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.resilience.BreakerOptions;
import dev.edge4j.resilience.CircuitBreaker.Position;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a statement or its data are at fault for does not keep others from a store that is well; a store that cannot be reached or is late
 * is left alone. Each engine says it in its own way.
 */
class BadSqlOpensNoBreakerTest {
  private static final int CALLS = 4;
  private static final StoreLimits LIMITS = StoreLimits.defaults()
      .withBreaker(BreakerOptions.defaults().withWindow(Duration.ofHours(1), CALLS));
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration HASTY = Duration.ofMillis(100);
  private static final String ONE = "SELECT 1 AS one";
  private static final String SLOW = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000)"
      + " SELECT count(*) AS many FROM n";

  @Test
  void onSqlite(@TempDir Path folder) {
    try (DataMesh mesh = mesh(SqliteStore.open(folder.resolve("a.db")), PATIENT)) {
      mistakes(mesh);
    }
    try (DataMesh mesh = mesh(SqliteStore.open(folder.resolve("a.db")), HASTY)) {
      lateness(mesh);
    }
  }

  @Test
  void onPostgres() {
    String url = Engines.database();
    try (DataMesh mesh = mesh(PostgresStore.of(url), PATIENT)) {
      mistakes(mesh);
      assertEquals(Reason.INVALID, fails(() -> read(mesh, "SELECT 'x'::int")).reason());
      assertEquals(Reason.INVALID, fails(() -> read(mesh, "SELECT 1 / 0")).reason());
      assertEquals(Reason.STATEMENT, fails(() -> read(mesh, "CREATE TABLE other (id int)")).reason());
      assertEquals(Position.CLOSED, breaker(mesh));
    }
    try (DataMesh mesh = mesh(PostgresStore.of(url), HASTY)) {
      lateness(mesh);
    }
    try (TcpLink link = TcpLink.to(Engines.postgres().port());
        DataMesh mesh = mesh(PostgresStore.open(PostgresOptions.of(through(link, url))
            .withAcquireTimeout(Duration.ofSeconds(2))), PATIENT)) {
      outage(link, mesh);
    }
  }

  @Test
  void onLibsql() {
    try (DataMesh mesh = mesh(LibsqlStore.of(Engines.sqld().url()), PATIENT)) {
      mistakes(mesh);
      assertEquals(Reason.STATEMENT, fails(() -> read(mesh, "DELETE FROM breaker_rows")).reason());
      assertEquals(Position.CLOSED, breaker(mesh));
      write(mesh, "DROP TABLE breaker_rows"); // the server is shared
    }
    try (TcpLink link = TcpLink.to(Engines.sqld().port());
        DataMesh mesh = mesh(LibsqlStore.of("http://127.0.0.1:" + link.port()), PATIENT)) {
      outage(link, mesh);
    }
  }

  private static void mistakes(DataMesh mesh) {
    write(mesh, "CREATE TABLE breaker_rows (id INTEGER PRIMARY KEY, n INTEGER NOT NULL CHECK (n > 0))");
    write(mesh, "INSERT INTO breaker_rows VALUES (1, 1)");
    for (int i = 0; i < CALLS; i++) {
      assertEquals(Reason.STATEMENT, fails(() -> read(mesh, "SELEC 1")).reason());
      assertEquals(Reason.STATEMENT, fails(() -> read(mesh, "SELECT nothing FROM nowhere")).reason());
      assertEquals(Reason.STATEMENT, fails(() -> write(mesh, "UPDATE breaker_rows SET nothing = 1")).reason());
      assertEquals(Reason.STATEMENT, fails(() -> mesh.session()
          .transaction("rows", tx -> tx.update(
              "DELETE FROM nowhere"))).reason());
      assertEquals(Reason.CONSTRAINT, fails(() -> write(mesh, "INSERT INTO breaker_rows VALUES (1, 2)")).reason());
      assertEquals(Reason.CONSTRAINT, fails(() -> write(mesh, "INSERT INTO breaker_rows VALUES (2, -1)")).reason());
    }
    assertEquals(Position.CLOSED, breaker(mesh));
    read(mesh, ONE);
  }

  private static void outage(TcpLink link, DataMesh mesh) {
    read(mesh, ONE);
    link.cut();
    for (int i = 0; i < CALLS; i++) {
      StoreException lost = fails(() -> read(mesh, ONE));
      assertFalse(lost.permanent(), lost::toString);
    }
    assertEquals(Position.OPEN, breaker(mesh));
  }

  private static void lateness(DataMesh mesh) {
    for (int i = 0; i < CALLS; i++) {
      fails(() -> read(mesh, SLOW));
    }
    assertEquals(Position.OPEN, breaker(mesh));
  }

  private static DataMesh mesh(DataStore store, Duration timeout) {
    return DataMesh.builder().sql("rows", store, strong()).timeout("rows", timeout).limits(LIMITS).build();
  }

  private static void read(DataMesh mesh, String sql) {
    mesh.session().query("rows", Long.class, sql, Map.of());
  }

  private static void write(DataMesh mesh, String sql) {
    mesh.session().update("rows", sql, Map.of());
  }

  private static Position breaker(DataMesh mesh) {
    return mesh.session().explain("rows").breaker();
  }

  private static StoreException fails(Executable call) {
    return assertThrows(StoreException.class, call);
  }

  private static String through(TcpLink link, String url) {
    URI address = URI.create(url.substring("jdbc:".length()));
    return url.replace(":" + address.getPort() + "/", ":" + link.port() + "/");
  }
}
