package dev.edge4j.data.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.contract.DataStoreContract;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Secret;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract over a service that has registered the contract's statements by their text. Its transactions are operations there, so that
 * {@code transaction} refuses, and the tests of it are held to the operation.
 */
class OriginStoreContractTest extends DataStoreContract {
  private static final Secret TOKEN = Secret.of("a-token-of-the-contract");
  private static final OriginOperation<Integer, Long> INSERT_ALL = OriginOperation.named("insert.all", Integer.class,
      Long.class);
  private static final OriginOperation<Long, Integer> COUNT_UP = OriginOperation.named("count.up", Long.class,
      Integer.class);
  private static final String INSERT = "INSERT INTO contract_product (id, product_name, note, stock)"
      + " VALUES (:id, :name, :note, :stock)";

  @TempDir private Path folder;
  private Optional<Server> server = Optional.empty();
  private Optional<SqliteStore> rows = Optional.empty();
  private Optional<OriginStore> store = Optional.empty();

  @Override
  protected DataStore open() {
    SqliteStore kept = SqliteStore.open(folder.resolve("origin.db"));
    rows = Optional.of(kept);
    OriginService service = OriginService.over(kept)
        .token(TOKEN)
        .query("all", Product.class, "SELECT * FROM contract_product ORDER BY id")
        .query("byName", String.class, "SELECT product_name FROM contract_product WHERE stock = :n AND id <> :id"
            + " AND product_name <> ':text' AND stock = :n /* :no */ -- :nor")
        .query("inStock", String.class, "SELECT product_name FROM contract_product WHERE stock = :n ORDER BY id")
        .update("none", "UPDATE contract_product SET stock = 0")
        .query("byId", Product.class, "SELECT * FROM contract_product WHERE id = :id")
        .query("total", Long.class, "SELECT sum(stock) AS total FROM contract_product")
        .query("stock", Integer.class, "SELECT stock FROM contract_product")
        .query("three", Missing.class, "SELECT id, product_name, note FROM contract_product")
        .query("renamed", Renamed.class,
            "SELECT id, product_name, note, product_name AS stock FROM contract_product")
        .update("create", "CREATE TABLE contract_product (id BIGINT PRIMARY KEY, product_name VARCHAR(200) NOT NULL,"
            + " note VARCHAR(200), stock INTEGER NOT NULL CHECK (stock >= 0))")
        .update("insert", INSERT)
        .update("more", "UPDATE contract_product SET stock = stock + :n")
        .update("delete", "DELETE FROM contract_product WHERE id = :id")
        .operation(INSERT_ALL, (tx, count) -> {
          IntStream.rangeClosed(1, count)
              .forEach(i -> tx.update(INSERT, Map.of("id", i % 4, "name", "p" + i, "note", Optional.empty(), "stock",
                  i)));
          return tx.queryOne(Long.class, "SELECT count(*) FROM contract_product").orElseThrow();
        })
        .operation(COUNT_UP, (tx, id) -> {
          int stock = tx.queryOne(Integer.class, "SELECT stock FROM contract_product WHERE id = :id", Map.of("id", id))
              .orElseThrow();
          tx.update("UPDATE contract_product SET stock = :n WHERE id = :id", Map.of("n", stock + 1, "id", id));
          return stock + 1;
        })
        .build();
    var app = new App();
    app.mount("/data", service.app());
    Server started = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    server = Optional.of(started);
    OriginStore opened = OriginStore.of("http://127.0.0.1:" + started.port() + "/data", TOKEN);
    store = Optional.of(opened);
    return opened;
  }

  /** Without the column that the contract's record has. */
  record Missing(long id, String productName, Optional<String> note) {}

  /** With another type for it. */
  record Renamed(long id, String productName, Optional<String> note, String stock) {}

  /** The caller's wait ends, and the statement at the origin by the origin's own deadline: see {@link AnOriginThatFailsTest}. */
  @Override
  protected boolean endsStatements() {
    return false;
  }

  @AfterEach
  void end() {
    server.ifPresent(Server::close);
    rows.ifPresent(SqliteStore::close);
  }

  @Override
  @Test
  public void aTransactionIsWhollyThere() {
    OriginStore origin = store.orElseThrow();
    assertEquals(3, origin.call(INSERT_ALL, 3));
    assertEquals(3, origin.query(Product.class, "all").size());
    var refused = assertThrows(StoreException.class, () -> origin.transaction(tx -> tx.update("insert")));
    assertTrue(refused.getMessage().contains("OriginOperation"), refused.getMessage());
  }

  @Override
  @Test
  public void aTransactionThatThrowsIsWhollyGone() {
    OriginStore origin = store.orElseThrow();
    var refused = assertThrows(StoreException.class, () -> origin.call(INSERT_ALL, 5)); // 5 % 4 is there already
    assertTrue(refused.constraintViolated());
    assertEquals(List.of(), origin.query(Product.class, "all"));
  }

  @Override
  @Test
  public void losesNoUpdateOfManyThreads() throws Exception {
    OriginStore origin = store.orElseThrow();
    origin.update("insert", Map.of("id", 1, "name", "tea", "note", Optional.empty(), "stock", 0));
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = IntStream.range(0, 64).mapToObj(_ -> threads.submit(() -> origin.call(COUNT_UP, 1L))).toList();
      for (var answer : answers) {
        assertTrue(answer.get() > 0);
      }
    }
    assertEquals(List.of(64), origin.query(Integer.class, "stock"));
  }
}
