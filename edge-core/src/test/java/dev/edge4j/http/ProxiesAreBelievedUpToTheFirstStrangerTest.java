package dev.edge4j.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.pkitesting.CertificateBuilder;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose request it is, is read from the right, and nothing counts that somebody wrote who is not trusted. */
class ProxiesAreBelievedUpToTheFirstStrangerTest {
  private static final String PROXY = "10.0.0.1";
  private static final TrustedProxies TEN = TrustedProxies.of("10.0.0.0/8", "fd00::/8");

  private static InetAddress address(String text) {
    return AddressBlock.parseAddress(text).orElseThrow();
  }

  private static Request from(String peer, String... fields) {
    return Request.get("/").withHeaders(Headers.of(fields)).withPeer(address(peer));
  }

  private static String client(TrustedProxies proxies, Request request) {
    return proxies.decide(request).peer().getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      // one proxy, and several
      "203.0.113.9 | 203.0.113.9", "203.0.113.9, 10.0.0.2 | 203.0.113.9", "203.0.113.9,10.0.0.3 , fd00::7| 203.0.113.9",
      // what a client wrote itself stands left of the first stranger
      "192.0.2.66, 203.0.113.9 | 203.0.113.9", "10.0.0.9, 203.0.113.9, 10.0.0.2 | 203.0.113.9",
      "127.0.0.1, 203.0.113.9 | 203.0.113.9",
      // all are proxies: the outermost asked itself
      "10.0.0.3, 10.0.0.2 | 10.0.0.3",
      // spellings
      "203.0.113.9:4711 | 203.0.113.9", "2001:db8::9 | 2001:db8:0:0:0:0:0:9", "[2001:db8::9] | 2001:db8:0:0:0:0:0:9",
      "[2001:db8::9]:4711 | 2001:db8:0:0:0:0:0:9", "::ffff:203.0.113.9 | 203.0.113.9",
      "203.0.113.9, ::ffff:10.0.0.2 | 203.0.113.9", "203.0.113.9, [fd00::7]:80 | 203.0.113.9",
      // what is none ends the walk at the last proxy that was named
      "unknown | 10.0.0.1", "'' | 10.0.0.1", "203.0.113.9, , 10.0.0.2 | 10.0.0.2",
      "203.0.113.9, unknown, 10.0.0.2 | 10.0.0.2",
      "203.0.113.9, | 10.0.0.1", "010.0.0.9 | 10.0.0.1", "0x7f.0.0.1 | 10.0.0.1", "3405803785 | 10.0.0.1",
      "203.0.113 | 10.0.0.1", "203.0.113.9:x | 10.0.0.1", "203.0.113.9:123456 | 10.0.0.1", "[203.0.113.9] | 10.0.0.1",
      "[2001:db8::9 | 10.0.0.1", "2001:db8::9] | 10.0.0.1", "[2001:db8::9]x | 10.0.0.1", "fe80::1%eth0 | 10.0.0.1",
      "203.0.113.9%0 | 10.0.0.1", "localhost | 10.0.0.1", "\"203.0.113.9\" | 10.0.0.1",
      "203.0.113.9 10.0.0.2 | 10.0.0.1",
      "203.0.113.9;10.0.0.2 | 10.0.0.1", "[] | 10.0.0.1", "[ | 10.0.0.1", ": | 10.0.0.1"})
  void xForwardedFor(String field, String expected) {
    assertEquals(expected, client(TEN, from(PROXY, "X-Forwarded-For", field)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"for=203.0.113.9 | 203.0.113.9",
      "For=192.0.2.66, FOR=203.0.113.9;proto=https;by=10.0.0.1 | 203.0.113.9",
      "for=\"203.0.113.9:4711\" | 203.0.113.9", "for=\"[2001:db8::9]\" | 2001:db8:0:0:0:0:0:9",
      "for=\"[2001:db8::9]:_port\" | 2001:db8:0:0:0:0:0:9", "for=\"203.0.11\\3.9\" | 203.0.113.9",
      "for=203.0.113.9, for=\"[fd00::7]\" | 203.0.113.9", ";for=203.0.113.9; | 203.0.113.9",
      "host=\"a, for=192.0.2.66\";for=203.0.113.9 | 203.0.113.9",
      // hidden, unknown, not said
      "for=unknown | 10.0.0.1", "for=_hidden | 10.0.0.1", "for=\"_hidden:80\" | 10.0.0.1", "proto=https | 10.0.0.1",
      "for=203.0.113.9, for=unknown, for=10.0.0.2 | 10.0.0.2", "for=203.0.113.9, for=10.0.0.2, by=10.0.0.3 | 10.0.0.1",
      // against the grammar
      "for=203.0.113.9:4711 | 10.0.0.1", "for=[2001:db8::9] | 10.0.0.1", "for=\"2001:db8::9\" | 10.0.0.1",
      "for = 203.0.113.9 | 10.0.0.1", "for=203.0.113.9; proto=http | 10.0.0.1",
      "for=203.0.113.9;for=192.0.2.66 | 10.0.0.1",
      "for=203.0.113.9;x | 10.0.0.1", "for=\"203.0.113.9 | 10.0.0.1", "203.0.113.9 | 10.0.0.1",
      "for=example.com | 10.0.0.1",
      "for=203.0.113.9, for=10.0.0.2;=x | 10.0.0.1", "for=_ | 10.0.0.1",
      // a quotation mark that a client left open swallows nothing that a proxy added
      "for=\", for=203.0.113.9 | 203.0.113.9", "for=\"x\\, for=203.0.113.9 | 203.0.113.9",
      "for=\"\\, for=\"[2001:db8::9]:1\" | 2001:db8:0:0:0:0:0:9",
      "for=\", for=203.0.113.9;host=\"a.example\" | 203.0.113.9"})
  void forwarded(String field, String expected) {
    assertEquals(expected, client(TEN.forwarded(), from(PROXY, "Forwarded", field)));
  }

  @Test
  void linesAreOneListInTheirOrder() {
    assertEquals("203.0.113.9", client(TEN, from(PROXY, "X-Forwarded-For", "192.0.2.66", "X-Forwarded-For",
        "203.0.113.9", "x-forwarded-for", "10.0.0.2")));
    assertEquals("203.0.113.9", client(TEN.forwarded(), from(PROXY, "Forwarded", "for=\"", "Forwarded",
        "for=203.0.113.9")));
  }

  @Test
  void onlyTheDeclaredFamilyCounts() {
    Request both = from(PROXY, "X-Forwarded-For", "203.0.113.1", "Forwarded", "for=203.0.113.2");
    assertEquals("203.0.113.1", client(TEN, both));
    assertEquals("203.0.113.2", client(TEN.forwarded(), both));
    assertEquals(PROXY, client(TEN, from(PROXY, "Forwarded", "for=203.0.113.2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.9", "10.0.0.1"})
  void nobodyBehindItSeesTheFieldsWhoeverSentThem(String peer) {
    Request decided = TEN.decide(from(peer, "Forwarded", "for=192.0.2.1", "X-FORWARDED-FOR", "192.0.2.1", "X-Real-IP",
        "192.0.2.1", "X-Forwarded-Host", "evil.example", "X-Forwarded-Prefix", "/x", "Accept", "*/*", "X-Forwarded",
        "kept"));
    assertEquals(Headers.of("Accept", "*/*", "X-Forwarded", "kept"), decided.headers());
    assertEquals(peer.equals(PROXY) ? "192.0.2.1" : peer, decided.peer().getHostAddress());
  }

  @Test
  void aStrangerDecidesNothing() {
    Request decided = TEN.withHost()
        .decide(from("203.0.113.9", "X-Forwarded-For", "10.0.0.5", "X-Forwarded-Proto", "https", "X-Forwarded-Host",
            "evil.example", "Host", "shop.example"));
    assertEquals("203.0.113.9", decided.peer().getHostAddress());
    assertEquals("http", decided.scheme());
    assertEquals("shop.example", decided.host());
  }

  @Test
  void aRequestWithoutTheFieldsIsTheSame() {
    Request plain = from(PROXY, "Accept", "*/*");
    assertSame(plain, TEN.decide(plain));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"https | 203.0.113.9 | https", "HTTPS | 203.0.113.9 | https",
      "wss | 203.0.113.9 | https",
      "https, http | 203.0.113.9, 10.0.0.2 | https", "http, https | 203.0.113.9, 10.0.0.2 | http",
      "https, http | 192.0.2.66, 203.0.113.9 | http", "https, http | 203.0.113.9 | http", "ftp | 203.0.113.9 | http",
      "'' | 203.0.113.9 | http", "https | unknown | https"})
  void theSchemeIsTheOneBesideTheClient(String proto, String clients, String expected) {
    assertEquals(expected, TEN.decide(from(PROXY, "X-Forwarded-For", clients, "X-Forwarded-Proto", proto)).scheme());
  }

  @Test
  void theSchemeIsToldWithoutAClientToo() {
    assertEquals("https", TEN.decide(from(PROXY, "X-Forwarded-Proto", "https")).scheme());
    assertEquals("https", TEN.forwarded().decide(from(PROXY, "Forwarded", "for=unknown;proto=https")).scheme());
  }

  @Test
  void theHostCountsWhereAskedForAlone() {
    Request given = from(PROXY, "Host", "inner:8080", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Host",
        "Shop.example:8443");
    assertEquals("inner:8080", TEN.decide(given).authority());
    assertEquals("Shop.example:8443", TEN.withHost().decide(given).authority());
    assertEquals("shop.example", TEN.withHost().decide(given).host());
    assertEquals("inner:8080", TEN.withHost()
        .decide(given.withHeader("X-Forwarded-Host", "a b"))
        .authority());
    assertEquals("a.example", TEN.forwarded()
        .decide(from(PROXY, "Host", "inner", "Forwarded",
            "for=192.0.2.66;host=evil.example, for=203.0.113.9;host=a.example"))
        .host());
  }

  @Test
  void aDecidedHostReplacesThatOfAnAbsoluteTarget() {
    Request absolute = from(PROXY, "Host", "inner", "X-Forwarded-Host", "a.example").withTarget(RequestTarget.parse(
        "http://inner/tea?x=1"));
    Request decided = TEN.withHost().decide(absolute);
    assertEquals("a.example", decided.host());
    assertEquals(new RequestTarget("/tea?x=1", "/tea", "x=1"), decided.target());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"1 | 203.0.113.9", "2 | 192.0.2.66", "3 | 192.0.2.1", "32 | 192.0.2.1"})
  void soManyHopsWhateverTheirAddresses(int hops, String expected) {
    assertEquals(expected, client(TrustedProxies.count(hops), from("198.51.100.1", "X-Forwarded-For",
        "192.0.2.1, 192.0.2.66, 203.0.113.9")));
  }

  @Test
  void aCertificateOfAProxyIsNobodyElses() throws Exception {
    X509Certificate shown = new CertificateBuilder().subject("CN=proxy")
        .setIsCertificateAuthority(true)
        .buildSelfSigned()
        .getCertificate();
    Request own = from(PROXY).withCertificate(shown);
    assertEquals(Optional.of(shown), TEN.decide(own).certificate());
    assertEquals(Optional.empty(), TEN.decide(own.withHeader("X-Forwarded-For", "203.0.113.9")).certificate());
    assertEquals(Optional.empty(), TEN.decide(own.withHeader("X-Forwarded-For", "unknown")).certificate());
    Request stranger = from("203.0.113.9", "X-Forwarded-For", "192.0.2.1").withCertificate(shown);
    assertEquals(Optional.of(shown), TEN.decide(stranger).certificate());
  }

  @Test
  void badConfigurationsAreRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of());
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of("0.0.0.0/0"));
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of("10.0.0.0/8", "::/0"));
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of("proxy.example"));
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.count(0));
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.count(33));
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.of("10.0.0.2", "10.1.2.3", "fd00::7", "203.0.113.9", "192.0.2.66", "2001:db8::9", "unknown",
        "10.0.0", "", "_x").list().ofMaxSize(8);
  }

  /** Anything may stand left of what the last proxies have added: it never changes the answer. */
  @Property
  void whatStandsLeftOfTheFirstStrangerNeverCounts(@ForAll("lists") List<String> left,
      @ForAll("lists") List<String> right,
      @ForAll boolean standard) {
    List<String> believed = right.reversed()
        .stream()
        .takeWhile(text -> AddressBlock.parseAddress(text).isPresent() && isProxy(text))
        .toList();
    TrustedProxies proxies = standard ? TEN.forwarded() : TEN;
    var whole = new ArrayList<>(left);
    whole.add("203.0.113.77");
    whole.addAll(right);
    String decided = client(proxies, forwardedBy(standard, whole));
    if (believed.size() < right.size()) {
      String stranger = right.get(right.size() - 1 - believed.size());
      String last = believed.isEmpty() ? PROXY : believed.getLast();
      assertEquals(address(AddressBlock.parseAddress(stranger).isPresent() ? stranger : last).getHostAddress(),
          decided);
    } else {
      assertEquals("203.0.113.77", decided);
    }
  }

  private static boolean isProxy(String text) {
    return text.startsWith("10.") || text.startsWith("fd00:");
  }

  private static Request forwardedBy(boolean standard, List<String> hops) {
    return standard ? from(PROXY, "Forwarded", hops.stream()
        .map(hop -> "for=" + (hop.contains(":") ? "\"[" + hop + "]\"" : hop))
        .collect(Collectors.joining(", "))) : from(PROXY, "X-Forwarded-For", String.join(", ", hops));
  }

  /** Whatever bytes come, it decides, and only a proxy's word or the connection's address comes out. */
  @Property
  void noTextMakesItFail(@ForAll("fieldTexts") String text, @ForAll boolean standard) {
    TrustedProxies proxies = standard ? TEN.forwarded() : TEN.withHost();
    Request decided = proxies.decide(from("203.0.113.9", "Forwarded", text, "X-Forwarded-For", text, "X-Forwarded-Host",
        text));
    assertEquals("203.0.113.9", decided.peer().getHostAddress());
    Request trusted = proxies.decide(from(PROXY, "Host", "h", "Forwarded", text + ", for=203.0.113.9",
        "X-Forwarded-For",
        text + ", 203.0.113.9", "X-Forwarded-Host", text));
    assertEquals("203.0.113.9", trusted.peer().getHostAddress());
  }

  @Provide
  Arbitrary<String> fieldTexts() {
    return Arbitraries.strings().withChars("for=\"\\,;:[]_.0123456789abcx \t%-").ofMaxLength(40);
  }
}
