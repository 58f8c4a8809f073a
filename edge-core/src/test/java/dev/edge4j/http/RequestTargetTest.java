package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The path has one form, decided once. */
class RequestTargetTest {
  @ParameterizedTest
  @CsvSource({"/a/b,/a/b", "/,/", "/a/../b,/b", "/a/%2e%2e/b,/b", "/../../etc,/etc", "/a/.,/a/", "/a/..,/",
      "/a//b,/a//b",
      "/%C3%A9,/é", "/a%2Fb,/a%2Fb", "/a%2fb,/a%2Fb", "/100%25,/100%25", "/%61%62,/ab", "/a%20b,/a b", "/a%23b,/a#b",
      "/.well-known/x,/.well-known/x",
      "/a/...,/a/..."})
  void normalizes(String raw, String path) {
    assertEquals(path, RequestTarget.parse(raw).path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%2", "/%zz", "/a%00b", "/a\\b", "/a%5Cb", "/%C0%AF", "/%FF", "/a%0Ab", "relative",
      "", "/a#b", "/a?b#c", "a?b=http://h/x", "/../x#", "://h/x"})
  void refuses(String raw) {
    assertThrows(BadRequestException.class, () -> RequestTarget.parse(raw));
  }

  @Test
  void keepsTheQueryAsItStood() {
    RequestTarget target = RequestTarget.parse("/a?b=%2F&c=..");
    assertEquals("/a", target.path());
    assertEquals("b=%2F&c=..", target.query());
  }

  @Test
  void takesTheAbsoluteForm() {
    assertEquals("/x", RequestTarget.parse("http://example.org/x").path());
    assertEquals("/", RequestTarget.parse("http://example.org").path());
    assertEquals("q=1", RequestTarget.parse("http://example.org?q=1").query());
  }

  @Test
  void decodesAParameterOnce() {
    assertEquals("a/b", RequestTarget.decode("a%2Fb"));
    assertEquals("%2F", RequestTarget.decode("%252F"));
  }
}
