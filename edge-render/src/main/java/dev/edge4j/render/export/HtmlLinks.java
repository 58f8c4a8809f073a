package dev.edge4j.render.export;

import dev.edge4j.render.asset.CssReferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a page refers to, and what in it can be referred to. Reads tags as WHATWG HTML section 13.2.5 does, as far as attributes go: comments and the text of scripts,
 * titles and text areas are passed over; of styles {@code url(...)} counts. One pass.
 */
final class HtmlLinks {
  private static final Map<String, List<String>> REFERRING = Map.ofEntries(Map.entry("a", List.of("href")),
      Map.entry("area", List.of("href")), Map.entry("link", List.of("href", "imagesrcset")),
      Map.entry("img", List.of("src", "srcset")), Map.entry("source", List.of("src", "srcset")),
      Map.entry("script", List.of("src")), Map.entry("iframe", List.of("src")),
      Map.entry("video", List.of("src", "poster")), Map.entry("audio", List.of("src")),
      Map.entry("use", List.of("href")), Map.entry("track", List.of("src")), Map.entry("object", List.of("data")),
      Map.entry("embed", List.of("src")), Map.entry("input", List.of("src")), Map.entry("edge-island", List.of("src")),
      Map.entry("edge-live", List.of("src")));
  private static final Set<String> TEXT_ONLY = Set.of("script", "style", "title", "textarea");

  private final String html;
  private final List<String> links = new ArrayList<>();
  private final Set<String> anchors = new LinkedHashSet<>();
  private String base = "";
  private int at;

  private HtmlLinks(String html) {
    this.html = html;
  }

  static HtmlLinks of(String html) {
    var links = new HtmlLinks(html);
    links.read();
    return links;
  }

  /** As they stand in the page, entities decoded, in order. */
  List<String> links() {
    return List.copyOf(links);
  }

  /** The ids of its elements, and names of old anchors. */
  Set<String> anchors() {
    return anchors;
  }

  /** What links are relative to, if the page says so; else empty. */
  String base() {
    return base;
  }

  private void read() {
    for (at = next("<"); at < html.length(); at = next("<")) {
      if (html.startsWith("<!--", at)) {
        int end = html.indexOf("-->", at + 4);
        at = end < 0 ? html.length() : end + 3;
      } else if (at + 1 < html.length() && Character.isLetter(html.charAt(at + 1))) {
        at++;
        element();
      } else {
        at++;
      }
    }
  }

  private void element() {
    String name = name();
    Map<String, String> attributes = new LinkedHashMap<>();
    while (at < html.length() && html.charAt(at) != '>') {
      attribute(attributes);
    }
    at++;
    note(name, attributes);
    int text = Math.min(at, html.length());
    if (TEXT_ONLY.contains(name)) {
      skipText(name);
    }
    if (name.equals("style")) {
      style(html.substring(text, Math.min(at, html.length())));
    }
  }

  private void skipText(String name) {
    for (at = next("</"); at < html.length(); at = next("</")) {
      if (html.regionMatches(true, at + 2, name, 0, name.length())) {
        return;
      }
      at += 2;
    }
  }

  /** Where that text stands next; the end of the page if it does not. */
  private int next(String text) {
    int found = html.indexOf(text, at);
    return found < 0 ? html.length() : found;
  }

  private void note(String element, Map<String, String> attributes) {
    for (String id : List.of("id", "name")) {
      if (attributes.containsKey(id) && (id.equals("id") || element.equals("a"))) {
        anchors.add(attributes.get(id));
      }
    }
    if (element.equals("base")) {
      base = attributes.getOrDefault("href", "");
    }
    boolean refersNowhere = element.equals("input") && !attributes.getOrDefault("type", "").equalsIgnoreCase("image");
    boolean connects = element.equals("link") && List.of("preconnect", "dns-prefetch")
        .contains(attributes.getOrDefault(
            "rel", ""));
    for (String attribute : connects || refersNowhere ? List.<String>of()
        : REFERRING.getOrDefault(element, List.of())) {
      String value = attributes.get(attribute);
      if (value != null && attribute.endsWith("srcset")) {
        srcset(value);
      } else if (value != null) {
        links.add(value.strip());
      }
    }
  }

  /** A reference into the page itself is to what a script may have made, a gradient say. */
  private void style(String css) {
    CssReferences.texts(css).stream().filter(reference -> !reference.startsWith("#")).forEach(links::add);
  }

  /** Candidates are a URL and a width or density; a URL may hold commas, but not end with one. */
  private void srcset(String value) {
    for (String candidate : value.split(",\\s+|,(?=/)|,$", -1)) {
      String url = candidate.strip().split("\\s+", 2)[0];
      if (!url.isEmpty()) {
        links.add(url);
      }
    }
  }

  private String name() {
    int start = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && "/>=".indexOf(html.charAt(at)) < 0) {
      at++;
    }
    return html.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private void attribute(Map<String, String> attributes) {
    if (isSpace(html.charAt(at)) || "/=".indexOf(html.charAt(at)) >= 0) {
      at++;
      return;
    }
    String name = name();
    skipSpace();
    String value = "";
    if (at < html.length() && html.charAt(at) == '=') {
      at++;
      skipSpace();
      value = value();
    }
    attributes.putIfAbsent(name, Entities.decode(value));
  }

  private String value() {
    if (at < html.length() && (html.charAt(at) == '"' || html.charAt(at) == '\'')) {
      int start = at + 1;
      int end = html.indexOf(html.charAt(at), start);
      at = end < 0 ? html.length() : end + 1;
      return html.substring(Math.min(start, html.length()), end < 0 ? html.length() : end);
    }
    int start = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
      at++;
    }
    return html.substring(start, at);
  }

  private void skipSpace() {
    while (at < html.length() && isSpace(html.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
  }
}
