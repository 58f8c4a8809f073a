package dev.edge4j.render.asset;

import dev.edge4j.http.MediaType;

/** The {@code Link} field of a file (RFC 8288), as browsers want it for what they load ahead (W3C Preload, WHATWG HTML section 4.6.8.20). */
final class Preload {
  private Preload() {}

  static String link(Asset asset) {
    String type = MediaType.essence(asset.mediaType());
    String link = "<" + asset.url() + ">; rel=preload; as=";
    return switch (type.substring(0, type.indexOf('/'))) {
      case "font" -> link + "font; crossorigin"; // fonts are fetched without credentials, so a link that has them is of no use
      case "image" -> link + "image";
      case "text" -> link + (type.equals("text/css") ? "style"
          : type.endsWith("javascript") ? "script" : "fetch; crossorigin");
      default -> link + "fetch; crossorigin";
    };
  }
}
