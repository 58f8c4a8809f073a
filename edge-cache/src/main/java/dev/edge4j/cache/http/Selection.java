package dev.edge4j.cache.http;

import java.util.List;

/**
 * How the variants of one target are told apart (RFC 9111 section 4.1).
 *
 * @param fields request fields that every response depends on, beside those that it names in {@code Vary}; as {@link CacheKey#names}
 *     gives them
 * @param mediaTypes what {@code Accept} comes down to, the first being served where nothing else is wanted; empty: as it stands
 * @param languages the same for {@code Accept-Language}
 * @param byContentLanguage true if a stored response whose {@code Content-Language} is the one that a request likes best answers it,
 *     although its own request listed languages otherwise
 * @param most the most variants of one target that are kept
 */
public record Selection(List<String> fields, List<String> mediaTypes, List<String> languages, boolean byContentLanguage,
    int most) {
  static final Selection PLAIN = new Selection(List.of(), List.of(), List.of(), false, 32);

  /** Copies the lists and normalises the names; refuses a limit below one. */
  public Selection {
    fields = CacheKey.names(fields);
    mediaTypes = List.copyOf(mediaTypes);
    languages = List.copyOf(languages);
    if (most < 1) {
      throw new IllegalArgumentException("variants: " + most + " (expected: 1 or more)");
    }
  }
}
