package dev.edge4j.data.libsql;

import static dev.edge4j.data.libsql.RawServer.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.env.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no sqld answers: a proxy in the way, or somebody who means ill. It ends in a StoreException, in time and in bounds. */
@Aside
@Timeout(60)
class HostileAnswersTest {
  private static final String OK = "{\"baton\":null,\"base_url\":null,\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"execute\","
      + "\"result\":{\"cols\":[{\"name\":\"n\"}],\"rows\":[[{\"type\":\"integer\",\"value\":\"7\"}]],\"affected_row_count\":1,"
      + "\"replication_index\":\"5\",\"new_member\":{}}}},{\"type\":\"ok\",\"response\":{\"type\":\"close\"}}]}";

  private final RawServer server = new RawServer();
  private final LibsqlStore store = LibsqlStore.of(server.url(), LibsqlOptions.defaults()
      .withTimeout(Duration.ofMillis(1_500))
      .withMaxAnswerBytes(10_000)
      .withToken(Secret.of("the-token")));

  HostileAnswersTest() throws IOException {
    server.answers(body(200, OK));
  }

  @AfterEach
  void end() {
    store.close();
    server.close();
  }

  private StoreException reading() {
    return assertThrows(StoreException.class, () -> store.query(Long.class, "SELECT n FROM t"));
  }

  private StoreException writing() {
    return assertThrows(StoreException.class, () -> store.update("INSERT INTO t VALUES (1)"));
  }

  private static void assertSays(String words, StoreException e) {
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void whatIsAddedToAnAnswerDoesNoHarm() {
    assertEquals(List.of(7L), store.query(Long.class, "SELECT n FROM t"));
    assertEquals(5, store.position().offset());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>Welcome to the hotel</html>", "[]", "null", "{}", "{\"results\":{}}",
      "{\"results\":[]}", "{\"results\":[1,2]}", "{\"baton\":7,\"results\":[]}",
      "{\"results\":[{\"type\":\"ok\"},{\"type\":\"ok\"}]}", "{\"results\":[{\"type\":\"error\"},{}]}",
      "{\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":{\"cols\":{},\"rows\":[]}}},{}]}"})
  void whatIsNoHranaIsSaidSo(String text) {
    server.answers(body(200, text));
    assertTrue(reading().getMessage().contains("no answer of Hrana"));
    assertTrue(writing().outcomeUnknown());
    assertThrows(StoreException.class, () -> store.transaction(tx -> tx.update("INSERT INTO t VALUES (1)")));
    assertThrows(StoreException.class, () -> store.forEach(Long.class, "SELECT n FROM t", Map.of(), _ -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"integer\",\"value\":7}", "{\"type\":\"integer\",\"value\":\"+7\"}",
      "{\"type\":\"integer\",\"value\":\"9223372036854775808\"}", "{\"type\":\"float\",\"value\":\"1\"}",
      "{\"type\":\"blob\",\"base64\":\"%%\"}", "{\"type\":\"text\"}", "{\"type\":\"date\",\"value\":\"1\"}", "7",
      "{\"type\":\"integer\",\"value\":\"7\"},{\"type\":\"null\"}"})
  void aValueOfAnotherFormIsRefused(String value) {
    server.answers(body(200, OK.replace("{\"type\":\"integer\",\"value\":\"7\"}", value)));
    assertTrue(reading().getMessage().contains("no answer of Hrana"));
  }

  @Test
  void aStatusIsSaidAndOnlyThe400sAreKnownToHaveDoneNothing() {
    server.answers(body(500, "oops"));
    assertTrue(writing().getMessage().contains("status 500, oops; the outcome of the write is unknown"));
    server.answers(body(503, "later"));
    assertEquals(StoreException.Reason.BUSY, reading().reason());
    server.answers(body(404, "no such namespace"));
    assertFalse(writing().outcomeUnknown());
    server.answers(out -> out.write(
        "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8)));
    assertTrue(reading().getMessage().contains("status 307"));
  }

  @Test
  void anAnswerHasALimitAndAnEnd() {
    server.answers(body(200, OK + " ".repeat(20_000)));
    assertSays("larger than 10000 bytes", reading());
    server.answers(RawServer.head(200, OK.length() + 1_000, OK));
    assertSays("broke off", reading());
    server.answers(out -> { // a byte now and then, without end
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".getBytes(UTF_8));
      for (int i = 0; i < 5_000; i++) {
        out.write(' ');
        out.flush();
        pause();
      }
    });
    assertTrue(writing().outcomeUnknown());
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"row\",\"row\":[]}",
      "{\"type\":\"step_begin\",\"step\":0,\"cols\":[{\"name\":\"n\"}]}",
      "{\"type\":\"step_begin\",\"step\":0,\"cols\":[{\"name\":\"n\"}]}\n{\"type\":\"row\",\"row\":[1]}", "x", "{}"})
  void rowsThatBreakOffAreNotAllRows(String entries) {
    server.answers(body(200, "{\"baton\":null,\"base_url\":null}\n" + entries + "\n"));
    assertThrows(StoreException.class, () -> store.forEach(Long.class, "SELECT n FROM t", Map.of(), _ -> {}));
  }

  @Test
  void theServerThatAStreamBelongsToIsAskedAndNoOther() throws IOException {
    try (var other = new RawServer()) {
      other.answers(body(200, batch("null", "null", 1).replace("]}}}]",
          "]}}},{\"type\":\"ok\",\"response\":{\"type\":\"close\"}}]")));
      server.answers(body(200, batch("\"b1\"", "\"" + other.url() + "/\"", 2)));
      assertEquals(1L, store.<Long>transaction(tx -> tx.update("INSERT INTO t VALUES (1)")));
      assertEquals(1, server.asked().size());
      assertEquals(1, other.asked().size());
      assertTrue(other.asked().getFirst().contains("COMMIT") && other.asked().getFirst().contains("\"b1\""));
    }
    for (String elsewhere : List.of("\"https://127.0.0.1:1/\"", "\"file:///etc\"", "\"http://u:p@127.0.0.1/\"")) {
      server.answers(body(200, batch("\"b1\"", elsewhere, 2)));
      assertThrows(StoreException.class, () -> store.transaction(tx -> tx.update("INSERT INTO t VALUES (1)")));
    }
  }

  private static String batch(String baton, String base, int steps) {
    String result = "{\"cols\":[],\"rows\":[],\"affected_row_count\":1,\"last_insert_rowid\":null}";
    return "{\"baton\":" + baton + ",\"base_url\":" + base
        + ",\"results\":[{\"type\":\"ok\",\"response\":{\"type\":\"batch\",\"result\":{\"replication_index\":\"6\",\"step_results\":["
        + String.join(",", java.util.Collections.nCopies(steps, result)) + "],\"step_errors\":[" + String.join(",",
            java.util.Collections.nCopies(steps, "null")) + "]}}}]}";
  }
}
