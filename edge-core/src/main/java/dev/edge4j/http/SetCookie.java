package dev.edge4j.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to set (RFC 6265bis section 4.1). Made by {@link #of}: {@code HttpOnly}, {@code SameSite=Lax}, {@code Path=/} and for
 * the session, unless a {@code with} says else.
 *
 * @param name a token
 * @param value characters that a cookie may hold; encode anything else first
 * @param maxAge how long the browser keeps it; absent means until it closes
 * @param httpOnly hidden from scripts
 * @param secure sent over TLS alone
 * @param sameSite when the browser sends it with requests of other sites
 */
public record SetCookie(String name, String value, Optional<Duration> maxAge, boolean httpOnly, boolean secure,
    SameSite sameSite) {
  /** The values of the {@code SameSite} attribute. */
  public enum SameSite {
    STRICT("Strict"), LAX("Lax");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  /** Refuses names and values that could start another attribute. */
  public SetCookie {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("cookie name: \"" + name + "\" (expected: a token)");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 127 || c == '"' || c == ',' || c == ';' || c == '\\') {
        throw new IllegalArgumentException("value of cookie " + name + " holds a character that cookies cannot carry");
      }
    }
  }

  public static SetCookie of(String name, String value) {
    return new SetCookie(name, value, Optional.empty(), true, false, SameSite.LAX);
  }

  /** A cookie that makes the browser forget the one of that name. */
  public static SetCookie delete(String name) {
    return of(name, "").withMaxAge(Duration.ZERO);
  }

  public SetCookie withMaxAge(Duration newMaxAge) {
    return new SetCookie(name, value, Optional.of(newMaxAge), httpOnly, secure, sameSite);
  }

  public SetCookie withSecure(boolean newSecure) {
    return new SetCookie(name, value, maxAge, httpOnly, newSecure, sameSite);
  }

  public SetCookie withSameSite(SameSite newSameSite) {
    return new SetCookie(name, value, maxAge, httpOnly, secure, newSameSite);
  }

  /** The value of the {@code Set-Cookie} field. */
  @Override
  public String toString() {
    return name + "=" + value + "; Path=/" + maxAge.map(age -> "; Max-Age=" + age.toSeconds()).orElse("")
        + (httpOnly ? "; HttpOnly" : "") + (secure ? "; Secure" : "") + "; SameSite=" + sameSite.text;
  }
}
