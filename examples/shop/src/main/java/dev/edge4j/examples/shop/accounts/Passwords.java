package dev.edge4j.examples.shop.accounts;

import dev.edge4j.ServiceUnavailable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes by PBKDF2 with HMAC-SHA-512 (RFC 8018; 210,000 rounds, OWASP's figure of 2023), as text
 * {@code rounds:salt:hash}. They are reckoned on two platform threads, because they would hold a carrier of virtual
 * threads for a tenth of a second and stop whoever is only browsing. A few wait for the two; who comes when they do is refused at once with {@link ServiceUnavailable}.
 * Safe for use by many threads.
 */
public final class Passwords {
  /** The rounds that a shop in earnest uses. */
  public static final int ROUNDS = 210_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final int THREADS = 2;

  /** How many wait for the threads: as many as are reckoned while a visitor still waits. */
  private static final int WAITING = 16;
  private static final Duration LATER = Duration.ofSeconds(2);

  private final int rounds;
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(WAITING), Thread.ofPlatform().daemon().name("password-", 0).factory());
  private final String nobodys;

  public Passwords(int rounds) {
    this.rounds = rounds;
    this.nobodys = hash("nobody has this password");
  }

  /** A new hash of a password. */
  public String hash(String password) {
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder text = Base64.getEncoder().withoutPadding();
    return rounds + ":" + text.encodeToString(salt) + ":" + text.encodeToString(derive(password, salt, rounds));
  }

  /** True if the hash is of that password. */
  public boolean matches(String password, String hash) {
    String[] parts = hash.split(":", -1);
    byte[] salt = Base64.getDecoder().decode(parts[1]);
    byte[] expected = Base64.getDecoder().decode(parts[2]);
    return MessageDigest.isEqual(expected, derive(password, salt, Integer.parseInt(parts[0])));
  }

  /** Takes as long as {@link #matches} does, so that the time does not tell whether there is an account. */
  public void matchNobody(String password) {
    var _ = matches(password, nobodys);
  }

  private byte[] derive(String password, byte[] salt, int count) {
    var spec = new PBEKeySpec(password.toCharArray(), salt, count, HASH_BITS);
    try {
      return CompletableFuture.supplyAsync(() -> derive(spec), threads).join();
    } catch (RejectedExecutionException e) {
      throw new ServiceUnavailable("too many are logging in just now; try again in a moment", LATER);
    }
  }

  private static byte[] derive(PBEKeySpec spec) {
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA512", e);
    }
  }
}
