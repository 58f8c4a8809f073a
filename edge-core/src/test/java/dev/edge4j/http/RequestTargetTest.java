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
      "/a//b,/a/b", "//a,/a", "///,/", "/a//,/a/", "/a/%2F/b,/a/%2F/b", "/a//../b,/b", "/a/.//./b,/a/b", "/..//x,/x",
      "/%C3%A9,/é", "/a%2Fb,/a%2Fb", "/a%2fb,/a%2Fb", "/100%25,/100%25", "/%61%62,/ab", "/a%20b,/a b", "/a%23b,/a#b",
      "/.well-known/x,/.well-known/x",
      "/a/...,/a/...", "/a..%2Fb,/a..%2Fb", "/a%2F...%2Fb,/a%2F...%2Fb", "/%2F/../a,/a"})
  void normalizes(String raw, String path) {
    assertEquals(path, RequestTarget.parse(raw).path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%2", "/%zz", "/a%00b", "/a\\b", "/a%5Cb", "/%C0%AF", "/%FF", "/..%2Fx", "/x%2f..",
      "/a%2F..%2Fb", "/a/.%2F", "/%2e%2e%2Fb", "/a%2F%2E%2e%2Fb/c", "/a%0Ab", "relative",
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

  @ParameterizedTest
  @CsvSource({"/a b,/a%20b", "/é,/%C3%A9", "/a?b#c,/a%3Fb%23c", "/a%2Fb/100%25,/a%2Fb/100%25", "/a:b@c,/a:b@c"})
  void encodesANormalPath(String path, String encoded) {
    assertEquals(encoded, RequestTarget.encode(path));
    assertEquals(path, RequestTarget.parse(encoded).path());
  }

  @ParameterizedTest
  @CsvSource({"/x,Example.ORG:8080,example.org", "/x,example.org.,example.org", "/x,[::1]:80,[::1]", "/x,'',''",
      "http://a.example:1/x,b.example,a.example", "http://a.example?x,b.example,a.example"})
  void tellsTheHost(String raw, String field, String host) {
    var request = Request.get(raw).withHeader("Host", field);
    assertEquals(host, request.host());
  }

  @Test
  void decodesAParameterOnce() {
    assertEquals("a/b", RequestTarget.decode("a%2Fb"));
    assertEquals("%2F", RequestTarget.decode("%252F"));
  }

  @Test
  void charactersOfTwoUnitsStayWhole() {
    assertEquals("/😀 😀", RequestTarget.normalize("/😀%20%F0%9F%98%80"));
  }
}
