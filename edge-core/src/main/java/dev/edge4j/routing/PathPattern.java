package dev.edge4j.routing;

import java.util.List;
import java.util.stream.Stream;

/**
 * The path of a registration, read once. Immutable and safe for use by many threads; equal to another of the same text.
 *
 * <table>
 * <caption>What may be written</caption>
 * <tr><td>{@code /a/b}</td><td>this path, case sensitive; characters of regular expressions mean themselves</td></tr>
 * <tr><td>{@code /:name}</td><td>one segment that is not empty</td></tr>
 * <tr><td>{@code /:name{re}}</td><td>a value that matches the whole expression (of {@code java.util.regex}, which sees nothing
 * of the path around it) and ends where a segment ends; it may hold slashes. Where several ends are possible, the longest value that lets the rest match is taken.</td></tr>
 * <tr><td>{@code /a/:x?/:y?}</td><td>at the end only: the same as {@code /a}, {@code /a/:x} and {@code /a/:x/:y}; the
 * shortest of them that matches is taken</td></tr>
 * <tr><td>{@code /a/*}{@code /b}</td><td>one segment that is not empty, without a name</td></tr>
 * <tr><td>{@code /a/*}</td><td>{@code /a}, {@code /a/} and everything below</td></tr>
 * <tr><td>{@code /a*}</td><td>every path that begins with {@code /a}</td></tr>
 * <tr><td>{@code *}, {@code /*}</td><td>everything</td></tr>
 * </table>
 *
 * <p>A colon or a brace means something only in a segment that begins with the colon: {@code /file-:id} and
 * {@code /a{b}} are plain text, and so is a segment in which text follows the closing brace. A star beside other text is
 * one too, unless it is the last character of the pattern: {@code /a/*.js}.
 */
public final class PathPattern {
  private final String text;
  private final List<Variant> variants;

  PathPattern(String text, List<Variant> variants) {
    this.text = text;
    this.variants = variants;
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException if a brace is not closed, an expression cannot be compiled, or a parameter has no proper name
   */
  public static PathPattern parse(String pattern) {
    return new PatternParser(pattern).parse();
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** The names of all parameters, optional ones included, each once, in the order of the pattern. */
  public List<String> parameterNames() {
    return variants.stream()
        .flatMap(variant -> Stream.of(variant.names()))
        .filter(name -> !name.equals(Segment.UNNAMED))
        .distinct()
        .toList();
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
