package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.libsql.LibsqlStore.Change;
import dev.edge4j.data.testing.Engines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions and batches leave everything or nothing. */
@Timeout(60)
class ATransactionIsWholeTest {
  private final LibsqlStore store = LibsqlStore.of(Engines.sqld().url());

  @BeforeEach
  void emptyTable() {
    store.update("DROP TABLE IF EXISTS whole");
    store.update("CREATE TABLE whole (id INTEGER PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Long> ids() {
    return store.query(Long.class, "SELECT id FROM whole ORDER BY id");
  }

  private static Change insert(long id) {
    return new Change("INSERT INTO whole VALUES (:id), (:id + 100)", Map.of("id", id));
  }

  @Test
  void aBatchIsOneTransaction() {
    assertEquals(List.of(2L, 1L), store.batch(List.of(insert(1), new Change("DELETE FROM whole WHERE id = 1", Map
        .of()))));
    var refused = assertThrows(StoreException.class, () -> store.batch(List.of(insert(2), insert(2), insert(3))));
    assertTrue(refused.constraintViolated(), refused.getMessage());
    assertThrows(StoreException.class, () -> store.batch(List.of(insert(2), new Change("INSERT INTO nowhere VALUES (1)",
        Map.of()))));
    assertEquals(List.of(101L), ids());
    assertEquals(List.of(), store.batch(List.of()));
  }

  @Test
  void aWorkMayCatchWhatAStatementRefusesAndGoOn() {
    store.transaction(tx -> {
      tx.update("INSERT INTO whole VALUES (1)");
      assertThrows(StoreException.class, () -> tx.update("INSERT INTO whole VALUES (1)"));
      return tx.update("INSERT INTO whole VALUES (2)");
    });
    assertEquals(List.of(1L, 2L), ids());
  }

  @Test
  void aTransactionSeesItsOwnRowsAndOthersDoNot() {
    store.transaction(tx -> {
      assertEquals(Optional.of(1L), tx.queryOne(Long.class, "INSERT INTO whole VALUES (1) RETURNING id"));
      assertEquals(List.of(), ids());
      return tx.query(Long.class, "SELECT id FROM whole");
    });
    assertEquals(List.of(1L), ids());
    assertEquals("nothing", store.transaction(_ -> "nothing"));
  }

  @Test
  void itMustNotBeUsedWhenItIsOver() {
    var kept = store.transaction(tx -> tx);
    assertThrows(IllegalStateException.class, () -> kept.update("INSERT INTO whole VALUES (9)"));
    assertEquals(List.of(), ids());
  }

  @Test
  void thereAreOnlySoManyStreams() {
    LibsqlOptions narrow = LibsqlOptions.defaults().withMaxStreams(1).withTimeout(Duration.ofSeconds(2));
    try (LibsqlStore one = LibsqlStore.of(Engines.sqld().url(), narrow)) {
      var busy = assertThrows(StoreException.class, () -> one.transaction(tx -> {
        tx.update("INSERT INTO whole VALUES (1)");
        return one.query(Long.class, "SELECT 1"); // outside of it: a second stream
      }));
      assertEquals(StoreException.Reason.BUSY, busy.reason());
      assertEquals(List.of(1L), one.query(Long.class, "SELECT 1"));
    }
    assertEquals(List.of(), ids());
  }
}
