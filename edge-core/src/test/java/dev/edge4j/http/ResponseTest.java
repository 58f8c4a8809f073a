package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A response cannot be split, and says what it holds. */
class ResponseTest {
  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x=1", "a\nb", "a\0b", "€"})
  void valuesThatCouldSplitAResponseAreRefused(String value) {
    assertThrows(IllegalArgumentException.class, () -> Response.of(200).withHeader("X", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:", "ä", "a\r\n"})
  void namesThatAreNoTokensAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Response.of(200).withHeader(name, "x"));
  }

  @Test
  void aRedirectIsEncodedButNotTwice() {
    assertEquals("/caf%C3%A9?q=a%20b%2F", Response.redirect(303, "/café?q=a b%2F").header("Location").orElseThrow());
    assertEquals("/a%0D%0AX:%20y", Response.redirect(303, "/a\r\nX: y").header("Location").orElseThrow());
  }

  @Test
  void cookiesAreSafeByDefaultAndCannotSmuggleAttributes() {
    assertEquals("s=1; Path=/; HttpOnly; SameSite=Lax", SetCookie.of("s", "1").toString());
    assertEquals("s=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", SetCookie.delete("s").toString());
    assertEquals("s=1; Path=/; Max-Age=60; HttpOnly; Secure; SameSite=Strict",
        SetCookie.of("s", "1")
            .withMaxAge(Duration.ofMinutes(1))
            .withSecure(true)
            .withSameSite(SetCookie.SameSite.STRICT)
            .toString());
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("s", "1; Domain=evil"));
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("s=2", "1"));
  }

  @Test
  void headersKeepOrderAndIgnoreCase() {
    Headers headers = Headers.of("B", "1", "a", "2", "b", "3, 4");
    assertEquals("B: 1\na: 2\nb: 3, 4\n", headers.toString());
    assertEquals(List.of("1", "3", "4"), headers.list("b"));
    assertEquals("a: 2\nb: 5\n", headers.with("b", "5").toString());
    assertEquals(headers, headers.without("c"));
    assertThrows(IllegalArgumentException.class, () -> Headers.of("odd"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"- | private", "public, max-age=60, s-maxage=600 | private, max-age=60",
      "no-store | no-store", "Private, max-age=9 | Private, max-age=9", "private=\"A, B\" | private, private=\"A, B\""})
  void whatIsForOneClientIsKeptByNoSharedCache(String control, String expected) {
    Response response = Response.of(200).withHeader("CDN-Cache-Control", "max-age=60");
    Response alone = (control.equals("-") ? response : response.withHeader("Cache-Control", control))
        .withPrivateCaching();
    assertEquals("Cache-Control: " + expected + "\n", alone.headers().toString());
  }

  @Test
  void statusesOutsideTheClassesOfFinalResponsesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Response.of(100));
    assertThrows(IllegalArgumentException.class, () -> Response.of(600));
  }
}
