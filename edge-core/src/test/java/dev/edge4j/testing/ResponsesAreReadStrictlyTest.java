package dev.edge4j.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over a socket is read as HTTP/1.1 or is an error, so that a test sees what a server does wrong. */
class ResponsesAreReadStrictlyTest {
  private static Response read(String wire) throws IOException {
    String whole = wire.replace("|", "\r\n");
    return new ResponseReader(new ByteArrayInputStream(whole.getBytes(ISO_8859_1))).read(Method.GET);
  }

  @Test
  void lengthsAndChunksEndABody() throws IOException {
    Response plain = read("HTTP/1.1 200 OK|A: \t b |Content-Length: 5||helloXX");
    assertEquals(Headers.of("A", "b"), plain.headers());
    assertEquals("hello", plain.text());
    assertEquals("hello", read("HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|he|3|llo|0||").text());
    assertEquals(404, read("HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 404 |Content-Length: 0||")
        .status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK|", "HTTP/1.0 200 OK|Content-Length: 0||", "HTTP/1.1 999 X||",
      "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK|no colon||", "HTTP/1.1 200 OK|no name : x||",
      "HTTP/1.1 200 OK|Content-Length: 6||hello",
      "HTTP/1.1 200 OK||until the end", "HTTP/1.1 200 OK|Content-Length: +5||hello",
      "HTTP/1.1 200 OK|Content-Length: 5|Transfer-Encoding: chunked||0||",
      "HTTP/1.1 200 OK|Transfer-Encoding: gzip, chunked||0||", "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hel",
      "HTTP/1.1 200 OK|Transfer-Encoding: chunked||2|hello|0||",
      "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|hello|0||",
      "HTTP/1.1 200 OK|Transfer-Encoding: chunked||5|hello|"})
  void anythingElseIsAnError(String wire) {
    assertThrows(IOException.class, () -> read(wire));
  }
}
