package dev.edge4j.middleware.compression;

import dev.edge4j.http.Response;

/** Two codings of one representation are not the same byte for byte, so a tag that they share is weak (RFC 9110 section 8.8.3.3). */
final class WeakTag {
  private WeakTag() {}

  static Response weaken(Response response) {
    return response.header("ETag")
        .filter(tag -> tag.startsWith("\""))
        .map(tag -> response.withHeader("ETag", "W/" + tag))
        .orElse(response);
  }
}
