package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only looks like code is left alone: literals of all kinds, quoted names, comments, bodies of functions. */
class PostgresTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"'it''s; :a'", "E'it\\'s; :a'", "\"a;b\"", "$$ ; :a $$", "$tag$ ; $$ ; $tag$", "-- ; :a\n",
      "/* ; /* :a */ ; */", "a$b", "$1", "1::text"})
  void itIsOnePieceOfAStatement(String piece) {
    assertEquals(List.of("SELECT " + piece.strip() + (piece.endsWith("\n") ? "\n2" : " + 2"), "SELECT 3"),
        PostgresText.statements("SELECT " + piece + (piece.endsWith("\n") ? "2" : " + 2") + "; SELECT 3 ; ; -- end"));
  }

  @Test
  void aBodyOfAFunctionEndsWithItsEnd() {
    String function = "CREATE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE a WHEN 1 THEN 2 ELSE 3 END; SELECT 4; END";
    assertEquals(List.of(function, "SELECT 5"), PostgresText.statements(function + "; SELECT 5"));
  }

  @Test
  void namesBecomeQuestionMarksAndQuestionMarksStay() {
    var named = new Statements().of(
        "SELECT :a, '?:b', $$:c$$, d::text, e ? 'key', :a_1 FROM f WHERE g = E'\\':h' --:i");
    assertEquals("SELECT ?, '?:b', $$:c$$, d::text, e ?? 'key', ? FROM f WHERE g = E'\\':h' --:i", named.positional());
    assertEquals(List.of("a", "a_1"), named.names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1; SELECT 2", "", "-- nothing", "/* a */ commit", "BEGIN", "END", "set role x",
      "RESET ALL",
      "rollback", "PREPARE TRANSACTION 'x'", "LISTEN x"})
  void refusesWhatIsNotOneStatementOrIsTheStoresOwn(String sql) {
    assertThrows(IllegalArgumentException.class, () -> new Statements().of(sql));
  }

  @Test
  void takesWhatEndsWithTheTransaction() {
    assertEquals("SET LOCAL lock_timeout = '1s'", new Statements().of("SET LOCAL lock_timeout = '1s';").positional());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;", "\"a\"", "", "1a", "ä"})
  void refusesNamesThatAreNotPlain(String name) {
    assertThrows(IllegalArgumentException.class, () -> Names.quoted("table", name));
  }
}
