package dev.edge4j.routing;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may follow once the segments above have matched. {@link NodeCompiler} makes it of all routes that share those segments.
 *
 * @param literals the next segment as text
 * @param single any next segment that is not empty
 * @param regexes expressions over one or more next segments
 * @param prefixes routes that end in {@code text*}
 * @param rest routes that end in a star here
 * @param ends routes that end here
 */
record Node<T>(Map<String, Node<T>> literals, @Nullable Node<T> single, List<RegexBranch<T>> regexes,
    List<PrefixBranch<T>> prefixes, List<Route<T>> rest, List<Route<T>> ends) {

  /** @param isNested whether an expression stands above it too, so that it can be reached from several places in one path */
  record RegexBranch<T>(Pattern pattern, Node<T> next, boolean isNested) {}

  record PrefixBranch<T>(String text, List<Route<T>> routes) {}

  /** Whether a route can only end here, so that a value before it has to reach the end of the path. */
  boolean isLeaf() {
    return literals.isEmpty() && single == null && regexes.isEmpty() && prefixes.isEmpty() && rest.isEmpty();
  }
}
