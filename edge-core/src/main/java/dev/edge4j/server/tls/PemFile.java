package dev.edge4j.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and keys from PEM files. Throws {@link TlsException} with the file's name for all that is wrong with them. */
final class PemFile {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final long MAX_BYTES = 4 * 1024 * 1024;

  private PemFile() {}

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> found = new ArrayList<>();
    for (Pem block : blocks(file)) {
      if (block.label().equals(CERTIFICATE)) {
        found.add(certificate(file, block.bytes()));
      }
    }
    if (found.isEmpty()) {
      throw new TlsException(file + " has no certificate (expected: -----BEGIN CERTIFICATE-----)");
    }
    return found;
  }

  /** The first private key of a file, which is that of {@code owner} or refused elsewhere. */
  static PrivateKey key(Path file, PublicKey owner) {
    for (Pem block : blocks(file)) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(file, owner, block.bytes());
        }
        // Forms from before PKCS#8 (RFC 8017 A.1.2, RFC 5915): the algorithm is not in them, but it is in the certificate.
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
          byte[] algorithm = Der.firstOf(owner.getEncoded());
          return key(file, owner, Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.octets(block.bytes())));
        }
        case "ENCRYPTED PRIVATE KEY" -> throw new TlsException(file
            + ": the key is encrypted (expected: one that is not, as \"openssl pkey\" writes it, or a key store)");
        default -> {
        } // certificates, parameters
      }
    }
    throw new TlsException(file + " has no private key (expected: -----BEGIN PRIVATE KEY-----)");
  }

  private static PrivateKey key(Path file, PublicKey owner, byte[] pkcs8) {
    try {
      return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new TlsException(file + ": the key is damaged or not of the certificate's kind (expected: a key of kind "
          + owner.getAlgorithm() + ")", e);
    }
  }

  private static X509Certificate certificate(Path file, byte[] der) {
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new TlsException(file + ": a certificate is damaged: " + e.getMessage(), e);
    }
  }

  private static List<Pem> blocks(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new TlsException(file + " is too large for a PEM file (expected: at most " + MAX_BYTES + " bytes)");
      }
      return Pem.parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new TlsException(file + " is not there (expected: a PEM file)", e);
    } catch (IOException e) {
      throw new TlsException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new TlsException(file + " is damaged: " + e.getMessage() + " (expected: PEM, base64 between its lines)", e);
    }
  }
}
