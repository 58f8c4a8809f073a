package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.AddressBlock;
import dev.edge4j.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is denied stays out, and where somebody is allowed so does everybody else, however an address is spelled. */
class IpRulesKeepOutWhomTheyShouldTest {
  private static int status(IpRules rules, String peer) {
    var app = new App();
    app.use(rules);
    app.get("/", c -> c.text("in"));
    return app.request(Request.get("/").withPeer(AddressBlock.parseAddress(peer).orElseThrow())).status();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.12,200", "10.0.0.13,403", "::ffff:10.0.0.13,403", "192.0.2.1,403", "2001:db8::1,200",
      "2001:db8:0:0::1,200", "2001:db9::1,403"})
  void cve202647674BySpelling(String peer, int expected) {
    assertEquals(expected, status(IpRules.allow("10.0.0.0/8", "2001:db8::/32").deny("10.0.0.13"), peer));
  }

  @Test
  void deniedAloneLeavesTheRest() {
    IpRules rules = IpRules.denying("::1").deny("127.0.0.0/8");
    assertEquals(403, status(rules, "::1"));
    assertEquals(403, status(rules, "127.9.9.9"));
    assertEquals(200, status(rules, "192.0.2.1"));
  }

  @Test
  void badRulesAreRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> IpRules.allow());
    assertThrows(IllegalArgumentException.class, () -> IpRules.allow("10.0.0.1/8"));
    assertThrows(IllegalArgumentException.class, () -> IpRules.denying("010.0.0.1"));
  }
}
