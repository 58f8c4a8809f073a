package dev.edge4j.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie to set (RFC 6265bis section 4.1). Made by {@link #of}: {@code HttpOnly}, {@code SameSite=Lax}, {@code Path=/} and for
 * the session, unless a {@code with} says else.
 *
 * <p>What browsers would drop without a word is refused here: a prefix ({@code __Secure-}, {@code __Host-}, {@code __Http-},
 * {@code __Host-Http-}) whose promise the attributes break, {@code SameSite=None} or {@code Partitioned} without {@code Secure}, a lifetime over
 * 400 days, more than 4096 bytes.
 *
 * @param name a token
 * @param value characters that a cookie may hold; {@link #ofText} encodes anything else
 * @param path the folder that it is sent to
 * @param domain the domain whose hosts it is sent to; absent means this host alone
 * @param maxAge how long the browser keeps it; absent means until it closes
 * @param httpOnly hidden from scripts
 * @param secure sent over TLS alone
 * @param sameSite when the browser sends it with requests of other sites
 * @param partitioned kept apart for each site that this one is embedded in (CHIPS)
 * @param priority which cookies Chromium evicts first
 */
public record SetCookie(String name, String value, String path, Optional<String> domain, Optional<Duration> maxAge,
    boolean httpOnly, boolean secure, SameSite sameSite, boolean partitioned, Optional<Priority> priority) {
  /** The values of the {@code SameSite} attribute. */
  public enum SameSite {
    STRICT("Strict"), LAX("Lax"), NONE("None");

    private final String text;

    SameSite(String text) {
      this.text = text;
    }
  }

  /** The values of Chromium's {@code Priority} attribute. */
  public enum Priority {
    LOW("Low"), MEDIUM("Medium"), HIGH("High");

    private final String text;

    Priority(String text) {
      this.text = text;
    }
  }

  /** RFC 6265bis section 5.5: browsers cut longer ones. */
  public static final Duration LONGEST = Duration.ofDays(400);

  private static final int MAX_PAIR_BYTES = 4096;
  private static final int MAX_ATTRIBUTE_BYTES = 1024;

  /** Refuses what could start another attribute, and what browsers would not keep. */
  public SetCookie {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("cookie name: \"" + name + "\" (expected: a token)");
    }
    if (!value.chars().allMatch(SetCookie::isOctet)) {
      throw new IllegalArgumentException("value of cookie " + name
          + " holds a character that cookies cannot carry (expected: visible ASCII without quotation marks, commas, semicolons, backslashes; SetCookie.ofText encodes them)");
    }
    if (name.length() + value.length() > MAX_PAIR_BYTES) {
      throw new IllegalArgumentException("cookie " + name + ": " + (name.length() + value.length())
          + " bytes (expected: name and value of at most " + MAX_PAIR_BYTES + ")");
    }
    checkAttribute(name, "Path", path);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("Path of cookie " + name + ": " + path + " (expected: a slash at its start)");
    }
    domain.ifPresent(given -> checkDomain(name, given));
    if (maxAge.filter(age -> age.isNegative() || age.compareTo(LONGEST) > 0).isPresent()) {
      throw new IllegalArgumentException("Max-Age of cookie " + name + ": " + maxAge.get()
          + " (expected: 0 to 400 days)");
    }
    if (maxAge.filter(age -> age.isPositive() && age.toSeconds() == 0).isPresent()) {
      throw new IllegalArgumentException("Max-Age of cookie " + name + ": " + maxAge.get()
          + " (expected: a second at least; 0 makes the browser forget it)");
    }
    if (!secure && (sameSite == SameSite.NONE || partitioned)) {
      throw new IllegalArgumentException("cookie " + name + ": "
          + (partitioned ? "Partitioned" : "SameSite=None") + " without Secure (browsers drop such a cookie)");
    }
    checkPrefix(name, path, domain, httpOnly, secure);
  }

  /** Section 4.1.3; the prefixes count however they are spelled. */
  private static void checkPrefix(String name, String path, Optional<String> domain, boolean httpOnly,
      boolean secure) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean host = lower.startsWith("__host-");
    boolean http = lower.startsWith("__http-") || lower.startsWith("__host-http-");
    if ((isSecurePrefix(lower) && !secure) || (host && (domain.isPresent() || !path.equals("/"))) || (http
        && !httpOnly)) {
      throw new IllegalArgumentException("cookie " + name + " breaks the promise of its prefix (expected: Secure"
          + (host ? ", Path=/, no Domain" : "") + (http ? ", HttpOnly" : "") + "; RFC 6265bis section 4.1.3)");
    }
  }

  private static boolean isSecurePrefix(String lower) {
    return lower.startsWith("__secure-") || lower.startsWith("__host-") || lower.startsWith("__http-");
  }

  private static void checkDomain(String name, String domain) {
    checkAttribute(name, "Domain", domain);
    if (!domain.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
      throw new IllegalArgumentException("Domain of cookie " + name + ": \"" + domain
          + "\" (expected: a domain's name, without a dot in front)");
    }
  }

  private static void checkAttribute(String name, String attribute, String value) {
    if (value.length() > MAX_ATTRIBUTE_BYTES || !value.chars().allMatch(c -> c > ' ' && c < 127 && c != ';')) {
      throw new IllegalArgumentException(attribute + " of cookie " + name + ": \"" + value
          + "\" (expected: at most 1024 visible ASCII characters without a semicolon)");
    }
  }

  private static boolean isOctet(int c) {
    return c > ' ' && c < 127 && c != '"' && c != ',' && c != ';' && c != '\\';
  }

  /** A cookie with the defaults; {@code Secure} too where the name's prefix promises it. */
  public static SetCookie of(String name, String value) {
    return new SetCookie(name, value, "/", Optional.empty(), Optional.empty(), true, isSecurePrefix(name.toLowerCase(
        Locale.ROOT)), SameSite.LAX, false, Optional.empty());
  }

  /** As {@link #of}, with any text as value, percent-encoded as UTF-8: {@link Cookies#readText} has it back. */
  public static SetCookie ofText(String name, String text) {
    return of(name, URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** A cookie that makes the browser forget the one of that name; one with a path or a domain needs the same here. */
  public static SetCookie delete(String name) {
    return of(name, "").withMaxAge(Duration.ZERO);
  }

  /** The same cookie with another value, of characters that a cookie may hold. */
  public SetCookie withValue(String newValue) {
    return new SetCookie(name, newValue, path, domain, maxAge, httpOnly, secure, sameSite, partitioned, priority);
  }

  public SetCookie withPath(String newPath) {
    return new SetCookie(name, value, newPath, domain, maxAge, httpOnly, secure, sameSite, partitioned, priority);
  }

  /** For all hosts of that domain, not for this host alone. */
  public SetCookie withDomain(String newDomain) {
    return new SetCookie(name, value, path, Optional.of(newDomain), maxAge, httpOnly, secure, sameSite, partitioned,
        priority);
  }

  /** Kept for so long, at most {@link #LONGEST}, not for the session. */
  public SetCookie withMaxAge(Duration newMaxAge) {
    return new SetCookie(name, value, path, domain, Optional.of(newMaxAge), httpOnly, secure, sameSite, partitioned,
        priority);
  }

  /** Hidden from scripts or not. */
  public SetCookie withHttpOnly(boolean newHttpOnly) {
    return new SetCookie(name, value, path, domain, maxAge, newHttpOnly, secure, sameSite, partitioned, priority);
  }

  public SetCookie withSecure(boolean newSecure) {
    return new SetCookie(name, value, path, domain, maxAge, httpOnly, newSecure, sameSite, partitioned, priority);
  }

  /** {@link SameSite#NONE} makes it {@code Secure}, for there is no other way to keep it. */
  public SetCookie withSameSite(SameSite newSameSite) {
    return new SetCookie(name, value, path, domain, maxAge, httpOnly, secure || newSameSite == SameSite.NONE,
        newSameSite, partitioned, priority);
  }

  /** Kept apart for each embedding site, which makes it {@code Secure} too. */
  public SetCookie withPartitioned() {
    return new SetCookie(name, value, path, domain, maxAge, httpOnly, true, sameSite, true, priority);
  }

  public SetCookie withPriority(Priority newPriority) {
    return new SetCookie(name, value, path, domain, maxAge, httpOnly, secure, sameSite, partitioned, Optional.of(
        newPriority));
  }

  /** The value of the {@code Set-Cookie} field. */
  @Override
  public String toString() {
    return name + "=" + value + "; Path=" + path + domain.map(given -> "; Domain=" + given).orElse("") + maxAge.map(
        age -> "; Max-Age=" + age.toSeconds()).orElse("") + (httpOnly ? "; HttpOnly" : "") + (secure ? "; Secure" : "")
        + "; SameSite=" + sameSite.text + (partitioned ? "; Partitioned" : "") + priority.map(given -> "; Priority="
            + given.text).orElse("");
  }
}
