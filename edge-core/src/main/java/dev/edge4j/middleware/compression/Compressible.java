package dev.edge4j.middleware.compression;

import java.util.Set;

/** What gains by compression. Pure. */
public final class Compressible {
  private static final Set<String> TYPES = Set.of("application/json", "application/javascript", "application/xml",
      "application/x-javascript", "application/x-ndjson", "application/graphql", "application/wasm", "application/rtf",
      "application/x-www-form-urlencoded", "application/vnd.ms-fontobject", "font/otf", "font/ttf", "image/bmp",
      "image/svg+xml", "image/x-icon", "image/vnd.microsoft.icon");

  private Compressible() {}

  /** True for a media type, in lower case and without parameters, that is text in some form, or as repetitive. */
  public static boolean test(String type) {
    return type.startsWith("text/") || TYPES.contains(type) || type.endsWith("+json") || type.endsWith("+xml")
        || type.endsWith("+text");
  }

  /** 206 is part of another representation; 204, 205 and 304 have no body. */
  static boolean status(int status) {
    return status != 204 && status != 205 && status != 206 && status != 304;
  }
}
