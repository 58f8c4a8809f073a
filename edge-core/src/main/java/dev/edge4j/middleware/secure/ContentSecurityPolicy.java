package dev.edge4j.middleware.secure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the parts of a page may come from, as a browser enforces it. Each source is checked: nothing in one can end it or its directive, and a
 * keyword without its quotes, which would be the name of a host, is refused. Immutable.
 *
 * <p>Source: W3C Content Security Policy Level 3.
 */
public final class ContentSecurityPolicy {
  /** Its own origin. */
  public static final String SELF = "'self'";
  /** Nothing; stands alone. */
  public static final String NONE = "'none'";
  /** What an inline script or style that is allowed loads in its turn. */
  public static final String STRICT_DYNAMIC = "'strict-dynamic'";
  /** Scripts and styles with the nonce of the request, in a response that asked for one; in others, nothing. */
  public static final String NONCE = "'nonce'";

  private static final String WORDS = "self|none|unsafe-inline|unsafe-eval|wasm-unsafe-eval|unsafe-hashes|strict-dynamic|report-sample"
      + "|inline-speculation-rules|script|allow-duplicates|nonce";
  private static final Pattern QUOTED = Pattern.compile("'(?:" + WORDS
      + "|sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2})'");
  /** Visible ASCII without quotes, commas and semicolons. */
  private static final Pattern PLAIN = Pattern.compile("[!#-&(-+\\--:<-~]+");
  private static final Pattern UNQUOTED_WORD = Pattern.compile("(?:" + WORDS + "|nonce-.*|sha(?:256|384|512)-.*)");

  /** What a list of sources is for; section 6. */
  public enum Directive {
    DEFAULT_SRC, SCRIPT_SRC, SCRIPT_SRC_ELEM, SCRIPT_SRC_ATTR, STYLE_SRC, STYLE_SRC_ELEM, STYLE_SRC_ATTR, IMG_SRC,
    FONT_SRC, CONNECT_SRC, MEDIA_SRC, OBJECT_SRC, FRAME_SRC, WORKER_SRC, MANIFEST_SRC, BASE_URI, FORM_ACTION,
    FRAME_ANCESTORS, SANDBOX, TRUSTED_TYPES, REQUIRE_TRUSTED_TYPES_FOR, UPGRADE_INSECURE_REQUESTS, REPORT_TO;

    /** As it stands in the field. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isOfSources() {
      return compareTo(SANDBOX) < 0;
    }
  }

  private final Map<Directive, List<String>> directives;
  private final boolean reportOnly;

  private ContentSecurityPolicy(Map<Directive, List<String>> directives, boolean reportOnly) {
    this.directives = directives;
    this.reportOnly = reportOnly;
  }

  /** Everything from the page's own origin alone, no plug-ins, no inline scripts or styles, in no frame of others. */
  public static ContentSecurityPolicy ownOrigin() {
    return empty().with(Directive.DEFAULT_SRC, SELF)
        .with(Directive.OBJECT_SRC, NONE)
        .with(Directive.BASE_URI, SELF)
        .with(Directive.FORM_ACTION, SELF)
        .with(Directive.FRAME_ANCESTORS, SELF);
  }

  /** As {@link #ownOrigin}, but scripts by nonce alone, and what those load: for pages that are rendered for each request. */
  public static ContentSecurityPolicy strict() {
    return ownOrigin().with(Directive.SCRIPT_SRC, NONCE, STRICT_DYNAMIC).with(Directive.BASE_URI, NONE);
  }

  /** Nothing from anywhere and in no frame: for an API, whose responses are no pages. */
  public static ContentSecurityPolicy nothing() {
    return empty().with(Directive.DEFAULT_SRC, NONE).with(Directive.FRAME_ANCESTORS, NONE);
  }

  /** A policy that says nothing yet. */
  public static ContentSecurityPolicy empty() {
    return new ContentSecurityPolicy(Map.of(), false);
  }

  /**
   * With these sources for a directive, in place of any it had; flags such as {@link Directive#UPGRADE_INSECURE_REQUESTS} have none.
   *
   * @throws IllegalArgumentException for what is no source, for {@code 'none'} beside others, and for a list of sources without any
   */
  public ContentSecurityPolicy with(Directive directive, String... sources) {
    List<String> given = List.copyOf(Arrays.asList(sources));
    given.forEach(source -> check(directive, source));
    if (given.contains(NONE) ? given.size() > 1 : given.isEmpty() && directive.isOfSources()) {
      throw new IllegalArgumentException(directive.text() + ": " + given + " (expected: 'none' alone, or sources)");
    }
    return set(directive, given);
  }

  /** With these sources beside those that the directive has. */
  public ContentSecurityPolicy and(Directive directive, String... sources) {
    List<String> all = new ArrayList<>(directives.getOrDefault(directive, List.of()));
    all.remove(NONE);
    all.addAll(Arrays.asList(sources));
    return with(directive, all.toArray(String[]::new));
  }

  /** Lets this inline script run, the exact text between its tags: by its SHA-256, so the page can be stored and shared. */
  public ContentSecurityPolicy withInlineScript(String text) {
    return and(Directive.SCRIPT_SRC, hash(text));
  }

  /** As {@link #withInlineScript}, for an inline style sheet. */
  public ContentSecurityPolicy withInlineStyle(String text) {
    return and(Directive.STYLE_SRC, hash(text));
  }

  /**
   * Lets the inline scripts run that have these hashes, {@code sha256-...} with or without the quotes of the field: what a template engine knows of
   * its templates. Hashes say the same in every response, so a page that goes by them can be stored.
   */
  public ContentSecurityPolicy withScriptHashes(Collection<String> hashes) {
    return withHashes(Directive.SCRIPT_SRC, hashes);
  }

  /** As {@link #withScriptHashes}, for inline style sheets. */
  public ContentSecurityPolicy withStyleHashes(Collection<String> hashes) {
    return withHashes(Directive.STYLE_SRC, hashes);
  }

  /** Beside what the directive has; where it has nothing, beside what {@code default-src} lets in, which would no longer count. */
  private ContentSecurityPolicy withHashes(Directive directive, Collection<String> hashes) {
    if (hashes.isEmpty()) {
      return this;
    }
    List<String> before = directives.getOrDefault(directive, directives.getOrDefault(Directive.DEFAULT_SRC, List.of()));
    LinkedHashSet<String> all = new LinkedHashSet<>(before);
    all.remove(NONE);
    for (String hash : hashes) {
      String source = hash.startsWith("'") ? hash : "'" + hash + "'";
      if (!source.startsWith("'sha")) {
        throw new IllegalArgumentException(directive.text() + ": \"" + hash + "\" (expected: a hash, sha256-...)");
      }
      all.add(source);
    }
    return with(directive, all.toArray(String[]::new));
  }

  /** Sends reports of violations to an endpoint of that name, which {@code SecureHeaders.reportingEndpoint} declares. */
  public ContentSecurityPolicy reportTo(String endpoint) {
    return with(Directive.REPORT_TO, endpoint);
  }

  /** Reports alone and blocks nothing: for trying a policy before it counts. */
  public ContentSecurityPolicy reportOnly() {
    return new ContentSecurityPolicy(directives, true);
  }

  private ContentSecurityPolicy set(Directive directive, List<String> sources) {
    Map<Directive, List<String>> changed = new EnumMap<>(Directive.class);
    changed.putAll(directives);
    changed.put(directive, sources);
    return new ContentSecurityPolicy(Collections.unmodifiableMap(changed), reportOnly);
  }

  private static void check(Directive directive, String source) {
    boolean sound = QUOTED.matcher(source).matches() || (PLAIN.matcher(source).matches() && !(directive.isOfSources()
        && UNQUOTED_WORD.matcher(source).matches()));
    if (!sound) {
      throw new IllegalArgumentException(directive.text() + ": \"" + source
          + "\" (expected: a host, a scheme, or a keyword or hash in single quotes; no spaces, commas, semicolons)");
    }
  }

  /** The source that allows an inline script or style of exactly that text: {@code 'sha256-...'}. */
  public static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The field that it stands in. */
  public String fieldName() {
    return reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy";
  }

  /** True if something in it goes by nonce. */
  public boolean usesNonce() {
    return directives.values().stream().anyMatch(sources -> sources.contains(NONCE));
  }

  /** The value of the field, without a nonce: what would go by one is not let in. */
  public String fieldValue() {
    return write(Optional.empty());
  }

  /** The value of the field for a response with that nonce, base64 text that nobody can guess. */
  public String fieldValue(String nonce) {
    return write(Optional.of("'nonce-" + nonce + "'"));
  }

  private String write(Optional<String> nonce) {
    return directives.entrySet()
        .stream()
        .map(entry -> (entry.getKey().text() + " " + sources(entry.getValue(), nonce)).strip())
        .collect(Collectors.joining("; "));
  }

  private static String sources(List<String> sources, Optional<String> nonce) {
    String written = sources.stream()
        .map(source -> source.equals(NONCE) ? nonce.orElse("") : source)
        .filter(source -> !source.isEmpty())
        .collect(Collectors.joining(" "));
    return written.isEmpty() && !sources.isEmpty() ? NONE : written;
  }

  @Override
  public String toString() {
    return fieldName() + ": " + write(Optional.of(NONCE));
  }
}
