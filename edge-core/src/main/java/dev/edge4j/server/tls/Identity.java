package dev.edge4j.server.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A certificate with the chain to its authority, and the key to it.
 *
 * @param chain the certificate first
 * @param key its private key
 * @param names the DNS names it holds for, in lower case; {@code *.example.org} for all one label below
 */
record Identity(List<X509Certificate> chain, PrivateKey key, Set<String> names) {
  private static final int DNS_NAME = 2;
  private static final byte[] PROBE = {1, 2, 3, 4};

  /** Checks that key and certificate belong together. */
  static Identity of(List<X509Certificate> chain, PrivateKey key, String where) {
    X509Certificate leaf = chain.getFirst();
    try {
      if (!belongs(key, leaf)) {
        throw new TlsException(where + ": the key is not that of the certificate for \"" + leaf
            .getSubjectX500Principal()
            + "\" (expected: the key the certificate was made for, and that certificate first in its file)");
      }
      return new Identity(List.copyOf(chain), key, dnsNames(leaf));
    } catch (GeneralSecurityException e) {
      throw new TlsException(where + ": " + e.getMessage(), e);
    }
  }

  /** True if the certificate holds for that host, given in lower case (RFC 6125 section 6.4.3: a star is one whole label). */
  boolean holdsFor(String host) {
    int dot = host.indexOf('.');
    return names.contains(host) || (dot > 0 && names.contains("*" + host.substring(dot)));
  }

  /** Why the certificate should not be used now, if it should not. */
  Optional<String> outOfDate(Instant now) {
    X509Certificate leaf = chain.getFirst();
    if (now.isAfter(leaf.getNotAfter().toInstant())) {
      return Optional.of("expired on " + leaf.getNotAfter().toInstant());
    }
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      return Optional.of("does not hold before " + leaf.getNotBefore().toInstant());
    }
    return Optional.empty();
  }

  /** What one signs the other verifies: true of all kinds of keys. */
  private static boolean belongs(PrivateKey key, X509Certificate leaf) throws GeneralSecurityException {
    String kind = key.getAlgorithm();
    if (!kind.equals(leaf.getPublicKey().getAlgorithm())) {
      return false;
    }
    Signature signature = Signature.getInstance(switch (kind) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> kind;
    });
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(leaf.getPublicKey());
    signature.update(PROBE);
    return signature.verify(signed);
  }

  private static Set<String> dnsNames(X509Certificate leaf) throws CertificateParsingException {
    Set<String> names = new TreeSet<>();
    for (List<?> name : Optional.ofNullable(leaf.getSubjectAlternativeNames())
        .orElse((Collection<List<?>>) List
            .<List<?>>of())) {
      if (name.get(0) instanceof Integer kind && kind == DNS_NAME) {
        names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
