package dev.edge4j.examples.shop.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.libsql.LibsqlOptions;
import dev.edge4j.data.libsql.LibsqlStore;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Secret;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP the origin's rows are what they are in its file: values, transactions, refusals; each request pays for its way, and strangers get nothing. */
@Timeout(60)
class TheOriginsRowsAreForItsEdgesTest {
  private static final String TOKEN = "a-token-of-the-tokyo-edge";

  record Row(long id, String name, double weight, Instant made, Optional<String> note) {}

  private final Link link = new Link(Duration.ofMillis(73), 1, _ -> {
    // counted, not waited
  });

  @AutoClose private SqliteStore file;
  @AutoClose private OriginSql sql;
  @AutoClose private Server server;
  @AutoClose private LibsqlStore edge;

  @BeforeEach
  void open(@TempDir Path folder) {
    file = SqliteStore.open(folder.resolve("origin.db"));
    file.update("CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL NOT NULL,"
        + " made INTEGER NOT NULL, note TEXT)");
    sql = new OriginSql(folder.resolve("origin.db"), Map.of(OriginSql.hashed(TOKEN), link));
    server = Server.start(sql.app(), ServerOptions.port(0).withHost("127.0.0.1"));
    edge = store(TOKEN);
  }

  @Test
  void valuesArriveAsTheyAreAndEachRequestCrossesTwice() {
    var row = new Row(7, "Tēa", 1.5, Instant.ofEpochMilli(1_700_000_000_123L), Optional.empty());
    assertEquals(1, add(row));
    assertEquals(List.of(row), edge.query(Row.class, "SELECT * FROM rows"));
    assertEquals(List.of(row), file.query(Row.class, "SELECT * FROM rows"));
    assertEquals(4, link.crossings());
  }

  @Test
  void aTransactionIsWholeOrNothing() {
    assertThrows(IllegalStateException.class, () -> edge.transaction(rows -> {
      rows.update("INSERT INTO rows VALUES (1, 'one', 1, 1, NULL)");
      assertEquals(1, rows.queryOne(Long.class, "SELECT count(*) FROM rows").orElseThrow());
      throw new IllegalStateException("no more");
    }));
    assertEquals(0, count());
    long second = edge.transaction(rows -> {
      rows.update("INSERT INTO rows VALUES (1, 'one', 1, 1, NULL)");
      return rows.update("INSERT INTO rows VALUES (2, 'two', 1, 1, NULL)");
    });
    assertEquals(1, second);
    assertEquals(2, count());
  }

  @Test
  void whatTheRowsRefuseIsAConstraintHereToo() {
    add(new Row(1, "one", 1, Instant.EPOCH, Optional.of("a")));
    StoreException refused = assertThrows(StoreException.class, () -> add(new Row(2, "one", 1, Instant.EPOCH, Optional
        .of("b"))));
    assertTrue(refused.constraintViolated(), refused.getMessage());
    StoreException wrong = assertThrows(StoreException.class, () -> edge.query(Long.class, "SELECT nothing FROM rows"));
    assertEquals(StoreException.Reason.STATEMENT, wrong.reason());
  }

  @Test
  void aStrangerGetsNothing() {
    try (LibsqlStore stranger = store("a-token-of-nobody")) {
      assertThrows(StoreException.class, () -> stranger.query(Long.class, "SELECT count(*) FROM rows"));
      assertThrows(StoreException.class, () -> stranger.update("DELETE FROM rows"));
    }
    assertEquals(0, link.crossings());
  }

  private long add(Row row) {
    return edge.update("INSERT INTO rows VALUES (:id, :name, :weight, :made, :note)", Map.of("id", row.id(), "name", row
        .name(), "weight", row.weight(), "made", row.made(), "note", row.note()));
  }

  private long count() {
    return file.queryOne(Long.class, "SELECT count(*) FROM rows").orElseThrow();
  }

  private LibsqlStore store(String token) {
    return LibsqlStore.of("http://127.0.0.1:" + server.port(), LibsqlOptions.defaults().withToken(Secret.of(token)));
  }
}
