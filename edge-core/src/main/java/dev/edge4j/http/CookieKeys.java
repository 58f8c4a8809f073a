package dev.edge4j.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Signs cookies (HMAC-SHA-256), so that their browser can read but not change them, or encrypts them (AES-256-GCM), so that it can do
 * neither. Either way a value is good under the cookie's own name alone, and as the kind that it was made as. The newest secret signs and
 * encrypts, older ones are still taken: to rotate, put a new one in front, and leave the last one out when the cookies it made are over.
 *
 * <p>What cannot be verified is empty, and nobody learns why: changed, of another name, of an unknown secret, over. A good value can still
 * be sent again by who has it: what must not be repeated needs an end, or a store. Made values are base64url and hold the length of what
 * they seal in the open.
 *
 * <p>Immutable, safe for use by many threads; nothing here waits. How values are made: docs/decisions/0021-sealed-cookies.md.
 */
public final class CookieKeys {
  private static final byte SIGNED = 1;
  private static final byte ENCRYPTED = 2;
  private static final int HEAD_BYTES = 1 + CookieKey.ID_BYTES;
  private static final long NO_END = Long.MAX_VALUE;
  private static final int MAX_PAIR_BYTES = 4096;

  private final List<CookieKey> keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  private CookieKeys(List<CookieKey> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Seals by the first secret and takes what any of them has sealed; each has at least 32 bytes, from a random generator. */
  public static CookieKeys of(byte[] newest, byte[]... older) {
    var secrets = new ArrayList<>(List.of(newest));
    for (byte[] secret : older) {
      if (secrets.stream().anyMatch(other -> Arrays.equals(other, secret))) {
        throw new IllegalArgumentException(
            "a secret for cookies was given twice (expected: another one for each rotation)");
      }
      secrets.add(secret);
    }
    return new CookieKeys(secrets.stream().map(CookieKey::new).toList(), InstantSource.system());
  }

  /** Takes the time that lifetimes go by from there, not from the machine: {@code app.time()}, or a test's clock. */
  public CookieKeys clock(InstantSource newClock) {
    return new CookieKeys(keys, newClock);
  }

  /** The cookie with its value signed. If it has a {@code Max-Age}, the value is over then too, whatever the browser does. */
  public SetCookie signed(SetCookie cookie) {
    return cookie.withValue(seal(SIGNED, cookie.name(), cookie.value(), end(cookie.maxAge())));
  }

  /** As {@link #signed(SetCookie)}, encrypted. */
  public SetCookie encrypted(SetCookie cookie) {
    return cookie.withValue(seal(ENCRYPTED, cookie.name(), cookie.value(), end(cookie.maxAge())));
  }

  /** What {@link #signed(SetCookie)} was given, from the first cookie of that name. */
  public Optional<String> readSigned(Headers headers, String name) {
    return Cookies.read(headers, name).flatMap(value -> verify(name, value));
  }

  /** What {@link #encrypted(SetCookie)} was given, from the first cookie of that name. */
  public Optional<String> readEncrypted(Headers headers, String name) {
    return Cookies.read(headers, name).flatMap(value -> decrypt(name, value));
  }

  /**
   * Any text as the signed value of that cookie, without an end. {@link IllegalArgumentException} if name and value would be over 4096
   * bytes, which browsers do not keep, or if the text holds half of a surrogate pair.
   */
  public String sign(String name, String text) {
    return seal(SIGNED, name, text, NO_END);
  }

  /** As {@link #sign(String, String)}, good for so long. */
  public String sign(String name, String text, Duration lifetime) {
    return seal(SIGNED, name, text, end(Optional.of(lifetime)));
  }

  /** The text that was signed as that cookie. */
  public Optional<String> verify(String name, String value) {
    return open(SIGNED, name, value);
  }

  /** As {@link #sign(String, String)}, but nobody without the secret can read it. */
  public String encrypt(String name, String text) {
    return seal(ENCRYPTED, name, text, NO_END);
  }

  /** As {@link #encrypt(String, String)}, good for so long. */
  public String encrypt(String name, String text, Duration lifetime) {
    return seal(ENCRYPTED, name, text, end(Optional.of(lifetime)));
  }

  /** The text that was encrypted as that cookie. */
  public Optional<String> decrypt(String name, String value) {
    return open(ENCRYPTED, name, value);
  }

  private long end(Optional<Duration> lifetime) {
    return lifetime.map(given -> clock.instant().plus(given).toEpochMilli()).orElse(NO_END);
  }

  /** Kind, key id, [random bytes], end, text, [signature]. */
  private String seal(byte kind, String name, String text, long end) {
    byte[] utf8 = encode(name, text);
    CookieKey key = keys.getFirst();
    byte[] plain = ByteBuffer.allocate(HEAD_BYTES + Long.BYTES + utf8.length)
        .put(kind)
        .put(key.id())
        .putLong(end)
        .put(utf8)
        .array();
    String value = base64(kind == SIGNED ? join(plain, key.mac(name, plain, plain.length))
        : encrypted(key, name,
            plain));
    if (name.length() + value.length() > MAX_PAIR_BYTES) {
      throw new IllegalArgumentException("cookie " + name + ": " + (name.length() + value.length())
          + " bytes once it is sealed (expected: name and value of at most " + MAX_PAIR_BYTES + ")");
    }
    return value;
  }

  private byte[] encrypted(CookieKey key, String name, byte[] plain) {
    var bytes = new byte[CookieKey.RANDOM_BYTES];
    random.nextBytes(bytes);
    byte[] hidden = key.encrypt(name, plain, HEAD_BYTES, bytes);
    return join(join(Arrays.copyOf(plain, HEAD_BYTES), bytes), hidden);
  }

  private Optional<String> open(byte kind, String name, String value) {
    byte[] sealed = unbase64(value);
    if (sealed.length < HEAD_BYTES || sealed[0] != kind) {
      return Optional.empty();
    }
    return keys.stream()
        .filter(key -> key.hasId(sealed, 1))
        .flatMap(key -> (kind == SIGNED ? verified(key, name, sealed) : key.decrypt(name, sealed, HEAD_BYTES)).stream())
        .findFirst()
        .flatMap(this::text);
  }

  /** End and text of a signed value. */
  private static Optional<byte[]> verified(CookieKey key, String name, byte[] sealed) {
    int length = sealed.length - CookieKey.MAC_BYTES;
    return length >= HEAD_BYTES + Long.BYTES && key.isSigned(name, sealed, length)
        ? Optional.of(Arrays.copyOfRange(sealed, HEAD_BYTES, length))
        : Optional.empty();
  }

  private Optional<String> text(byte[] endAndText) {
    if (endAndText.length < Long.BYTES) {
      return Optional.empty();
    }
    long end = ByteBuffer.wrap(endAndText).getLong();
    return end == NO_END || clock.instant().isBefore(Instant.ofEpochMilli(end))
        ? Optional.of(new String(endAndText, Long.BYTES, endAndText.length - Long.BYTES, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** Refuses a name that no cookie has, and a text that would not come back as it was. */
  private static byte[] encode(String name, String text) {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("cookie name: \"" + name + "\" (expected: a token)");
    }
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("value of cookie " + name + " (expected: text without half surrogate pairs)",
          e);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes, if this is the one spelling that they have; none for anything else, and for what is too long to be ours. */
  private static byte[] unbase64(String value) {
    if (value.length() <= MAX_PAIR_BYTES) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(value);
        return base64(bytes).equals(value) ? bytes : new byte[0];
      } catch (IllegalArgumentException _) {
        return new byte[0];
      }
    }
    return new byte[0];
  }
}
