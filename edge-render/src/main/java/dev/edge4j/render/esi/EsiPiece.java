package dev.edge4j.render.esi;

import java.util.Optional;

/** What a document with includes consists of. Immutable. */
sealed interface EsiPiece {
  /** What stays as it is. */
  record Text(String html) implements EsiPiece {}

  /**
   * What is fetched and put here.
   *
   * @param alt fetched where the source fails
   * @param optional true if nothing takes its place where both fail ({@code onerror="continue"})
   */
  record Include(String source, Optional<String> alt, boolean optional) implements EsiPiece {}
}
