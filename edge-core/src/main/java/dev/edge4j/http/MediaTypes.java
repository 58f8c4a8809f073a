package dev.edge4j.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Media types by the ending of a file's name, for what the web is made of. */
public final class MediaTypes {
  /** What is said of a file of a type that nobody knows: a browser saves it (RFC 2046 section 4.5.1). */
  public static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> BY_ENDING = new HashMap<>();

  static {
    put(MediaType.HTML, "html", "htm");
    put(MediaType.CSS, "css");
    put(MediaType.JAVASCRIPT, "js", "mjs");
    put(MediaType.TEXT, "txt", "log", "conf");
    put("text/markdown; charset=utf-8", "md");
    put("text/csv; charset=utf-8", "csv");
    put("text/vtt; charset=utf-8", "vtt");
    put("text/calendar; charset=utf-8", "ics");
    put(MediaType.JSON, "json", "map");
    put("application/manifest+json", "webmanifest");
    put("application/feed+json", "jsonfeed");
    put("application/ld+json", "jsonld");
    put("application/geo+json", "geojson");
    put("application/xml", "xml", "xsd", "xsl");
    put("application/rss+xml", "rss");
    put("application/atom+xml", "atom");
    put("application/xhtml+xml", "xhtml");
    put("application/wasm", "wasm");
    put("application/pdf", "pdf");
    put("application/zip", "zip");
    put("application/gzip", "gz", "tgz");
    put("application/zstd", "zst");
    put("application/x-tar", "tar");
    put("application/epub+zip", "epub");
    put("application/rtf", "rtf");
    put("application/msword", "doc");
    put("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
    put("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    put("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx");
    put(MediaType.SVG, "svg");
    put("image/png", "png");
    put("image/jpeg", "jpg", "jpeg");
    put("image/gif", "gif");
    put("image/webp", "webp");
    put("image/avif", "avif");
    put("image/jxl", "jxl");
    put("image/bmp", "bmp");
    put("image/tiff", "tif", "tiff");
    put("image/vnd.microsoft.icon", "ico");
    put("font/woff2", "woff2");
    put("font/woff", "woff");
    put("font/ttf", "ttf");
    put("font/otf", "otf");
    put("audio/mpeg", "mp3");
    put("audio/mp4", "m4a");
    put("audio/ogg", "ogg", "oga", "opus");
    put("audio/wav", "wav");
    put("audio/flac", "flac");
    put("audio/aac", "aac");
    put("video/mp4", "mp4", "m4v");
    put("video/webm", "webm");
    put("video/ogg", "ogv");
    put("video/quicktime", "mov");
    put("application/vnd.apple.mpegurl", "m3u8");
    put("video/mp2t", "ts");
  }

  private MediaTypes() {}

  private static void put(String type, String... endings) {
    for (String ending : endings) {
      BY_ENDING.put(ending, type);
    }
  }

  /** The type of a file of that name; {@link #UNKNOWN} for an ending that is not known, or none. */
  public static String ofName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_ENDING.getOrDefault(ending, UNKNOWN);
  }
}
