package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are found by their words, whatever a visitor types, and the index is right after every kind of write. */
class SearchTest {
  record Tea(long id, String name, Optional<String> about) {}

  record Cup(String sku, String name) {}

  private static final SearchIndex TEAS = new SearchIndex("tea", "id", List.of("name", "about"));
  private static final SearchIndex CUPS = new SearchIndex("cup", "sku", List.of("name"));

  private final Path folder;
  private SqliteStore store;

  SearchTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = SqliteStore.open(folder.resolve("a.db"));
  }

  @BeforeEach
  void fill() {
    store.update("CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT NOT NULL, about TEXT)");
    store.update("CREATE TABLE cup (sku TEXT PRIMARY KEY, name TEXT NOT NULL, ean TEXT UNIQUE)");
    tea(1, "Grüner Tee", "fein, mit einem Hauch von Zitrone");
    tea(2, "Schwarzer Tee", "kräftig; passt zu Zitrone");
    tea(3, "Zitrone", "kein Tee");
    tea(4, "Thé à la crème", "AND OR NOT \"near\" 100% * (x:y)");
    store.prepare(TEAS);
    tea(5, "Crème brûlée", Optional.empty());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void findsAllWordsInAnyOrderCaseAndAccent() {
    assertEquals(List.of(1L), find("TEE grüner"));
    assertEquals(List.of(1L), find("gruner hauch"));
    assertEquals(List.of(4L, 5L), find("creme").stream().sorted().toList());
    assertEquals(List.of(5L), find("cre\u0300me BRULÉE"), "a letter and its accent, written apart");
    assertEquals(List.of(), find("grüner schwarzer"));
  }

  @Test
  void theLastWordMayBeABeginning() {
    assertEquals(List.of(1L), find("grüner ha"));
    assertEquals(List.of(), find("grün hauch"), "and no other");
    assertEquals(List.of(2L), find("kräft"));
  }

  @Test
  void theFirstColumnCountsMost() {
    assertEquals(3L, find("zitrone").getFirst());
    tea(10, "Same", "words");
    tea(9, "Same", "words");
    assertEquals(List.of(9L, 10L), find("same words"), "equal ones by their key");
    assertEquals(List.of(10L), ids(store.search(TEAS, Tea.class, "same words", 1, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "tee\"", "tee\" OR \"1", "name:tee", "tee*", "*", "tee AND", "NOT tee",
      "NEAR(tee grüner)", "^tee",
      "tee -grüner", "tee + grüner", "(tee", "'; DROP TABLE tea; --", "\0tee", "", "  ", "😀 tee", "\u0300",
      "{name}:tee"})
  void whatAVisitorTypesIsText(String words) {
    find(words); // and is no error
    assertEquals(5, store.queryOne(Long.class, "SELECT count(*) FROM tea").orElseThrow());
  }

  @Test
  void operatorsAreWordsAndSignsAreNothing() {
    assertEquals(List.of(4L), find("and OR nOt"));
    assertEquals(List.of(4L), find("x:y 100%"));
    assertEquals(List.of(), find("\"*\" ()"));
    assertEquals(find("tee"), find("😀 tee"));
  }

  @Test
  void followsEveryKindOfWrite() {
    store.update("UPDATE tea SET name = 'Roter Tee', id = 20 WHERE id = 1");
    assertEquals(List.of(20L), find("roter"));
    assertEquals(List.of(), find("grüner"));
    store.update("INSERT OR REPLACE INTO tea VALUES (20, 'Weißer Tee', 'selten')");
    assertEquals(List.of(), find("roter"));
    assertEquals(List.of(20L), find("selten"));
    store.update("INSERT INTO tea VALUES (20, 'Oolong', NULL) ON CONFLICT (id) DO UPDATE SET name = excluded.name");
    assertEquals(List.of(), find("weißer"));
    assertEquals(List.of(20L), find("oolong selten"));
    store.update("INSERT OR IGNORE INTO tea VALUES (20, 'Nothing', NULL)");
    assertEquals(List.of(), find("nothing"));
    store.update("DELETE FROM tea");
    assertEquals(List.of(), find("tee"));
  }

  /** With a key of text the rows' own numbers would not do: VACUUM changes them. */
  @Test
  void keysMayBeText() {
    cup("b", "Blue cup", "1");
    store.prepare(CUPS);
    cup("a", "Blue cup", "2");
    cup("c", "Red cup", "3");
    assertEquals(List.of("a", "b"), cups("blue"));
    store.update("INSERT OR REPLACE INTO cup VALUES ('a', 'Green cup', '2')");
    store.update("INSERT OR REPLACE INTO cup VALUES ('d', 'Black cup', '3')"); // pushes c out
    assertEquals(List.of("b"), cups("blue"));
    assertEquals(List.of(), cups("red"));
    assertEquals(List.of("a", "b", "d"), cups("cup").stream().sorted().toList());
    store.update("UPDATE cup SET sku = 'e' WHERE sku = 'b'");
    store.update("DELETE FROM cup WHERE sku = 'a'");
    store.backup(folder.resolve("copy.db"));
    try (SqliteStore copy = SqliteStore.open(folder.resolve("copy.db"))) {
      copy.prepare(CUPS);
      assertEquals(List.of("e"), copy.search(CUPS, Cup.class, "blue", 10, 0).stream().map(Cup::sku).toList());
    }
  }

  @Test
  void preparingAgainCostsNothingAndAnotherIndexTakesThePlace() {
    long schema = schema();
    store.prepare(TEAS);
    assertEquals(schema, schema());
    var about = new SearchIndex("tea", "id", List.of("about"));
    store.prepare(about);
    assertEquals(List.of(1L, 2L), ids(store.search(about, Tea.class, "zitrone", 10, 0)).stream().sorted().toList());
    var old = assertThrows(StoreException.class, () -> find("tee"));
    assertTrue(old.getMessage().contains("not prepared"), old.getMessage());
    store.prepare(TEAS);
    assertEquals(3L, find("zitrone").getFirst());
  }

  @Test
  void aTableThatWasMadeAnewIsIndexedAnew() {
    store.update("DROP TABLE tea");
    store.update("CREATE TABLE tea (id INTEGER PRIMARY KEY, name TEXT NOT NULL, about TEXT)");
    tea(1, "Matcha", "new");
    store.close();
    store = SqliteStore.open(folder.resolve("a.db"));
    store.prepare(TEAS);
    assertEquals(List.of(1L), find("matcha"));
    assertEquals(List.of(), find("zitrone"));
  }

  @Test
  void refusesWhatDoesNotFit() {
    for (SearchIndex wrong : List.of(new SearchIndex("coffee", "id", List.of("name")), new SearchIndex("tea", "name",
        List.of(
            "name")), new SearchIndex("tea", "id", List.of("color")))) {
      var error = assertThrows(StoreException.class, () -> store.prepare(wrong));
      assertTrue(error.getMessage().contains(wrong.table()), error.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> store.search(TEAS, Tea.class, "tee", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> store.search(TEAS, Tea.class, "tee", 1_001, 0));
    assertThrows(IllegalArgumentException.class, () -> store.search(TEAS, Tea.class, "tee", 10, -1));
  }

  private long schema() {
    return store.queryOne(Long.class, "PRAGMA schema_version").orElseThrow();
  }

  private void tea(long id, String name, Object about) {
    store.update("INSERT INTO tea VALUES (:id, :name, :about)", Map.of("id", id, "name", name, "about", about));
  }

  private void cup(String sku, String name, String ean) {
    store.update("INSERT INTO cup VALUES (:sku, :name, :ean)", Map.of("sku", sku, "name", name, "ean", ean));
  }

  private List<Long> find(String words) {
    return ids(store.search(TEAS, Tea.class, words, 10, 0));
  }

  private List<String> cups(String words) {
    return store.search(CUPS, Cup.class, words, 10, 0).stream().map(Cup::sku).toList();
  }

  private static List<Long> ids(List<Tea> teas) {
    return teas.stream().map(Tea::id).toList();
  }
}
