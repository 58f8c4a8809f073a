package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.edge4j.http.Headers;
import dev.edge4j.server.limits.RequestLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that could be understood in two ways are no request (RFC 9113 sections 8.2 and 8.3); what HTTP/1.1 refuses with a status, HTTP/2 does too. */
class RequestsMeanOneThingTest {
  private static final int RESET = 0;
  private static final List<String> GET = List.of(":method", "GET", ":scheme", "http", ":authority", "t", ":path",
      "/");

  private static RequestHead read(boolean end, List<String> fields) {
    var list = new FieldList(24 * 1024);
    for (int i = 0; i < fields.size(); i += 2) {
      list.add(fields.get(i), fields.get(i + 1));
    }
    return RequestFields.read(list, end, RequestLimits.defaults());
  }

  private static List<String> get(String... more) {
    List<String> fields = new ArrayList<>(GET);
    fields.addAll(List.of(more));
    return fields;
  }

  /** A GET in which one pseudo-header field is another; left out if the value is "-". */
  private static List<String> but(String name, String value) {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < GET.size(); i += 2) {
      String now = GET.get(i).equals(name) ? value : GET.get(i + 1);
      if (!now.equals("-")) {
        fields.addAll(List.of(GET.get(i), now));
      }
    }
    return fields;
  }

  private static List<String> manyFields(int count) {
    List<String> fields = new ArrayList<>(GET);
    for (int i = 0; i < count; i++) {
      fields.addAll(List.of("x", "y"));
    }
    return fields;
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("upper case", RESET, get("X-A", "b")),
        Arguments.of("connection", RESET, get("connection", "close")),
        Arguments.of("keep-alive", RESET, get("keep-alive", "5")),
        Arguments.of("proxy-connection", RESET, get("proxy-connection", "x")),
        Arguments.of("transfer-encoding", RESET, get("transfer-encoding", "chunked")),
        Arguments.of("upgrade", RESET, get("upgrade", "h2c")),
        Arguments.of("te", RESET, get("te", "gzip")),
        Arguments.of("a name that is no token", RESET, get("x y", "z")),
        Arguments.of("an empty name", RESET, get("", "z")),
        Arguments.of("a line break in a value", RESET, get("x", "a\r\nb: c")),
        Arguments.of("NUL in a value", RESET, get("x", "a\0b")),
        Arguments.of("a space before a value", RESET, get("x", " a")),
        Arguments.of("a tab behind a value", RESET, get("x", "a\t")),
        Arguments.of("a pseudo-header field too late", RESET, List.of(":method", "GET", "x", "y", ":scheme", "http",
            ":authority", "t", ":path", "/")),
        Arguments.of("one that nobody knows", RESET, get(":x", "y")),
        Arguments.of("one of a response", RESET, get(":status", "200")),
        Arguments.of("extended CONNECT", RESET, get(":protocol", "websocket")),
        Arguments.of("two methods", RESET, get(":method", "GET")),
        Arguments.of("two paths", RESET, get(":path", "/b")),
        Arguments.of("two authorities", RESET, get(":authority", "t")),
        Arguments.of("no method", RESET, but(":method", "-")),
        Arguments.of("no scheme", RESET, but(":scheme", "-")),
        Arguments.of("no path", RESET, but(":path", "-")),
        Arguments.of("empty path", RESET, but(":path", "")),
        Arguments.of("a method that is no token", RESET, but(":method", "G T")),
        Arguments.of("another host", RESET, get("host", "other")),
        Arguments.of("two hosts", RESET, get("host", "t", "host", "t")),
        Arguments.of("two lengths", RESET, get("content-length", "0", "content-length", "0")),
        Arguments.of("a length that is no number", RESET, get("content-length", "+1")),
        Arguments.of("a list of lengths", RESET, get("content-length", "0, 0")),
        Arguments.of("a length and no body", RESET, get("content-length", "1")),
        Arguments.of("no authority", 400, but(":authority", "-")),
        Arguments.of("an empty authority", 400, but(":authority", "")),
        Arguments.of("a user in the authority", 400, but(":authority", "u@t")),
        Arguments.of("another scheme", 400, but(":scheme", "ftp")),
        Arguments.of("a path without a slash", 400, but(":path", "a")),
        Arguments.of("an absolute target", 400, but(":path", "http://t/")),
        Arguments.of("a GET of everything", 400, but(":path", "*")),
        Arguments.of("a space in the path", 400, but(":path", "/a b")),
        Arguments.of("more than ASCII in the path", 400, but(":path", "/\u00e4")),
        Arguments.of("a fragment", 400, but(":path", "/a#b")),
        Arguments.of("a broken escape", 400, but(":path", "/%4")),
        Arguments.of("a hidden dot segment", 400, but(":path", "/a/..%2fb")),
        Arguments.of("a long path", 414, but(":path", "/" + "a".repeat(9_000))),
        Arguments.of("a large field", 431, get("x", "y".repeat(25_000))),
        Arguments.of("many fields", 431, manyFields(100)),
        Arguments.of("CONNECT", 501, List.of(":method", "CONNECT", ":authority", "t:1")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, int status, List<String> fields) {
    int seen = switch (read(true, fields)) {
      case RequestHead.Accepted _ -> 200;
      case RequestHead.Refused refused -> refused.status();
      case RequestHead.Malformed _ -> RESET;
    };
    assertEquals(status, seen);
  }

  private static RequestHead.Accepted accepted(List<String> fields) {
    return assertInstanceOf(RequestHead.Accepted.class, read(false, fields));
  }

  @Test
  void theAuthorityStandsWhereHostDoes() {
    assertEquals(Headers.of("host", "t", "x", "y"), accepted(get("x", "y")).headers());
    assertEquals(Headers.of("host", "t", "x", "y"), accepted(get("x", "y", "host", "T")).headers());
    assertEquals(Headers.of("x", "y", "host", "t"), accepted(Stream.concat(but(":authority", "-").stream(), Stream.of(
        "x", "y", "host", "t")).toList()).headers());
  }

  @Test
  void crumbsOfACookieAreOneField() {
    assertEquals(List.of("a=1; b=2; c=3"), accepted(get("cookie", "a=1", "x", "y", "cookie", "b=2; c=3")).headers()
        .all("Cookie"));
  }

  @Test
  void whatTheBodyWillBeIsRead() {
    assertEquals(RequestHead.Accepted.UNDECLARED, accepted(GET).length());
    var head = accepted(get("content-length", "12", "expect", "100-Continue", "te", "trailers"));
    assertEquals(12, head.length());
    assertEquals(true, head.expectsContinue());
  }

  @Test
  void optionsMayAskAboutEverything() {
    List<String> options = List.of(":method", "OPTIONS", ":scheme", "https", ":authority", "t", ":path", "*");
    assertEquals("*", accepted(options).target().path());
  }
}
