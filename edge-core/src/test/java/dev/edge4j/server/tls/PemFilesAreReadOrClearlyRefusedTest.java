package dev.edge4j.server.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate and its key are read in each form that tools write; what cannot be used is named, and why. */
@Aside
class PemFilesAreReadOrClearlyRefusedTest {
  @TempDir static Path folder;
  static Authority authority;
  static Authority.Certified good;

  @BeforeAll
  static void certify() throws Exception {
    authority = new Authority(folder);
    good = authority.server("good");
  }

  private static void assertRefused(String reason, Tls tls) {
    var refused = assertThrows(TlsException.class, tls::reload);
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    assertTrue(!String.valueOf(refused.getMessage()).contains("\n"), "one line");
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @EnumSource(names = {"ecp256", "ecp384", "rsa2048", "ed25519"})
  void keysOfEachKindAreRead(CertificateBuilder.Algorithm algorithm) throws Exception {
    var certified = authority.certify("kind-" + algorithm, builder -> builder.algorithm(algorithm));
    assertDoesNotThrow(certified.tls()::reload);
  }

  @ParameterizedTest
  @EnumSource(names = {"ecp256", "ecp384", "rsa2048"})
  void keysInFormsFromBeforePkcs8AreRead(CertificateBuilder.Algorithm algorithm) throws Exception {
    var certified = authority.certify("old-" + algorithm, builder -> builder.algorithm(algorithm));
    byte[] inner = PrivateKeyInfo.getInstance(certified.bundle().getKeyPair().getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
    String label = algorithm.name().startsWith("rsa") ? "RSA PRIVATE KEY" : "EC PRIVATE KEY";
    Path key = file("old-" + algorithm + ".key", new Pem("EC PARAMETERS", new byte[]{6, 1, 0}).encode() + new Pem(label,
        inner).encode());
    assertDoesNotThrow(Tls.pem(certified.chain(), key)::reload);
  }

  @Test
  void certificateAndKeyMayBeOneFileWithWordsBetween() throws Exception {
    Path both = file("both.pem", "our server\n" + Files.readString(good.key()).replace("\n", "\r\n") + "\nand\n"
        + Files.readString(good.chain()));
    assertDoesNotThrow(Tls.pem(both, both)::reload);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused("nowhere.pem is not there", Tls.pem(folder.resolve("nowhere.pem"), good.key()));
    assertRefused("nowhere.key is not there", Tls.pem(good.chain(), folder.resolve("nowhere.key")));
    assertRefused("cannot be read", Tls.pem(folder, good.key()));
  }

  @Test
  void aFileWithoutACertificateOrKeyIsNamed() {
    assertRefused("good.key has no certificate", Tls.pem(good.key(), good.key()));
    assertRefused("good.pem has no private key", Tls.pem(good.chain(), good.chain()));
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    assertRefused("the key is not that of the certificate", Tls.pem(good.chain(), authority.server("other").key()));
  }

  @Test
  void aKeyOfAnotherKindIsRefused() throws Exception {
    var rsa = authority.certify("rsa", CertificateBuilder::rsa2048);
    assertRefused("not of the certificate's kind", Tls.pem(good.chain(), rsa.key()));
  }

  @Test
  void damageIsRefused() throws Exception {
    String chain = Files.readString(good.chain());
    assertRefused("damaged", Tls.pem(file("cut.pem", chain.replaceFirst("MI", "!!")), good.key()));
    assertRefused("a certificate is damaged", Tls.pem(file("bent.pem", new Pem("CERTIFICATE", new byte[]{48, 1, 2})
        .encode()), good.key()));
    assertRefused("the key is damaged", Tls.pem(good.chain(), file("bent.key", new Pem("PRIVATE KEY", new byte[]{48, 0})
        .encode())));
    assertRefused("has no certificate", Tls.pem(file("half.pem", chain.substring(0, chain.length() / 2)), good.key()));
  }

  @Test
  void anEncryptedKeyIsRefusedWithAWayOut() throws Exception {
    Path key = file("encrypted.key", new Pem("ENCRYPTED PRIVATE KEY", new byte[]{48, 0}).encode());
    assertRefused("openssl pkey", Tls.pem(good.chain(), key));
  }

  @Test
  void aKeyStoreIsRead() throws Exception {
    char[] password = "changeit".toCharArray();
    Path file = folder.resolve("store.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      good.bundle().toKeyStore(password).store(out, password);
    }
    assertDoesNotThrow(Tls.keyStore(file, password)::reload);
    assertDoesNotThrow(Tls.keyStore(good.bundle().toKeyStore(password), password)::reload);
    assertRefused("store.p12 cannot be read", Tls.keyStore(file, "wrong".toCharArray()));
    assertRefused("is not a key store", Tls.keyStore(good.chain(), password));
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    assertRefused("has no private key", Tls.keyStore(empty, password));
  }

  @Test
  void trustThatIsMissingIsNamed() {
    assertRefused("nobody.pem is not there", good.tls()
        .withClientCertificates(ClientCertificates.required(folder.resolve("nobody.pem"))));
    assertRefused("good.key has no certificate", good.tls()
        .withClientCertificates(ClientCertificates.optional(good.key())));
  }

  @Test
  void blocksSurviveBeingWrittenAndRead() {
    var block = new Pem("CERTIFICATE", new byte[200]);
    List<Pem> read = Pem.parse(block.encode());
    assertEquals("CERTIFICATE", read.getFirst().label());
    assertEquals(200, read.getFirst().bytes().length);
  }
}
