package dev.edge4j.http;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Header fields that say nothing but the media type, made once for the types that most responses have. */
final class ContentTypes {
  private static final Map<String, Headers> KNOWN = Stream.of(MediaType.TEXT, MediaType.HTML, MediaType.JSON,
      MediaType.PROBLEM_JSON, MediaType.CSS, MediaType.JAVASCRIPT, MediaType.SVG, "text/plain", "text/html")
      .collect(Collectors.toUnmodifiableMap(Function.identity(), ContentTypes::make));

  private ContentTypes() {}

  static Headers of(String mediaType) {
    Headers known = KNOWN.get(mediaType);
    return known == null ? make(mediaType) : known;
  }

  private static Headers make(String mediaType) {
    return Headers.of("Content-Type", mediaType);
  }
}
