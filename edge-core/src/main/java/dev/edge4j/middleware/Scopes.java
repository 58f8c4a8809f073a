package dev.edge4j.middleware;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a token was given for (RFC 6749 section 3.3). */
final class Scopes {
  private Scopes() {}

  /** Some issuers write {@code scope}, some {@code scp}; some a text of words, some a list. */
  static Set<String> of(Principal principal) {
    return Stream.of("scope", "scp")
        .flatMap(claim -> words(principal.claims().get(claim)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> words(@Nullable Object claim) {
    return switch (claim) {
      case String text -> Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
      case Collection<?> list -> list.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }

  static String check(String scope) {
    if (scope.isEmpty() || !scope.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\')) {
      throw new IllegalArgumentException("scope: \"" + scope
          + "\" (expected: one word of visible ASCII, RFC 6749 section 3.3)");
    }
    return scope;
  }
}
