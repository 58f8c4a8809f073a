package dev.edge4j.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate for trying things out is made once, is right for the local names, and belongs to its owner. */
@Aside
class DevelopmentCertificateLastsTest {
  @TempDir Path folder;

  private X509Certificate certificate() {
    return PemFile.certificates(DevelopmentCertificate.in(folder)).getFirst();
  }

  @Test
  void itIsForTheLocalNames() throws Exception {
    X509Certificate made = certificate();
    made.verify(made.getPublicKey());
    Set<Object> names = made.getSubjectAlternativeNames().stream().map(name -> name.get(1)).collect(Collectors.toSet());
    assertEquals(Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), names);
    assertEquals(-1, made.getBasicConstraints(), "no authority");
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), made.getExtendedKeyUsage());
    assertArrayEquals(new boolean[]{true, false, false, false, false, false, false, false, false}, made.getKeyUsage());
    assertEquals(3, made.getVersion());
    assertTrue(Duration.between(made.getNotBefore().toInstant(), made.getNotAfter().toInstant()).toDays() <= 825);
    made.checkValidity();
  }

  @Test
  void itIsKept() {
    assertEquals(certificate(), certificate());
  }

  @Test
  void nobodyElseMayReadIt() throws Exception {
    certificate();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(DevelopmentCertificate.file(
        folder))));
    try (var files = Files.list(folder)) {
      assertEquals(Set.of("localhost.pem", "localhost.lock"), files.map(file -> file.getFileName().toString())
          .collect(
              Collectors.toSet()), "no half of it is left beside it");
    }
  }

  @Test
  void processesThatStartAtOnceShareOne() throws Exception {
    List<Process> starting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starting.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System
          .getProperty("java.class.path"), Shown.class.getName(), folder.toString())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start());
    }
    Set<String> shown = new HashSet<>();
    for (Process each : starting) {
      shown.add(new String(each.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(0, each.waitFor());
    }
    assertEquals(Set.of(Files.readString(DevelopmentCertificate.file(folder))), shown);
  }

  /** What a process that starts would serve. */
  static final class Shown {
    private Shown() {}

    public static void main(String[] args) throws IOException {
      System.out.print(Files.readString(DevelopmentCertificate.in(Path.of(args[0]))));
    }
  }

  @Test
  void oneThatIsDamagedIsMadeAnew() throws Exception {
    X509Certificate first = certificate();
    Files.writeString(DevelopmentCertificate.file(folder), "nothing");
    assertNotEquals(first, certificate());
  }

  @Test
  void oneThatExpiresIsMadeAnew() throws Exception {
    Files.writeString(DevelopmentCertificate.file(folder), DevelopmentCertificate.make(Instant.now()
        .minus(Duration.ofDays(820))));
    Identity old = new Source.PemFiles(DevelopmentCertificate.file(folder), DevelopmentCertificate.file(folder)).load()
        .getFirst();
    assertEquals(Optional.empty(), old.outOfDate(Instant.now()));
    assertNotEquals(old.chain().getFirst(), certificate());
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    var refused = assertThrows(TlsException.class, () -> DevelopmentCertificate.in(file.resolve("folder")));
    assertTrue(String.valueOf(refused.getMessage()).contains("cannot be made"), refused::getMessage);
  }
}
