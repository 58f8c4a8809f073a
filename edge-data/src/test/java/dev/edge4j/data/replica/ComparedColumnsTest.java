package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which column a parameter is compared with is seen, or the statement is refused. */
class ComparedColumnsTest {
  private static final Optional<ColumnType> PRICE = Optional.of(new ColumnType.Scaled(2));
  private static final Optional<ColumnType> AT = Optional.of(new ColumnType.Moment());
  private static final Map<String, Optional<ColumnType>> COLUMNS = Map.of("price", PRICE, "cost", PRICE, "weight",
      Optional.of(
          new ColumnType.Scaled(3)), "at", AT, "name", Optional.of(new ColumnType.Text()), "id", Optional.of(
              new ColumnType.Whole()), "amount",
      Optional.empty());

  @Test
  void seesTheColumnBesideTheParameter() {
    assertEquals(List.of(PRICE, AT), of("SELECT * FROM products p WHERE p.price >= ? AND ? < p.at"));
    assertEquals(List.of(PRICE, PRICE), of("SELECT id FROM t WHERE \"price\" NOT BETWEEN ? AND ?"));
    assertEquals(List.of(PRICE, PRICE, Optional.empty()), of("SELECT id FROM t WHERE price IN (?, ?) LIMIT ?"));
    assertEquals(List.of(PRICE), of("SELECT p FROM (SELECT price AS p FROM t) WHERE p > ?"));
    assertEquals(List.of(Optional.of(new ColumnType.Text())), of(
        "SELECT 'price > 4' FROM t WHERE name = ? -- price * 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT * FROM t ORDER BY price DESC, cost LIMIT 10", "SELECT count(price) FROM t",
      "SELECT price, cost AS c FROM t",
      "SELECT * FROM t WHERE price IS NOT NULL", "SELECT DISTINCT price FROM t",
      "SELECT *, price FROM t WHERE price > cost",
      "SELECT id FROM t WHERE (price >= ? AND name = ?)", "SELECT id FROM t WHERE EXISTS (SELECT price FROM t)",
      "SELECT upper(name), id * 2 FROM t WHERE id = 7"})
  void letsPassWhatIsRight(String sql) {
    assertDoesNotThrow(() -> of(sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT sum(price) FROM t", "SELECT max(t.price) FROM t",
      "SELECT coalesce(name, price) FROM t",
      "SELECT price * 2 FROM t", "SELECT -price FROM t", "SELECT id + price FROM t", "SELECT id FROM t WHERE price > 4",
      "SELECT id FROM t WHERE 4.5 < price", "SELECT id FROM t WHERE price IN (?, 4)",
      "SELECT id FROM t WHERE price = weight",
      "SELECT id FROM t WHERE price = id", "SELECT CASE WHEN id = 1 THEN price END FROM t",
      "SELECT cast(price AS TEXT) FROM t",
      "SELECT id FROM t WHERE price LIKE '4%'", "SELECT id FROM t WHERE amount = ?",
      "SELECT sum(DISTINCT price) FROM t"})
  void refusesWhatWouldBeWrongByAFactor(String sql) {
    var refused = assertThrows(StoreException.class, () -> of(sql));
    assertTrue(refused.getMessage().endsWith(sql), refused.getMessage());
  }

  private static List<Optional<ColumnType>> of(String sql) {
    return ComparedColumns.of(sql, COLUMNS).parameters();
  }
}
