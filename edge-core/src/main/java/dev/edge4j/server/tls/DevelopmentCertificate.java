package dev.edge4j.server.tls;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate by nobody but itself for {@code localhost}, {@code 127.0.0.1} and {@code ::1}: X.509 (RFC 5280) with a key on P-256. It
 * is kept in a file, so that a browser that was told once to accept it still does tomorrow.
 */
final class DevelopmentCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(DevelopmentCertificate.class);
  private static final String NAME = "localhost.pem";
  private static final String LOCK = "localhost.lock";
  private static final ReentrantLock MAKING = new ReentrantLock();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
      .withZone(ZoneOffset.UTC);

  /** The longest life that browsers grant (CA/Browser Forum, before 2020; Apple still, to what its user trusts). */
  private static final Duration LIFE = Duration.ofDays(825);
  private static final Duration RENEWED_BEFORE = Duration.ofDays(7);

  private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  private static final byte[] TRUE = {1, 1, (byte) 0xff};

  private DevelopmentCertificate() {}

  static Path file(Path folder) {
    return folder.resolve(NAME);
  }

  /**
   * The file with certificate and key, made unless there is one that holds for a week to come. Processes that start at once get the
   * same one.
   */
  static Path in(Path folder) {
    Path file = file(folder);
    if (!isUsable(file)) {
      try {
        Files.createDirectories(folder);
        makeOnce(file);
      } catch (IOException | GeneralSecurityException e) {
        throw new TlsException("the development certificate " + file + " cannot be made: " + e.getMessage(), e);
      }
    }
    return file;
  }

  /** One maker at a time: who makes a second one replaces what the first already serves, and clients then trust the wrong one. */
  private static void makeOnce(Path file) throws IOException, GeneralSecurityException {
    MAKING.lock(); // a file lock is the process's own: it does not keep two threads apart
    try (FileChannel channel = FileChannel.open(file.resolveSibling(LOCK), CREATE, WRITE)) {
      channel.lock(); // released as the channel closes
      if (!isUsable(file)) {
        write(file, make(Instant.now()));
        LOG.info("made a certificate for localhost in {}; browsers will ask once whether to accept it", file);
      }
    } finally {
      MAKING.unlock();
    }
  }

  private static boolean isUsable(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      Identity kept = new Source.PemFiles(file, file).load().getFirst();
      return kept.outOfDate(Instant.now().plus(RENEWED_BEFORE)).isEmpty();
    } catch (TlsException e) {
      LOG.warn("the development certificate is of no use and made anew", e);
      return false;
    }
  }

  /** Certificate and key as PEM. */
  static String make(Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] body = body(pair, now);
    Signature signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(body);
    byte[] certificate = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signer.sign()));
    return new Pem("CERTIFICATE", certificate).encode()
        + new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).encode();
  }

  /** RFC 5280 section 4.1: the part of a certificate that is signed. */
  private static byte[] body(KeyPair pair, Instant now) {
    byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("localhost"))));
    Instant from = now.minus(Duration.ofHours(1)); // clocks differ
    byte[] validity = Der.sequence(Der.time(TIME.format(from)), Der.time(TIME.format(from.plus(LIFE))));
    // The top bit off keeps the number positive, the next one on keeps it from being short.
    BigInteger serial = new BigInteger(126, new SecureRandom()).setBit(126);
    return Der.sequence(Der.explicit(0, Der.integer(BigInteger.TWO)), Der.integer(serial), ECDSA_WITH_SHA256, name,
        validity, name, pair.getPublic().getEncoded(), Der.explicit(3, extensions()));
  }

  private static byte[] extensions() {
    byte[] names = Der.sequence(Der.implicit(2, "localhost".getBytes(StandardCharsets.US_ASCII)),
        Der.implicit(7, new byte[]{127, 0, 0, 1}),
        Der.implicit(7, new byte[]{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    return Der.sequence(
        Der.sequence(Der.oid("2.5.29.17"), Der.octets(names)),
        Der.sequence(Der.oid("2.5.29.19"), TRUE, Der.octets(Der.sequence())), // no authority
        Der.sequence(Der.oid("2.5.29.15"), TRUE, Der.octets(Der.bits(7, 0x80))), // digitalSignature
        Der.sequence(Der.oid("2.5.29.37"), Der.octets(Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))))); // serverAuth
  }

  /** Whole or not at all, and readable by its owner alone. */
  private static void write(Path file, String pem) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    FileAttribute<?>[] owner = posix
        ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
    Path part = Files.createTempFile(folder, "localhost", ".part", owner);
    try {
      Files.writeString(part, pem);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
