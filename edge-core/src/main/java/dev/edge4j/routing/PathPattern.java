package dev.edge4j.routing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The path of a registration, read once. Immutable and safe for use by many threads; equal to another of the same text.
 *
 * <table>
 * <caption>What may be written</caption>
 * <tr><td>{@code /a/b}</td><td>this path, case sensitive; characters of regular expressions mean themselves</td></tr>
 * <tr><td>{@code /:name}</td><td>a parameter: one segment that is not empty</td></tr>
 * <tr><td>{@code /file-:id.json}</td><td>text around a parameter; several in one segment have text between them, and each is as
 * short as it can be: {@code /:from-:to}. A hyphen between letters belongs to the name: {@code /:post-id}</td></tr>
 * <tr><td>{@code /:name{re}}</td><td>a value that matches the whole expression (RE2 syntax) and ends where a segment ends; it may hold
 * slashes. Where several ends are possible, the longest value that lets the rest match is taken.</td></tr>
 * <tr><td>{@code /a/:x?/:y?}</td><td>at the end only: the same as {@code /a}, {@code /a/:x} and {@code /a/:x/:y}; the
 * shortest of them that matches is taken</td></tr>
 * <tr><td>{@code /a/*}{@code /b}</td><td>one segment that is not empty, without a name</td></tr>
 * <tr><td>{@code /a/*}</td><td>{@code /a}, {@code /a/} and everything below</td></tr>
 * <tr><td>{@code /a/*path}</td><td>the same, and a parameter: what stands behind that slash, or nothing</td></tr>
 * <tr><td>{@code /a*}</td><td>every path that begins with {@code /a}</td></tr>
 * <tr><td>{@code *}, {@code /*}</td><td>everything</td></tr>
 * </table>
 *
 * <p>A backslash before one of <code>: * { } ? - \</code> makes it plain text. The whole of it: {@code docs/decisions/0012-pattern-language.md}.
 */
public final class PathPattern {
  private final String text;
  private final List<Variant> variants;
  private final @Nullable PlainParams plain;

  PathPattern(String text, List<Variant> variants) {
    this.text = text;
    this.variants = variants;
    this.plain = PlainParams.of(variants).orElse(null);
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException if it cannot be meant so; the message says what was expected
   */
  public static PathPattern parse(String pattern) {
    return new PatternParser(pattern).parse();
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** The names of all parameters, optional ones included, in the order of the pattern. */
  public List<String> parameterNames() {
    return variants.getLast().names().stream().filter(name -> !name.equals(Segment.UNNAMED)).toList();
  }

  /** Whether the value of that parameter may go over several segments, so that a slash in it stands between two. */
  public boolean mayHoldSlash(String name) {
    return variants.getLast().segments().stream().anyMatch(segment -> switch (segment) {
      case Segment.Rest rest -> rest.name().equals(name);
      case Segment.Regex regex -> regex.name().equals(name) && regex.value().expression().mayHoldSlash();
      case Segment.Literal _,Segment.Label _,Segment.Prefix _ -> false;
    });
  }

  /** How many segments it has, optional ones included; a star at the end is one. */
  public int length() {
    return variants.getLast().segments().size();
  }

  /**
   * This pattern, if its text is as {@link dev.edge4j.http.RequestTarget} leaves paths.
   *
   * @throws PatternException if it is not, so that no request would ever match: {@code /a%20b}, {@code /a//b}, {@code /a/../b}
   */
  public PathPattern requireNormalForm() {
    new NormalForm(text).check(variants.getLast().segments());
    return this;
  }

  /** Whether it matches one path and no other. */
  public boolean isStatic() {
    return variants.size() == 1 && variants.getFirst().isStatic();
  }

  /**
   * Whether it matches this path.
   *
   * @throws dev.edge4j.http.BadRequestException if its expressions would read too much of it
   */
  public boolean matches(String path) {
    for (Variant variant : variants) {
      if (variant.matches(path)) {
        return true;
      }
    }
    return false;
  }

  /** The values of its parameters in that path; {@link IllegalArgumentException} if the path does not match. */
  public PathParams params(String path) {
    for (Variant variant : variants) {
      Optional<int[]> bounds = variant.capture(path);
      if (bounds.isPresent()) {
        return new PathParams(variant.names().toArray(String[]::new), path, bounds.get());
      }
    }
    throw new IllegalArgumentException("path: \"" + path + "\" (expected: one that matches " + text + ")");
  }

  /** As {@link #params}, for a path that is known to match: it is not compared again. In another path the values mean nothing. */
  public PathParams paramsOfMatch(String path) {
    PlainParams known = plain;
    return known == null ? params(path) : new PathParams(known, path);
  }

  /** How the paths of this pattern lie to those of another: whether this one's middleware runs on the other one's route. */
  public Overlap overlap(PathPattern other) {
    return Overlap.of(this, other);
  }

  /**
   * Whether every path that the other one matches is matched by this one. It is found from the patterns alone, so it may stay unfound,
   * but it is never wrong.
   */
  public boolean covers(PathPattern other) {
    return Overlap.covers(this, other);
  }

  /** What optional parameters make of it, shortest first: {@code /a/:x?} is {@code /a} and {@code /a/:x}. */
  public List<PathPattern> expanded() {
    return variants.size() == 1 ? List.of(this)
        : variants.stream().map(variant -> new PathPattern(text, List.of(variant))).toList();
  }

  /** What optional parameters expand to, shortest first; a pattern without any has one variant. */
  List<Variant> variants() {
    return variants;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
