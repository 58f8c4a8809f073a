package dev.edge4j.data;

import static dev.edge4j.data.Promises.strong;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.BadRequest;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.JdbcRows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages by keyset: every row once and in order, whatever is inserted meanwhile, on SQLite and PostgreSQL alike. */
class PagesStandStillTest {
  record Item(long id, String name, double weight) {}

  record Loose(long id) {}

  record Dated(long id, Instant createdAt) {}

  private static final String ALL = "SELECT id, name, weight FROM items WHERE id > :least -- a comment";

  @TempDir private Path folder;

  static Stream<String> engines() {
    return Stream.of("sqlite", "postgres");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyRowOnceInWhateverOrder(String engine) {
    try (DataMesh mesh = items(engine)) {
      Comparator<Item> name = Comparator.comparing(Item::name);
      Comparator<Item> weight = Comparator.comparing(Item::weight);
      Comparator<Item> id = Comparator.comparing(Item::id);
      expect(mesh, Keyset.by("id"), id);
      expect(mesh, Keyset.descending("id"), id.reversed());
      expect(mesh, Keyset.by("name").then("id"), name.thenComparing(id));
      expect(mesh, Keyset.descending("name").thenDescending("id"), name.reversed().thenComparing(id.reversed()));
      expect(mesh, Keyset.descending("name").then("id"), name.reversed().thenComparing(id));
      expect(mesh, Keyset.by("name").thenDescending("weight").then("id"), name.thenComparing(weight.reversed())
          .thenComparing(id));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsInsertedMeanwhileMovesNoRow(String engine) {
    try (DataMesh mesh = items(engine)) {
      MeshSession session = mesh.session();
      Keyset newest = Keyset.descending("id");
      Page<Item> first = session.page("items", Item.class, ALL, Map.of("least", 0), newest, "", 10);
      session.update("items", "INSERT INTO items VALUES (1000, 'new', 1.5)", Map.of());
      session.update("items", "DELETE FROM items WHERE id = :id", Map.of("id", first.rows().getLast().id()));
      Page<Item> second = session.page("items", Item.class, ALL, Map.of("least", 0), newest, first.next().orElseThrow(),
          10);
      assertEquals(first.rows().getLast().id() - 1, second.rows().getFirst().id());
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aNullIsRefusedAndNoRowIsLeftOutSilently(String engine) {
    try (DataMesh mesh = items(engine)) {
      MeshSession session = mesh.session();
      session.update("items", "CREATE TABLE loose (id INTEGER PRIMARY KEY, name TEXT)", Map.of());
      for (int i = 1; i <= 5; i++) {
        session.update("items", "INSERT INTO loose VALUES (:id, :name)", Map.of("id", i, "name", "n" + i));
      }
      session.update("items", "INSERT INTO loose (id) VALUES (6)", Map.of());
      for (Keyset keyset : List.of(Keyset.by("name").then("id"), Keyset.descending("name").then("id"))) {
        var error = assertThrows(MappingException.class, () -> {
          String after = "";
          do {
            after = session.page("items", Loose.class, "SELECT * FROM loose", Map.of(), keyset, after, 2)
                .next()
                .orElse("");
          } while (!after.isEmpty());
        });
        assertTrue(error.getMessage().startsWith("column name is NULL in a row"), error.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theColumnsAreChecked(String engine) {
    try (DataMesh mesh = items(engine)) {
      MeshSession session = mesh.session();
      assertTrue(refusal(() -> session.page("items", Item.class, ALL, Map.of("least", 0), Keyset.by("name"), "", 50))
          .startsWith("two rows have the same name: [n0]"));
      assertThrows(IllegalArgumentException.class, () -> Keyset.by("name; DROP TABLE items"));
      assertThrows(IllegalArgumentException.class, () -> Keyset.by("a").then("a"));
      assertThrows(IllegalArgumentException.class, () -> session.page("items", Item.class, ALL, Map.of("least", 0),
          Keyset.by("id"), "", 0));
    }
  }

  @Test
  void aCursorOfAnotherListIsABadRequest() {
    String cursor = new Cursor("+id", List.of(5L)).text();
    assertEquals(List.of(5L), Cursor.parse(cursor, "+id", 1).values());
    for (String wrong : List.of("x", cursor + "AAAA", cursor.substring(2), "ZZZZ".repeat(2_000), new Cursor("-id", List
        .of(
            5L)).text(), new Cursor("+id", List.of(5L, 6L)).text())) {
      assertThrows(BadRequest.class, () -> Cursor.parse(wrong, "+id", 1), wrong);
    }
  }

  @Test
  void aCursorKeepsTheTypeOfEachValue() {
    List<Object> values = List.of(7L, 2.5, new BigDecimal("1.20"), "5:a\u00e4\uD83D\uDE00", true, Instant.parse(
        "2026-01-31T12:00:00.123456Z"), LocalDate.parse("2026-01-31"), new UUID(1, 2));
    assertEquals(values, Cursor.parse(new Cursor("k", values).text(), "k", values.size()).values());
    assertEquals(7L, Cursor.value(7, "a"));
    assertEquals(Instant.EPOCH, Cursor.value(OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), "a"));
    assertThrows(MappingException.class, () -> Cursor.value(new byte[0], "a"));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void timesArePagedAsTheyAreStored(String engine) {
    try (DataMesh mesh = items(engine)) {
      MeshSession session = mesh.session();
      session.update("items", "CREATE TABLE dated (id INTEGER PRIMARY KEY, created_at "
          + (engine.equals("sqlite") ? "DATETIME" : "TIMESTAMPTZ") + " NOT NULL)", Map.of());
      for (int i = 1; i <= 9; i++) {
        session.update("items", "INSERT INTO dated VALUES (" + i + ", '2026-01-0" + (1 + i % 3) + " 12:00:00')", Map
            .of());
      }
      List<Dated> seen = walk(session, Dated.class, "SELECT * FROM dated", Map.of(), Keyset.descending("created_at")
          .then("id"), 2);
      assertEquals(List.of(2L, 5L, 8L, 1L, 4L, 7L, 3L, 6L, 9L), seen.stream().map(Dated::id).toList());
    }
  }

  private static void expect(DataMesh mesh, Keyset keyset, Comparator<Item> order) {
    MeshSession session = mesh.session();
    List<Item> all = session.query("items", Item.class, ALL, Map.of("least", 3)).stream().sorted(order).toList();
    for (int limit : new int[]{1, 7, 40, 100}) {
      assertEquals(all, walk(session, Item.class, ALL, Map.of("least", 3), keyset, limit), keyset + " by " + limit);
    }
  }

  private static <T> List<T> walk(MeshSession session, Class<T> type, String sql, Map<String, ?> args, Keyset keyset,
      int limit) {
    var seen = new ArrayList<T>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      Page<T> page = session.page("items", type, sql, args, keyset, after.get(), limit);
      assertTrue(page.rows().size() <= limit);
      seen.addAll(page.rows());
      after = page.next();
    }
    return seen;
  }

  private static String refusal(Supplier<?> call) {
    return assertThrows(MappingException.class, call::get).getMessage();
  }

  private DataMesh items(String engine) {
    DataStore store = engine.equals("sqlite") ? SqliteStore.open(folder.resolve("a.db"))
        : new JdbcRows(Engines.database());
    store.update("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, weight DOUBLE PRECISION NOT NULL)");
    for (int i = 1; i <= 43; i++) {
      store.update("INSERT INTO items VALUES (:id, :name, :weight)", Map.of("id", i, "name", "n" + i % 5, "weight", i
          % 3
          / 2.0));
    }
    return DataMesh.builder().sql("items", store, strong()).build();
  }
}
