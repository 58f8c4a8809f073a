package dev.edge4j.state.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client shows to resume: the name of its session, which others may know, and 128 random bits, which are nowhere on this side but as a
 * hash.
 *
 * @param session in the order of opening
 */
public record Token(String session, String secret) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("([0-9a-f]{28})\\.([A-Za-z0-9_-]{22})");
  private static final int SECRET_BYTES = 16;

  /** A new one. */
  public static Token of(Instant now) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    String session = String.format("%012x%016x", now.toEpochMilli() & 0xffffffffffffL, RANDOM.nextLong());
    return new Token(session, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** What a client has sent; empty for what is no token. */
  public static Optional<Token> parse(String text) {
    var form = FORM.matcher(text);
    return form.matches() ? Optional.of(new Token(form.group(1), form.group(2))) : Optional.empty();
  }

  /** As the client has it. */
  public String text() {
    return session + "." + secret;
  }

  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Whether it is the one that hash was made of; takes the same time either way. */
  public boolean fits(SocketRow row) {
    return MessageDigest.isEqual(row.secret(), hash());
  }
}
