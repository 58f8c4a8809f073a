package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.testing.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are found by the words in them, the best first, and nothing that somebody types is an operator. */
class PostgresSearchTest {
  record Product(long id, String name, Optional<String> description) {}

  private static final PostgresStore STORE = PostgresStore.of(Engines.database());
  private static final SearchIndex INDEX = new SearchIndex("products", "id", List.of("name", "description"));

  @BeforeAll
  static void create() {
    STORE.update("CREATE TABLE products (id bigint PRIMARY KEY, name text NOT NULL, description varchar(500))");
    STORE.update("INSERT INTO products VALUES (1, 'Green tea', 'from Japan'), (2, 'Teapot', 'for green tea, of iron'),"
        + " (3, 'Crème brûlée', NULL), (4, 'Чай зелёный', 'ΛΕΥΚΌ τσάι'), (5, 'e-mail a.b@example.com C++ 10e3abc', NULL)");
    STORE.prepare(INDEX);
  }

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static List<Long> found(String words) {
    return STORE.search(INDEX, Product.class, words, 10, 0).stream().map(Product::id).toList();
  }

  @ParameterizedTest
  @CsvSource({"green tea,'1,2'", "tea green,'1,2'", "TEA,'2,1'", "teap,2", "tea japan,1", "gre tea,''",
      "creme BRULEE,3",
      "crème,3", "зеленый чай,4", "ЧАЙ,4", "λευκο,4", "e-mail,5", "mail,5", "example,5", "example.com,5", "10E3abc,5",
      "10e3ab,5", "c++,'5,3'", "iron japan,''"})
  void everyWordCountsAndTheLastMayBeBegun(String words, String ids) {
    assertEquals(ids.isEmpty() ? List.of() : List.of(ids.split(",", -1)), found(words).stream()
        .map(String::valueOf)
        .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!", "& | ! ( ) : * < >", "'", "\\", "\u0000", "\ud800",
      "'; DROP TABLE products; --"})
  void operatorsAreText(String words) {
    assertTrue(found(words).isEmpty());
    assertEquals(List.of(1L, 2L), found(words.contains("DROP") ? "green tea" : "green " + words + " tea"));
  }

  @Test
  void theBestComesFirstAndPagesFollowEachOther() {
    assertEquals(List.of(1L), STORE.search(INDEX, Product.class, "green", 1, 0).stream().map(Product::id).toList());
    assertEquals(List.of(2L), STORE.search(INDEX, Product.class, "green", 1, 1).stream().map(Product::id).toList());
    assertThrows(IllegalArgumentException.class, () -> STORE.search(INDEX, Product.class, "green", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> STORE.search(INDEX, Product.class, "green", 1_001, 0));
  }

  @Test
  void whatIsWrittenIsFoundAtOnce() {
    STORE.update("INSERT INTO products VALUES (6, 'Oolong', NULL)");
    assertEquals(List.of(6L), found("oolong"));
    STORE.update("UPDATE products SET name = 'Pu-erh' WHERE id = 6");
    assertEquals(List.of(), found("oolong"));
    assertEquals(List.of(6L), found("pu erh"));
    STORE.update("DELETE FROM products WHERE id = 6");
    assertEquals(List.of(), found("erh"));
  }

  @Test
  void textsOfAnyLengthCanBeWritten() {
    STORE.update("CREATE TABLE books (id bigint PRIMARY KEY, text text)");
    var books = new SearchIndex("books", "id", List.of("text"));
    STORE.prepare(books);
    STORE.update("INSERT INTO books SELECT 1, string_agg(md5(n::text), ' ') FROM generate_series(1, 100000) AS n");
    STORE.update("INSERT INTO books VALUES (2, 'begin ' || repeat('x', 5000) || ' end')");
    assertEquals(List.of(2L), STORE.search(books, Book.class,
        "end " + "x".repeat(3_000), 10, 0).stream().map(Book::id).toList());
  }

  record Book(long id) {}

  @Test
  void aLargeTableIsSearchedByItsIndex() throws Exception {
    STORE.update("CREATE TABLE many (id bigint PRIMARY KEY, name text)");
    STORE.update("INSERT INTO many SELECT n, 'tea ' || md5(n::text) FROM generate_series(1, 5000) AS n");
    var many = new SearchIndex("many", "id", List.of("name"));
    STORE.prepare(many);
    STORE.update("ANALYZE many");
    long before = scans();
    assertEquals(1, STORE.search(many, Book.class, "c4ca4238a0b923820dcc509a6f75849b", 10, 0).size());
    Databases.await("the index was used", () -> scans() > before);
  }

  /** The server counts them a moment later. */
  private static long scans() {
    return STORE.queryOne(Long.class, "SELECT idx_scan FROM pg_stat_user_indexes WHERE relname = 'many'"
        + " AND indexrelname LIKE 'edge4j_search_%'").orElseThrow();
  }

  @Test
  void programsThatPrepareAtOnceMakeItOnce() throws Exception {
    STORE.update("CREATE TABLE shared (id bigint PRIMARY KEY, name text)");
    var shared = new SearchIndex("shared", "id", List.of("name"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var programs = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        programs.add(threads.submit(() -> STORE.prepare(shared)));
      }
      for (Future<?> program : programs) {
        program.get();
      }
    }
    assertEquals(List.of(1L), STORE.query(Long.class, "SELECT count(*) FROM pg_indexes WHERE tablename = 'shared'"
        + " AND indexname LIKE 'edge4j_search_%'"));
  }
}
