package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cookie that is set is one that browsers keep and read as it was meant; anything else is refused when it is made. */
class CookiesKeepTheirPromisesTest {
  @Test
  void allAttributes() {
    assertEquals("a=b; Path=/; HttpOnly; SameSite=Lax", SetCookie.of("a", "b").toString());
    assertEquals(
        "a=b; Path=/shop; Domain=shop.example; Max-Age=60; Secure; SameSite=None; Partitioned; Priority=High", SetCookie
            .of("a", "b")
            .withPath("/shop")
            .withDomain("shop.example")
            .withMaxAge(Duration.ofMinutes(1))
            .withHttpOnly(false)
            .withSameSite(SetCookie.SameSite.NONE)
            .withPartitioned()
            .withPriority(SetCookie.Priority.HIGH)
            .toString());
  }

  @Test
  void prefixesPromise() {
    assertEquals("__Host-a=b; Path=/; HttpOnly; Secure; SameSite=Lax", SetCookie.of("__Host-a", "b").toString());
    for (String name : new String[]{"__Secure-a", "__Host-a", "__HOST-a", "__Http-a", "__Host-Http-a"}) {
      SetCookie cookie = SetCookie.of(name, "b");
      assertTrue(cookie.secure(), name);
      assertThrows(IllegalArgumentException.class, () -> cookie.withSecure(false), name);
    }
    SetCookie host = SetCookie.of("__Host-a", "b");
    assertThrows(IllegalArgumentException.class, () -> host.withPath("/shop"));
    assertThrows(IllegalArgumentException.class, () -> host.withDomain("shop.example"));
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("__Http-a", "b").withHttpOnly(false));
    assertEquals("/shop", SetCookie.of("__Secure-a", "b").withPath("/shop").path());
  }

  @Test
  void whatBrowsersDropIsRefused() {
    SetCookie cookie = SetCookie.of("a", "b");
    assertThrows(IllegalArgumentException.class, () -> cookie.withPartitioned().withSecure(false));
    assertThrows(IllegalArgumentException.class, () -> cookie.withSameSite(SetCookie.SameSite.NONE).withSecure(false));
    assertThrows(IllegalArgumentException.class, () -> cookie.withMaxAge(SetCookie.LONGEST.plusSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> cookie.withMaxAge(Duration.ofSeconds(-1)));
    assertThrows(IllegalArgumentException.class, () -> cookie.withMaxAge(Duration.ofMillis(999)), "0 would delete it");
    assertEquals(4096, SetCookie.of("a", "b".repeat(4095)).toString().indexOf(';') - 1);
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", "b".repeat(4096)));
  }

  /** CVE-2026-47675: an attribute carried others behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"/; Domain=evil.example", "/\r\nSet-Cookie: x=y", "/\u0000", "/\u00fc", "/ "})
  void cve202647675NoAttributeCarriesAnother(String path) {
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", "b").withPath(path));
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", "b").withDomain("shop.example" + path));
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a" + path, "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b; Secure", "b,c", "b\"", "b c", "b\\", "\u00fc", "b\r\n"})
  void valuesHoldWhatCookiesCarry(String value) {
    assertThrows(IllegalArgumentException.class, () -> SetCookie.of("a", value));
  }

  @Property(tries = 500)
  void anyTextComesBack(@ForAll @StringLength(max = 50) String text) {
    if (text.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
      return; // half a character has no UTF-8
    }
    String pair = SetCookie.ofText("a", text).toString().split(";", 2)[0];
    assertEquals(Optional.of(text), Cookies.readText(Headers.of("Cookie", "x=y; " + pair), "a"));
  }

  @Test
  void whatWasNotWrittenByUsIsReadAsItStands() {
    assertEquals(Optional.of("a+b%zz"), Cookies.readText(Headers.of("Cookie", "a=a+b%zz"), "a"));
    assertEquals(Optional.of("first"), Cookies.read(Headers.of("Cookie", "a=first; a=second"), "a"));
  }
}
