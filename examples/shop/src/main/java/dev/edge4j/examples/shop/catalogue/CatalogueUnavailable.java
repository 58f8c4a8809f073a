package dev.edge4j.examples.shop.catalogue;

import java.time.Duration;

/** Every step of the chain that knows products has failed: the static page is what is left. */
public final class CatalogueUnavailable extends RuntimeException {
  /** When to come again. */
  public static final Duration RETRY = Duration.ofSeconds(30);

  private static final long serialVersionUID = 1L;

  CatalogueUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
