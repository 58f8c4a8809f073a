package dev.edge4j.data.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.Position;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@link DataStore} promises. */
@SuppressWarnings("exports") // JUnit is there for who runs this, and for nobody else
public abstract class DataStoreContract {
  /** A row of {@code contract_product}. */
  public record Product(long id, String productName, Optional<String> note, int stock) {}

  private static final String INSERT = "INSERT INTO contract_product (id, product_name, note, stock)"
      + " VALUES (:id, :name, :note, :stock)";
  private static final String ALL = "SELECT * FROM contract_product ORDER BY id";

  private DataStore store;

  @SuppressWarnings("NullAway.Init") // before each test
  protected DataStoreContract() {}

  /** An open store without a table {@code contract_product}. It is closed after each test. */
  protected abstract DataStore open() throws Exception;

  /** Makes the table; override it where these words do not do. */
  protected void createTable(DataStore target) {
    target.update("CREATE TABLE contract_product (id BIGINT PRIMARY KEY, product_name VARCHAR(200) NOT NULL,"
        + " note VARCHAR(200), stock INTEGER NOT NULL CHECK (stock >= 0))");
  }

  /** Whether a statement ends when its {@link QueryDeadline} does, as it should. */
  protected boolean endsStatements() {
    return true;
  }

  @BeforeEach
  public final void openStore() throws Exception {
    store = open();
    createTable(store);
  }

  @AfterEach
  public final void closeStore() {
    store.close();
  }

  @Test
  public void givesBackWhatWasWritten() {
    assertEquals(1, insert(1, "tea", Optional.of("green"), 3));
    assertEquals(1, insert(Long.MAX_VALUE, "'; DROP TABLE contract_product; -- :id 🔑", Optional.empty(), 0));
    assertEquals(
        List.of(new Product(1, "tea", Optional.of("green"), 3),
            new Product(Long.MAX_VALUE, "'; DROP TABLE contract_product; -- :id 🔑", Optional.empty(), 0)),
        store.query(Product.class, ALL));
  }

  @Test
  public void bindsByName() {
    insert(1, "tea", Optional.empty(), 3);
    insert(2, "cup", Optional.empty(), 3);
    assertEquals(List.of("cup"),
        store.query(String.class, "SELECT product_name FROM contract_product WHERE stock = :n AND id <> :id"
            + " AND product_name <> ':text' AND stock = :n /* :no */ -- :nor", Map.of("n", 3, "id", 1)));
  }

  @Test
  public void namesTheArgumentThatIsMissingOrTooMuch() {
    String sql = "SELECT * FROM contract_product WHERE id = :id";
    var missing = assertThrows(MappingException.class, () -> store.query(Product.class, sql));
    assertTrue(missing.getMessage().contains(":id"), missing.getMessage());
    var extra = assertThrows(MappingException.class, () -> store.query(Product.class, sql, Map.of("id", 1, "name",
        "x")));
    assertTrue(extra.getMessage().contains("name"), extra.getMessage());
  }

  @Test
  public void readsOneRowOrNone() {
    insert(1, "tea", Optional.empty(), 3);
    insert(2, "cup", Optional.empty(), 4);
    String byId = "SELECT * FROM contract_product WHERE id = :id";
    assertEquals(Optional.of(new Product(2, "cup", Optional.empty(), 4)), store.queryOne(Product.class, byId, Map.of(
        "id", 2)));
    assertEquals(Optional.empty(), store.queryOne(Product.class, byId, Map.of("id", 3)));
    assertThrows(MappingException.class, () -> store.queryOne(Product.class, ALL));
    assertEquals(Optional.of(7L), store.queryOne(Long.class, "SELECT sum(stock) AS total FROM contract_product"));
  }

  @Test
  public void countsTheRowsThatChanged() {
    insert(1, "tea", Optional.empty(), 3);
    insert(2, "cup", Optional.empty(), 3);
    assertEquals(2, store.update("UPDATE contract_product SET stock = stock + :n", Map.of("n", 1)));
    assertEquals(0, store.update("DELETE FROM contract_product WHERE id = :id", Map.of("id", 99)));
    assertEquals(1, store.update("DELETE FROM contract_product WHERE id = :id", Map.of("id", 1)));
  }

  @Test
  public void saysThatAConstraintIsViolated() {
    insert(1, "tea", Optional.empty(), 3);
    var duplicate = assertThrows(StoreException.class, () -> insert(1, "cup", Optional.empty(), 3));
    assertTrue(duplicate.constraintViolated());
    var check = assertThrows(StoreException.class, () -> insert(2, "cup", Optional.empty(), -1));
    assertTrue(check.constraintViolated());
    assertFalse(duplicate.outcomeUnknown());
  }

  @Test
  public void saysThatAStatementIsAtFault() {
    var update = assertThrows(StoreException.class, () -> store.update("UPDATE nowhere SET x = 1"));
    assertEquals(StoreException.Reason.STATEMENT, update.reason());
    assertTrue(update.getMessage().contains("nowhere"), update.getMessage());
    var query = assertThrows(StoreException.class, () -> store.query(Long.class, "SELECT x FROM nowhere"));
    assertEquals(StoreException.Reason.STATEMENT, query.reason());
    var work = assertThrows(StoreException.class, () -> store.transaction(tx -> tx.update("UPDATE nowhere SET x = 1")));
    assertEquals(StoreException.Reason.STATEMENT, work.reason());
  }

  @Test
  public void namesTheColumnThatDoesNotFit() {
    insert(1, "tea", Optional.empty(), 3);
    var missing = assertThrows(MappingException.class,
        () -> store.query(Product.class, "SELECT id, product_name, note FROM contract_product"));
    assertTrue(missing.getMessage().contains("Product.stock"), missing.getMessage());
    var type = assertThrows(MappingException.class,
        () -> store.query(Product.class, "SELECT id, product_name, note, product_name AS stock FROM contract_product"));
    assertTrue(type.getMessage().contains("Product.stock") && type.getMessage().contains("tea"), type.getMessage());
  }

  @Test
  public void aTransactionIsWhollyThere() {
    long total = store.transaction(tx -> {
      for (int i = 1; i <= 3; i++) {
        tx.update(INSERT, Map.of("id", i, "name", "p" + i, "note", Optional.empty(), "stock", i));
      }
      return tx.queryOne(Long.class, "SELECT count(*) FROM contract_product").orElseThrow();
    });
    assertEquals(3, total, "it sees its own writes");
    assertEquals(3, store.query(Product.class, ALL).size());
  }

  @Test
  public void aTransactionThatThrowsIsWhollyGone() {
    var bug = new IllegalStateException("bug");
    var thrown = assertThrows(IllegalStateException.class, () -> store.transaction(tx -> {
      tx.update(INSERT, Map.of("id", 1, "name", "tea", "note", Optional.empty(), "stock", 1));
      throw bug;
    }));
    assertSame(bug, thrown);
    var refused = assertThrows(StoreException.class, () -> store.transaction(tx -> {
      tx.update(INSERT, Map.of("id", 1, "name", "tea", "note", Optional.empty(), "stock", 1));
      return tx.update(INSERT, Map.of("id", 1, "name", "tea", "note", Optional.empty(), "stock", 1));
    }));
    assertTrue(refused.constraintViolated());
    assertEquals(List.of(), store.query(Product.class, ALL));
  }

  @Test
  public void handsOnRowsInOrderAndStopsWhereTheirUserDoes() {
    insert(1, "tea", Optional.empty(), 3);
    insert(2, "cup", Optional.empty(), 3);
    insert(3, "pot", Optional.empty(), 1);
    var seen = new ArrayList<String>();
    String sql = "SELECT product_name FROM contract_product WHERE stock = :n ORDER BY id";
    assertEquals(2, store.forEach(String.class, sql, Map.of("n", 3), seen::add));
    assertEquals(List.of("tea", "cup"), seen);
    assertEquals(0, store.forEach(String.class, sql, Map.of("n", 9), seen::add));
    var bug = new IllegalStateException("bug");
    assertSame(bug, assertThrows(IllegalStateException.class,
        () -> store.forEach(String.class, sql, Map.of("n", 3), name -> {
          throw bug;
        })));
    assertEquals(3, store.update("UPDATE contract_product SET stock = 0"), "nothing is held any more");
  }

  @Test
  public void endsAStatementAtItsDeadline() {
    if (!endsStatements()) {
      return;
    }
    insert(1, "tea", Optional.empty(), 3);
    Deadline soon = Deadline.in(Duration.ofMillis(300), TimeSource.system());
    String endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT (i + 1) % 1000 FROM n) SELECT count(*) FROM n";
    assertTimeout(Duration.ofSeconds(30), () -> assertThrows(StoreException.class,
        () -> QueryDeadline.within(soon, () -> store.query(Long.class, endless))));
    Deadline over = Deadline.in(Duration.ZERO, TimeSource.system());
    assertThrows(StoreException.class, () -> QueryDeadline.within(over, () -> insert(2, "cup", Optional.empty(), 3)));
    assertEquals(List.of(new Product(1, "tea", Optional.empty(), 3)), store.query(Product.class, ALL));
  }

  @Test
  public void losesNoUpdateOfManyThreads() throws Exception {
    insert(1, "tea", Optional.empty(), 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> answers = IntStream.range(0, 64).mapToObj(_ -> threads.submit(this::countUp)).toList();
      for (Future<Long> answer : answers) {
        assertEquals(1, answer.get());
      }
    }
    assertEquals(Optional.of(64), store.queryOne(Integer.class, "SELECT stock FROM contract_product"));
  }

  @Test
  public void itsPositionNeverGoesBack() {
    Position before = store.position();
    insert(1, "tea", Optional.empty(), 0);
    Position after = store.position();
    assertEquals(after, before.merge(after));
    assertEquals(before.history(), after.history());
  }

  @Test
  public void saysWhatItRunsOn() {
    assertTrue(!store.engine().isBlank());
  }

  /** Reads, then writes what it read plus one: two of these at a time would lose an update. */
  private long countUp() {
    return store.transaction(tx -> {
      int stock = tx.queryOne(Integer.class, "SELECT stock FROM contract_product WHERE id = 1").orElseThrow();
      return tx.update("UPDATE contract_product SET stock = :n WHERE id = 1", Map.of("n", stock + 1));
    });
  }

  private long insert(long id, String name, Optional<String> note, int stock) {
    return store.update(INSERT, Map.of("id", id, "name", name, "note", note, "stock", stock));
  }
}
