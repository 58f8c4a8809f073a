package dev.edge4j.middleware.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.middleware.secure.ContentSecurityPolicy.Directive;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy says what its author wrote: nothing in a part of it ends that part, and what would mean something else is refused. */
class PoliciesAreCheckedAsTheyAreWrittenTest {
  private final ContentSecurityPolicy empty = ContentSecurityPolicy.empty();

  @Test
  void directivesStandInOneOrderWithTheirSources() {
    ContentSecurityPolicy policy = empty.with(Directive.IMG_SRC, "*", "data:")
        .with(Directive.DEFAULT_SRC, ContentSecurityPolicy.SELF, "https://cdn.example:8443/lib/", "*.example.com")
        .with(Directive.UPGRADE_INSECURE_REQUESTS)
        .with(Directive.SANDBOX, "allow-scripts")
        .with(Directive.REQUIRE_TRUSTED_TYPES_FOR, "'script'");
    assertEquals(
        "default-src 'self' https://cdn.example:8443/lib/ *.example.com; img-src * data:; sandbox allow-scripts; "
            + "require-trusted-types-for 'script'; upgrade-insecure-requests", policy.fieldValue());
    assertEquals("script-src 'self' https://a.example", empty.with(Directive.SCRIPT_SRC, ContentSecurityPolicy.NONE)
        .and(Directive.SCRIPT_SRC, ContentSecurityPolicy.SELF)
        .and(Directive.SCRIPT_SRC, "https://a.example")
        .fieldValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "https://a.example; script-src *", "https://a.example, x", "a b", "a\tb", "a\nb",
      "a\u00a0b",
      "\u00e9.example", "self", "none", "unsafe-inline", "nonce-abc", "sha256-abc=", "'slef'", "'nonce-abc'", "'", "''",
      "'self", "'sha256-a b'", "'sha1-abc'", "\"self\"", "'SELF'"})
  void whatIsNoSourceIsRefused(String source) {
    assertThrows(IllegalArgumentException.class, () -> empty.with(Directive.SCRIPT_SRC, source));
  }

  @Test
  void hashesOfTemplatesStandBesideWhatWasLetInBefore() {
    List<String> hashes = List.of("sha256-abc=", "'sha384-def='");
    assertEquals("default-src 'self'; script-src 'self' 'sha256-abc=' 'sha384-def='", empty.with(Directive.DEFAULT_SRC,
        ContentSecurityPolicy.SELF).withScriptHashes(hashes).fieldValue());
    assertEquals("default-src 'none'; script-src 'sha256-abc='", empty.with(Directive.DEFAULT_SRC,
        ContentSecurityPolicy.NONE).withScriptHashes(List.of("sha256-abc=")).fieldValue());
    assertEquals("style-src https://a.example 'sha256-abc=' 'sha384-def='", empty.with(Directive.STYLE_SRC,
        "https://a.example")
        .withStyleHashes(hashes)
        .withStyleHashes(hashes)
        .fieldValue());
    assertEquals("", empty.withScriptHashes(List.of()).fieldValue());
    assertThrows(IllegalArgumentException.class, () -> empty.withScriptHashes(List.of("unsafe-inline")));
    assertThrows(IllegalArgumentException.class, () -> empty.withScriptHashes(List.of("'self'")));
    assertThrows(IllegalArgumentException.class, () -> empty.withScriptHashes(List.of("sha256-a b")));
  }

  @Test
  void noneStandsAloneAndAListIsNotEmpty() {
    assertThrows(IllegalArgumentException.class, () -> empty.with(Directive.SCRIPT_SRC, ContentSecurityPolicy.NONE,
        ContentSecurityPolicy.SELF));
    assertThrows(IllegalArgumentException.class, () -> empty.with(Directive.SCRIPT_SRC));
    assertThrows(IllegalArgumentException.class, () -> empty.reportTo("a; script-src *"));
  }

  /** What gets in stays one word of its directive. */
  @Property
  void noSourceReachesOutOfItsDirective(@ForAll String source) {
    String written;
    try {
      written = empty.with(Directive.IMG_SRC, source).with(Directive.SANDBOX).fieldValue();
    } catch (IllegalArgumentException e) {
      return; // refused is fine too
    }
    assertEquals(2, written.split(";").length);
    assertEquals(3, written.split("[ ;]+").length);
    assertFalse(written.contains(","));
  }

  @Test
  void inlineTextIsLetInByItsHash() {
    // the example that the standard itself gives
    assertEquals("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='", ContentSecurityPolicy.hash(
        "alert('Hello, world.');"));
    assertEquals("script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='", empty.with(
        Directive.SCRIPT_SRC, ContentSecurityPolicy.SELF).withInlineScript("alert('Hello, world.');").fieldValue());
    assertTrue(empty.withInlineStyle("p{}").fieldValue().startsWith("style-src 'sha256-"));
  }

  @Test
  void aNonceIsThereOnlyWhereThereIsOne() {
    ContentSecurityPolicy policy = ContentSecurityPolicy.strict();
    assertTrue(policy.usesNonce());
    assertTrue(policy.fieldValue("abc").contains("script-src 'nonce-abc' 'strict-dynamic'"));
    assertFalse(policy.fieldValue().contains("nonce"));
    assertFalse(ContentSecurityPolicy.ownOrigin().usesNonce());
  }

  @Test
  void permissionsAreAStructuredField() {
    PermissionsPolicy policy = PermissionsPolicy.careful().allow("geolocation", "self", "https://maps.example");
    assertTrue(policy.fieldValue().contains("geolocation=(self \"https://maps.example\")"), policy.fieldValue());
    assertTrue(policy.fieldValue().startsWith("camera=(), microphone=()"));
    assertTrue(StructuredFields.parseDictionary(policy.fieldValue()).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Camera", "camera=*", "a,b", "a;b", "a b", "*", "9x"})
  void featuresThatAreNoneAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> PermissionsPolicy.denying(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maps.example", "https://maps.example/", "https://a.example\"), camera=*", "'self'",
      "none", "null"})
  void originsThatAreNoneAreRefused(String origin) {
    assertThrows(IllegalArgumentException.class, () -> PermissionsPolicy.denying().allow("camera", origin));
  }

  @Test
  void aPreloadIsWhatTheBrowsersListTakes() {
    Duration year = Duration.ofDays(365);
    assertEquals("max-age=31536000; includeSubDomains; preload", StrictTransport.of(year)
        .includingSubDomains()
        .preloaded()
        .fieldValue());
    assertEquals("max-age=0", StrictTransport.of(Duration.ZERO).fieldValue());
    for (StrictTransport promise : Arrays.asList(StrictTransport.of(year), StrictTransport.of(year.minusSeconds(1))
        .includingSubDomains())) {
      assertThrows(IllegalArgumentException.class, promise::preloaded);
    }
    assertThrows(IllegalArgumentException.class, () -> StrictTransport.of(Duration.ofSeconds(-1)));
  }
}
