package dev.edge4j.server.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An exact name comes before a wildcard, a wildcard before the first, which is for everybody else (RFC 6125 section 6.4.3). */
class TheCertificateFitsTheHostTest {
  @TempDir static Path folder;
  static HostKeys keys;

  @BeforeAll
  static void certify() throws Exception {
    var authority = new Authority(folder);
    List<Identity> identities = new ArrayList<>();
    for (String[] hosts : new String[][]{{"first.test"}, {"*.shop.test", "shop.test"}, {"www.shop.test", "B.Test"},
        {"*.a.shop.test"}}) {
      var certified = authority.server("host-" + identities.size(), hosts);
      identities.addAll(new Source.PemFiles(certified.chain(), certified.key()).load());
    }
    keys = new HostKeys(identities);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "none", value = {
      "first.test, host-0", "shop.test, host-1", "api.shop.test, host-1", "www.shop.test, host-2", "b.test, host-2",
      "x.a.shop.test, host-3", "a.shop.test, host-1", "x.y.shop.test, host-0", "x.first.test, host-0",
      "shop.test.evil.test, host-0", "test, host-0", ".shop.test, host-0", "'', host-0", "none, host-0"})
  void theCertificateIsChosenByTheHost(String host, String expected) {
    var chosen = keys.forHost(Optional.ofNullable(host)).getFirst().chain().getFirst();
    assertEquals("CN=" + expected, chosen.getSubjectX500Principal().getName());
  }
}
