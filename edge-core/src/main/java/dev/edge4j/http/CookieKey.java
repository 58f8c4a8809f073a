package dev.edge4j.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What becomes of one secret: a short id, a key that signs, and one that keys of encrypted cookies come from, each by HKDF (RFC 5869) under a label
 * of its own.
 *
 * <p>Each encrypted cookie has its own key, from the cookie's name and the first half of 24 random bytes; the second half is the nonce. With
 * one key and a nonce of 12 random bytes AES-GCM must end after 2^32 cookies (NIST SP 800-38D section 8.3), which a busy site has in weeks. The
 * construction is that of XAES-256-GCM (C2SP), with HKDF in place of its own derivation.
 */
final class CookieKey {
  static final int MIN_SECRET_BYTES = 32;
  static final int ID_BYTES = 4;
  static final int MAC_BYTES = 32;
  static final int RANDOM_BYTES = 24;
  private static final int TAG_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final String LABEL = "edge4j cookie 1 ";

  private final byte[] id;
  private final SecretKey signing;
  private final SecretKey encrypting;

  CookieKey(byte[] secret) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException("secret for cookies: " + secret.length + " bytes (expected: at least "
          + MIN_SECRET_BYTES + " random bytes)");
    }
    try {
      KDF hkdf = hkdf();
      SecretKey root = hkdf.deriveKey("HKDF", HKDFParameterSpec.ofExtract().addIKM(secret).extractOnly());
      this.id = hkdf.deriveData(HKDFParameterSpec.expandOnly(root, label("id"), ID_BYTES));
      this.signing = hkdf.deriveKey("HmacSHA256", HKDFParameterSpec.expandOnly(root, label("sign"), KEY_BYTES));
      this.encrypting = hkdf.deriveKey("HKDF", HKDFParameterSpec.expandOnly(root, label("encrypt"), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  byte[] id() {
    return id.clone();
  }

  /** The id is no secret: it stands in every cookie. */
  boolean hasId(byte[] sealed, int offset) {
    return Arrays.equals(id, 0, ID_BYTES, sealed, offset, offset + ID_BYTES);
  }

  /** What signs those bytes as the value of that cookie and of no other. */
  byte[] mac(String name, byte[] bytes, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(signing);
      byte[] bound = utf8(name);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bound.length).flip());
      mac.update(bound);
      mac.update(bytes, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  boolean isSigned(String name, byte[] bytes, int length) {
    byte[] given = Arrays.copyOfRange(bytes, length, bytes.length);
    return MessageDigest.isEqual(mac(name, bytes, length), given);
  }

  /** Encrypts the rest of {@code plain} after its first {@code open} bytes, which are authenticated and left out. */
  byte[] encrypt(String name, byte[] plain, int open, byte[] random) {
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, name, random);
      cipher.updateAAD(plain, 0, open);
      return cipher.doFinal(plain, open, plain.length - open);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** Decrypts what stands behind the head and the random bytes; empty if anything about it is not as it was made. */
  Optional<byte[]> decrypt(String name, byte[] sealed, int open) {
    int start = open + RANDOM_BYTES;
    if (sealed.length < start + TAG_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOfRange(sealed, open, start));
      cipher.updateAAD(sealed, 0, open);
      return Optional.of(cipher.doFinal(sealed, start, sealed.length - start));
    } catch (GeneralSecurityException refused) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, String name, byte[] random) throws GeneralSecurityException {
    int half = RANDOM_BYTES / 2;
    byte[] bound = utf8(name);
    byte[] info = Arrays.copyOf(random, half + bound.length); // the half has a fixed length, so no two pairs are one
    System.arraycopy(bound, 0, info, half, bound.length);
    byte[] key = hkdf().deriveData(HKDFParameterSpec.expandOnly(encrypting, info, KEY_BYTES));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, random, half, half));
    return cipher;
  }

  private static KDF hkdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private static byte[] label(String purpose) {
    return utf8(LABEL + purpose);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("every Java 25 has HKDF, HMAC and AES-GCM", e);
  }
}
