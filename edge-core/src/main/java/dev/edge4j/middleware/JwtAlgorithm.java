package dev.edge4j.middleware;

import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;

/** How a token may be signed (RFC 7518 section 3.1, RFC 8037). Who verifies names one; what a token's header says does not choose. */
public enum JwtAlgorithm {
  /** HMAC with a secret of 32 bytes or more. */
  HS256(Family.SECRET, 32),
  /** HMAC with a secret of 48 bytes or more. */
  HS384(Family.SECRET, 48),
  /** HMAC with a secret of 64 bytes or more. */
  HS512(Family.SECRET, 64),
  /** RSA, PKCS #1, with a key of 2048 bits or more. */
  RS256(Family.RSA, 2048), RS384(Family.RSA, 2048), RS512(Family.RSA, 2048),
  /** RSA with PSS, with a key of 2048 bits or more. */
  PS256(Family.RSA, 2048), PS384(Family.RSA, 2048), PS512(Family.RSA, 2048),
  /** ECDSA on P-256. */
  ES256(Family.EC, 256),
  /** ECDSA on P-384. */
  ES384(Family.EC, 384),
  /** ECDSA on P-521. */
  ES512(Family.EC, 521),
  /** Ed25519. */
  EDDSA(Family.EDDSA, 0);

  private enum Family {
    SECRET, RSA, EC, EDDSA
  }

  private final Family family;
  private final int size;

  JwtAlgorithm(Family family, int size) {
    this.family = family;
    this.size = size;
  }

  /** True if both ends have the same secret, which must never be one that anybody knows, a public key say. */
  boolean isSymmetric() {
    return family == Family.SECRET;
  }

  /** Bytes of a secret, at least; 0 for the others. */
  int secretBytes() {
    return isSymmetric() ? size : 0;
  }

  /** How long a signature is (RFC 7518 section 3.4, RFC 8037 section 3.1); 0 where the key says that. */
  int signatureBytes() {
    return switch (family) {
      case EC -> 2 * ((size + 7) / 8);
      case EDDSA -> 64;
      case SECRET -> size;
      case RSA -> 0;
    };
  }

  /** As it stands in a token's header. */
  String id() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /** Refuses a key of another kind, on another curve or too short: what it signs would not be what it seems. */
  void check(PublicKey key) {
    checkKey(key);
  }

  /** As {@link #check(PublicKey)}. */
  void check(PrivateKey key) {
    checkKey(key);
  }

  /** A point beside its curve gives its signatures away to who chose it (Antipa et al., "Validation of Elliptic Curve Public Keys", 2003). */
  private static boolean isOnCurve(Key key) {
    if (!(key instanceof ECPublicKey known)) {
      return true; // a private key has no point
    }
    EllipticCurve curve = known.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = known.getW().getAffineX();
    BigInteger y = known.getW().getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    return x.signum() >= 0 && y.signum() >= 0 && x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2)
        .subtract(right)
        .mod(p)
        .signum() == 0;
  }

  /** True for a key of the kind, the size and the curve that this algorithm wants. */
  boolean fits(Key key) {
    return switch (family) {
      case SECRET -> false;
      case RSA -> key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= size;
      case EC -> key instanceof ECKey ec && ec.getParams().getCurve().getField().getFieldSize() == size && isOnCurve(
          key);
      case EDDSA -> key instanceof EdECKey ed && ed.getParams().getName().equals("Ed25519");
    };
  }

  private void checkKey(Key key) {
    if (!fits(key)) {
      throw new IllegalArgumentException("key of " + key.getAlgorithm() + " for " + id() + " (expected: "
          + switch (family) {
            case SECRET -> "a secret, JwtAuth.hs256";
            case RSA -> "RSA of at least 2048 bits, RFC 7518 section 3.3";
            case EC -> "a key on the curve P-" + size + ", RFC 7518 section 3.4";
            case EDDSA -> "Ed25519, RFC 8037";
          } + ")");
    }
  }
}
