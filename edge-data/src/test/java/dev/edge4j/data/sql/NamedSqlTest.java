package dev.edge4j.data.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.MappingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names become question marks, and only where they are names. */
class NamedSqlTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
      "SELECT :a, :b_2 FROM t WHERE x=:a | SELECT ?, ? FROM t WHERE x=? | a,b_2,a",
      "SELECT ':a', :b, 'it''s :c' | SELECT ':a', ?, 'it''s :c' | b",
      "SELECT \":a\", `:b`, :c -- :d | SELECT \":a\", `:b`, ? -- :d | c",
      "SELECT /* :a */ :b | SELECT /* :a */ ? | b",
      "SELECT :a::text, x::int | SELECT ?::text, x::int | a",
      "SELECT a - :b / :c | SELECT a - ? / ? | b,c",
      "SELECT 'not closed :a | SELECT 'not closed :a | ~~",
      "SELECT : a, 1:2 | SELECT : a, 1:2 | ~~"})
  void parses(String sql, String positional, String names) {
    assertEquals(new NamedSql(positional, names.isEmpty() ? List.of() : List.of(names.split(","))),
        NamedSql.parse(sql));
  }

  @Test
  void putsArgumentsInOrder() {
    assertArrayEquals(new Object[]{1, "x", 1},
        NamedSql.parse("SELECT :a, :b, :a").values(Map.of("a", 1, "b", "x")));
  }

  @Test
  void namesWhatIsMissingAndWhatIsTooMuch() {
    var sql = NamedSql.parse("SELECT :limit, :offset");
    assertEquals(":offset has no argument (given: [limit, ofset]) in: SELECT ?, ?",
        assertThrows(MappingException.class, () -> sql.values(Map.of("limit", 1, "ofset", 2))).getMessage());
    assertEquals("arguments [page] have no :name (expected: [limit, offset]) in: SELECT ?, ?",
        assertThrows(MappingException.class, () -> sql.values(Map.of("limit", 1, "offset", 2, "page", 3)))
            .getMessage());
  }
}
