package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd reaches the origin of the caching proxy as the client sent it, and its answer the client. */
@Timeout(60)
class CachingProxySendsOnWhatCameIT {
  private static final String ANSWER = """
      HTTP/1.1 299 Odd\r
      Cache-Control: max-age=60\r
      Twice: 1\r
      twice: 2\r
      Transfer-Encoding: chunked\r
      Trailer: Behind\r
      Connection: close\r
      \r
      2\r
      ok\r
      0\r
      Behind: it\r
      \r
      """;

  private static RawOrigin origin;
  private static ConformanceProcess process;

  @BeforeAll
  static void start() throws IOException {
    origin = RawOrigin.answering(ANSWER);
    process = ConformanceProcess.start("--port=0", "--origin=" + origin.address());
  }

  @AfterAll
  static void stop() throws IOException {
    process.close();
    origin.close();
  }

  private static Wire.Answer ask(String head) throws IOException {
    try (var wire = new Wire(process.cache("/").getPort())) {
      wire.send(head);
      return wire.answer();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//a//b", "/a/./b/../c", "/a%2Fb", "/%61%7e", "/a%2e%2e/b", "/~a;b=c,d:e@f!$&'()*+",
      "/a?",
      "/a?b=%zz&c=a+b", "/a/?//../", "/%C3%A9", "/a%20b/"})
  void paths(String path) throws IOException {
    assertEquals(299, ask(Wire.head("GET " + path)).status());
    assertTrue(origin.head().startsWith("GET " + (path.equals("/a?") ? "/a" : path) + " HTTP/1.1\r\n"), origin.head());
  }

  @ParameterizedTest
  @CsvSource({"GET http://t/a//b?c, GET /a//b?c", "GET http://nobody.asked.this, GET /", "OPTIONS *, OPTIONS *",
      "OPTIONS /x, OPTIONS /x",
      "PURGE /a, PURGE /a", "M-SEARCH /a, M-SEARCH /a", "get /a, get /a", "TRACE /a, TRACE /a"})
  void methodsAndTargets(String sent, String arrives) throws IOException {
    assertEquals(299, ask(Wire.head(sent)).status());
    assertTrue(origin.head().startsWith(arrives + " HTTP/1.1\r\n"), origin.head());
  }

  @Test
  void twoSpellingsAreTwoThings() throws IOException {
    ask(Wire.head("GET /spelt%7e"));
    ask(Wire.head("GET /spelt~"));
    assertTrue(origin.head().startsWith("GET /spelt~ "), origin.head());
  }

  @Test
  void fieldsThatStandTwice() throws IOException {
    Wire.Answer answer = ask(Wire.head("GET /fields", "X-A: 1\r\n", "x-a: 2\r\n"));
    assertTrue(origin.head().contains("\r\nX-A: 1\r\n") && origin.head().contains("\r\nx-a: 2\r\n"), origin.head());
    assertTrue(origin.head().contains("\r\nHost: t\r\n"), origin.head());
    assertTrue(answer.head().contains("\nTwice: 1\ntwice: 2\n"), answer.head());
    assertEquals("ok", answer.body());
  }
}
