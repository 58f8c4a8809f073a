package dev.edge4j.render.export;

import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.MediaTypes;
import dev.edge4j.http.WebLink;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The header fields of an export in the form of Netlify and Cloudflare Pages: a path, then its fields, indented. What all have in common stands once, at the top. */
final class HeadersFile {
  private static final String TYPE = "Content-Type";
  private static final String LINK = "Link";
  /** What is of the content, not of the moment or the connection. */
  private static final List<String> KEPT = List.of("Cache-Control", "Content-Language", "Content-Security-Policy",
      "Content-Security-Policy-Report-Only", TYPE, "Cross-Origin-Embedder-Policy", "Cross-Origin-Opener-Policy",
      "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", LINK, "Origin-Agent-Cluster",
      "Permissions-Policy", "Referrer-Policy", "Speculation-Rules", "Strict-Transport-Security",
      "X-Content-Type-Options", "X-Frame-Options", "X-Robots-Tag");

  private HeadersFile() {}

  /** What of these fields a server of files has to be told about a file of that name: the type that the name does not tell, and no link to a Markdown twin, which is no file. */
  static Headers kept(Headers headers, String file) {
    Headers.Builder kept = Headers.builder();
    KEPT.forEach(field -> headers.all(field).forEach(value -> kept.add(field, value)));
    if (isSame(value(headers, TYPE), MediaTypes.ofName(file))) {
      kept.remove(TYPE);
    }
    List<WebLink> links = WebLink.of(headers);
    if (links.stream().anyMatch(HeadersFile::isTwin)) {
      kept.remove(LINK);
      links.stream().filter(link -> !isTwin(link)).forEach(link -> kept.add(LINK, link.toString()));
    }
    return kept.build();
  }

  private static boolean isSame(String type, String other) {
    return type.replace(" ", "").equalsIgnoreCase(other.replace(" ", ""));
  }

  private static boolean isTwin(WebLink link) {
    return link.hasRelation("alternate") && link.parameter("type")
        .filter(type -> MediaType.essence(type).equals("text/markdown"))
        .isPresent();
  }

  /** The text for what is {@link #kept} of responses, by path. */
  static String of(SortedMap<String, Headers> byPath) {
    var text = new StringBuilder();
    SequencedMap<String, String> common = new TreeMap<>();
    for (String field : KEPT) {
      if (field.equals(TYPE)) {
        continue; // of one file, never of all
      }
      List<String> values = byPath.values().stream().map(headers -> value(headers, field)).distinct().toList();
      if (values.size() == 1 && !values.getFirst().isEmpty()) {
        common.put(field, values.getFirst());
      }
    }
    block(text, "/*", common);
    byPath.forEach((path, headers) -> {
      SequencedMap<String, String> own = new TreeMap<>();
      KEPT.stream().filter(field -> !common.containsKey(field)).forEach(field -> own.put(field, value(headers, field)));
      block(text, path, own);
    });
    return text.toString();
  }

  private static String value(Headers headers, String field) {
    return String.join(", ", headers.all(field));
  }

  private static void block(StringBuilder text, String path, Map<String, String> fields) {
    if (fields.values().stream().allMatch(String::isEmpty)) {
      return;
    }
    text.append(path).append('\n');
    fields.forEach((name, value) -> {
      if (!value.isEmpty()) {
        text.append("  ").append(name).append(": ").append(value).append('\n');
      }
    });
  }
}
