package dev.edge4j.support;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** RSA keys of 2,048 bits, made once for all tests of a JVM: to make one takes seconds where a JVM does not optimize. */
public final class RsaPairs {
  /** Whose tokens are good. */
  public static final KeyPair OURS = make(2_048);

  /** Whose tokens are not. */
  public static final KeyPair EVES = make(2_048);

  private RsaPairs() {}

  /** A new pair of that many bits. */
  public static KeyPair make(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }
}
