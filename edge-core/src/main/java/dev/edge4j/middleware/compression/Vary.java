package dev.edge4j.middleware.compression;

import dev.edge4j.http.Response;

/** Says by what a response was chosen (RFC 9110 section 12.5.5). */
final class Vary {
  private Vary() {}

  /** Adds the name of a field unless that, or {@code *}, is there. */
  static Response add(Response response, String field) {
    boolean said = response.headers().list("Vary").stream().anyMatch(m -> m.equals("*") || m.equalsIgnoreCase(field));
    return said ? response : response.withAddedHeader("Vary", field);
  }
}
