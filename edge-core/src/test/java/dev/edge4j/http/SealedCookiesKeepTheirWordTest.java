package dev.edge4j.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** A sealed cookie says what it was given, under its own name and secret; anything else says nothing. */
class SealedCookiesKeepTheirWordTest {
  private static final byte[] OLD = secret('a');
  private static final byte[] NEW = secret('b');
  private static final CookieKeys KEYS = CookieKeys.of(OLD);
  private static final CookieKeys ROTATED = CookieKeys.of(NEW, OLD);
  private static final CookieKeys OTHER = CookieKeys.of(secret('c'));

  private static final String SIGNED_ONCE = "AQbQ_XJ__________3RlYSFdSzG1cvFYz_ZUnaffAotS3-BYKndEJPOZrZ5-ValH";
  private static final String ENCRYPTED_ONCE = "AgbQ_XIBj-qp6dQKvTaAXH98WfmEy2MmKkWEepxEPKlo5lLoHsWayORLuW93uzpYQd2ObSl2v4I";

  /** Both kinds: the same laws hold for them. */
  private enum Kind {
    SIGNED, ENCRYPTED;

    private String seal(CookieKeys keys, String text) {
      return this == SIGNED ? keys.sign("cart", text) : keys.encrypt("cart", text);
    }

    private Optional<String> open(CookieKeys keys, String value) {
      return this == SIGNED ? keys.verify("cart", value) : keys.decrypt("cart", value);
    }
  }

  private static byte[] secret(char of) {
    return String.valueOf(of).repeat(CookieKey.MIN_SECRET_BYTES).getBytes(UTF_8);
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.strings()
        .ofMaxLength(300)
        .map(text -> new String(text.getBytes(UTF_8), UTF_8));
  }

  @Property(tries = 200)
  void anyTextComesBack(@ForAll Kind kind, @ForAll("text") String text) {
    String value = kind.seal(KEYS, text);
    assertEquals(Optional.of(text), kind.open(KEYS, value));
    assertEquals("cart=" + value + "; Path=/; HttpOnly; SameSite=Lax", SetCookie.of("cart", value).toString());
  }

  @Property(tries = 400)
  void anyChangedBitIsNoticed(@ForAll Kind kind, @ForAll("text") String text, @ForAll int where) {
    byte[] bytes = Base64.getUrlDecoder().decode(kind.seal(KEYS, text));
    int bit = Math.floorMod(where, bytes.length * Byte.SIZE);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertEquals(Optional.empty(), kind.open(ROTATED, changed));
  }

  @Property(tries = 200)
  void anyOtherCharacterIsNoticed(@ForAll Kind kind, @ForAll("text") String text, @ForAll int where,
      @ForAll char other) {
    String value = kind.seal(KEYS, text);
    int at = Math.floorMod(where, value.length());
    String changed = value.substring(0, at) + other + value.substring(at + 1);
    assertEquals(changed.equals(value) ? Optional.of(text) : Optional.empty(), kind.open(KEYS, changed));
    assertEquals(Optional.empty(), kind.open(KEYS, value.substring(0, at)));
    assertEquals(Optional.empty(), kind.open(KEYS, value + "="));
  }

  @Property(tries = 200)
  void whatNobodyMadeIsNoError(@ForAll Kind kind, @ForAll @StringLength(max = 200) String value) {
    assertEquals(Optional.empty(), kind.open(KEYS, value));
  }

  @Property(tries = 100)
  void namesSecretsAndKindsAreNotExchanged(@ForAll("text") String text) {
    String signed = KEYS.sign("cart", text);
    String encrypted = KEYS.encrypt("cart", text);
    for (String name : new String[]{"car", "cart2", "Cart", "__Host-cart"}) {
      assertEquals(Optional.empty(), KEYS.verify(name, signed));
      assertEquals(Optional.empty(), KEYS.decrypt(name, encrypted));
    }
    assertEquals(Optional.empty(), OTHER.verify("cart", signed));
    assertEquals(Optional.empty(), OTHER.decrypt("cart", encrypted));
    assertEquals(Optional.empty(), KEYS.verify("cart", encrypted));
    assertEquals(Optional.empty(), KEYS.decrypt("cart", signed));
  }

  @Property(tries = 100)
  void theNewestSealsAndTheOlderAreTaken(@ForAll Kind kind, @ForAll("text") String text) {
    assertEquals(Optional.of(text), kind.open(ROTATED, kind.seal(KEYS, text)));
    String fresh = kind.seal(ROTATED, text);
    assertEquals(Optional.of(text), kind.open(ROTATED, fresh));
    assertEquals(Optional.of(text), kind.open(CookieKeys.of(NEW), fresh));
    assertEquals(Optional.empty(), kind.open(KEYS, fresh));
  }

  /** The bytes of today are taken tomorrow: who upgrades does not log everybody out. */
  @Test
  void aValueOfThisVersionIsTaken() {
    assertEquals(SIGNED_ONCE, KEYS.sign("cart", "tea"));
    assertEquals(Optional.of("tea"), KEYS.decrypt("cart", ENCRYPTED_ONCE));
  }

  @Test
  void signedIsReadableAndEncryptedIsNot() {
    assertTrue(new String(Base64.getUrlDecoder().decode(KEYS.sign("cart", "seven teas")), UTF_8).contains(
        "seven teas"));
    String encrypted = KEYS.encrypt("cart", "seven teas");
    assertFalse(new String(Base64.getUrlDecoder().decode(encrypted), UTF_8).contains("seven"));
    assertNotEquals(encrypted, KEYS.encrypt("cart", "seven teas"));
    assertEquals(KEYS.sign("cart", "seven teas"), KEYS.sign("cart", "seven teas"));
  }

  @Test
  void aCookieIsSealedAndReadAgain() {
    SetCookie cart = SetCookie.of("cart", "7x3").withMaxAge(Duration.ofHours(1)).withSecure(true);
    BiFunction<SetCookie, String, Headers> sent = (cookie, name) -> Headers.of("Cookie", "theme=dark; " + name + "="
        + cookie.value());
    SetCookie signed = KEYS.signed(cart);
    assertEquals(cart, signed.withValue("7x3"));
    assertEquals(Optional.of("7x3"), KEYS.readSigned(sent.apply(signed, "cart"), "cart"));
    assertEquals(Optional.empty(), KEYS.readSigned(sent.apply(signed, "bill"), "bill"));
    SetCookie encrypted = KEYS.encrypted(cart);
    assertEquals(Optional.of("7x3"), KEYS.readEncrypted(sent.apply(encrypted, "cart"), "cart"));
    assertEquals(Optional.empty(), KEYS.readSigned(sent.apply(encrypted, "cart"), "cart"));
    assertEquals(Optional.empty(), KEYS.readSigned(Headers.empty(), "cart"));
  }

  @Test
  void itsEndIsInsideTheSeal() {
    var clock = new VirtualClock();
    CookieKeys keys = KEYS.clock(clock);
    SetCookie cart = SetCookie.of("cart", "7x3").withMaxAge(Duration.ofHours(1));
    String signed = keys.signed(cart).value();
    String encrypted = keys.encrypted(cart).value();
    String token = keys.encrypt("reset", "ada", Duration.ofMinutes(60));
    String link = keys.sign("reset", "ada", Duration.ofMinutes(60));
    clock.advance(Duration.ofMinutes(60).minusMillis(1));
    assertEquals(Optional.of("7x3"), keys.verify("cart", signed));
    assertEquals(Optional.of("7x3"), keys.decrypt("cart", encrypted));
    assertEquals(Optional.of("ada"), keys.decrypt("reset", token));
    assertEquals(Optional.of("ada"), keys.verify("reset", link));
    clock.advance(Duration.ofMillis(1));
    assertEquals(Optional.empty(), keys.verify("cart", signed));
    assertEquals(Optional.empty(), keys.decrypt("cart", encrypted));
    assertEquals(Optional.empty(), keys.decrypt("reset", token));
    assertEquals(Optional.empty(), keys.verify("reset", link));
  }

  @Test
  void whatBrowsersWouldNotKeepIsRefused() {
    String most = "x".repeat(3000);
    assertEquals(Optional.of(most), KEYS.decrypt("cart", KEYS.encrypt("cart", most)));
    String more = "x".repeat(3100);
    assertThrows(IllegalArgumentException.class, () -> KEYS.encrypt("cart", more));
    assertThrows(IllegalArgumentException.class, () -> KEYS.sign("cart", more));
    assertEquals(Optional.empty(), KEYS.verify("cart", "A".repeat(5000)));
  }

  @Test
  void mistakesAreToldAtStart() {
    assertThrows(IllegalArgumentException.class, () -> CookieKeys.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> CookieKeys.of(NEW, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> CookieKeys.of(NEW, OLD, NEW.clone()));
    assertThrows(IllegalArgumentException.class, () -> KEYS.sign("a cart", "tea"));
    assertThrows(IllegalArgumentException.class, () -> KEYS.encrypt("cart", "\ud800"));
  }
}
