package dev.edge4j.examples.shop.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), of bytes, or of text as UTF-8. Pure. */
public final class Sha256 {
  private Sha256() {}

  /** The 32 bytes of it. */
  public static byte[] of(String text) {
    return of(text.getBytes(UTF_8));
  }

  private static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The same as 64 hexadecimal digits. */
  public static String hex(String text) {
    return hex(text.getBytes(UTF_8));
  }

  /** That of bytes, as 64 hexadecimal digits. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes));
  }
}
