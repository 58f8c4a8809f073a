package dev.edge4j.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a browser asks for a page for, by {@code Sec-Purpose} (Fetch Standard, "Sec-Purpose"; W3C Speculation Rules). Nobody has seen a page that
 * was {@link #PREFETCH prefetched} or {@link #PRERENDER prerendered}, and perhaps nobody will: what counts visitors leaves those out, and
 * what changes something refuses them.
 */
public enum FetchPurpose {
  /** For somebody who waits for it; all that says nothing else. */
  VISIT,
  /** To have it at hand. */
  PREFETCH,
  /** To build the page out of sight, scripts included. */
  PRERENDER;

  private static final String WORD = "prefetch";

  /**
   * The purpose that a request names. Browsers that do not know the field say {@code Purpose} or {@code X-Moz}; a field that cannot be read says
   * nothing.
   */
  public static FetchPurpose of(Headers headers) {
    List<String> words = headers.first("Sec-Purpose")
        .map(field -> Arrays.stream(field.split(";", -1)).map(String::strip).toList())
        .orElse(List.of());
    if (!words.isEmpty() && words.getFirst().equals(WORD)) {
      return words.contains("prerender") ? PRERENDER : PREFETCH;
    }
    Optional<String> old = headers.first("Purpose").or(() -> headers.first("X-Moz"));
    return old.filter(WORD::equalsIgnoreCase).isPresent() ? PREFETCH : VISIT;
  }

  /** True unless somebody waits for the page. */
  public boolean isSpeculative() {
    return this != VISIT;
  }
}
