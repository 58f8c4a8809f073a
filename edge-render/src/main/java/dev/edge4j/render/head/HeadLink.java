package dev.edge4j.render.head;

import dev.edge4j.http.WebLink;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A {@code <link>} of a head (HTML section 4.2.4).
 *
 * @param relation of a known kind: what it does, or says, is clear to whoever reads the page
 * @param address absolute or a path, encoded
 * @param attributes others, by their names; an empty value is left out
 */
public record HeadLink(String relation, String address, Map<String, String> attributes) {
  private static final Set<String> EARLY = Set.of("preconnect", "dns-prefetch", "preload", "modulepreload");
  private static final Set<String> LOADED = Set.of("stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest");
  private static final Set<String> MACHINES = Set.of("canonical", "alternate", "prev", "next", "license", "author",
      "search", "help", "me");
  private static final Set<String> ATTRIBUTES = Set.of("as", "type", "media", "sizes", "hreflang", "title",
      "crossorigin",
      "integrity", "imagesrcset", "imagesizes", "fetchpriority", "referrerpolicy", "color");
  private static final Set<String> IN_FIELD = Set.of("canonical", "alternate", "preconnect", "preload",
      "modulepreload");
  private static final Pattern LANGUAGE = Pattern.compile("x-default|[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*");

  /** Refuses relations and attributes that are not known here: a name cannot be escaped. */
  public HeadLink {
    if (!EARLY.contains(relation) && !LOADED.contains(relation) && !MACHINES.contains(relation)) {
      throw new IllegalArgumentException("relation of a link: \"" + relation + "\" (expected: one that a head has)");
    }
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    attributes.keySet().forEach(name -> {
      if (!ATTRIBUTES.contains(name)) {
        throw new IllegalArgumentException("attribute of a link: \"" + name + "\" (expected: one of " + ATTRIBUTES
            + ")");
      }
    });
    String language = attributes.getOrDefault("hreflang", "x-default");
    if (!LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException("language: \"" + language
          + "\" (expected: a tag such as de-AT, or x-default)");
    }
    address = Site.reference(address);
  }

  /** A link of that relation. */
  public static HeadLink of(String relation, String address) {
    return new HeadLink(relation, address, Map.of());
  }

  static HeadLink canonical(String address) {
    return of("canonical", address);
  }

  static HeadLink language(String language, String address) {
    return new HeadLink("alternate", address, Map.of("hreflang", language));
  }

  /** A copy with one attribute more, or another value for one: {@code integrity}, {@code fetchpriority}, {@code media}. */
  public HeadLink with(String name, String value) {
    var more = new LinkedHashMap<>(attributes);
    more.put(name, value);
    return new HeadLink(relation, address, more);
  }

  boolean isEarly() {
    return EARLY.contains(relation);
  }

  boolean isLoaded() {
    return LOADED.contains(relation);
  }

  boolean isOfMachines() {
    return MACHINES.contains(relation);
  }

  boolean replaces(HeadLink other) {
    boolean same = other.relation.equals(relation);
    if (same && relation.equals("canonical")) {
      return true;
    }
    String language = attributes.getOrDefault("hreflang", "");
    return same && (language.isEmpty() ? other.address.equals(address)
        : language.equalsIgnoreCase(other.attributes.get(
            "hreflang")));
  }

  void writeTo(Markup markup) {
    String[] all = new String[4 + attributes.size() * 2];
    all[0] = "rel";
    all[1] = relation;
    all[2] = "href";
    all[3] = address;
    int next = 4;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      all[next++] = attribute.getKey();
      all[next++] = attribute.getValue();
    }
    markup.element("link", all);
  }

  /** A style sheet as the preload that it is; empty for what tells nobody anything before the page. */
  Optional<WebLink> asField() {
    boolean style = relation.equals("stylesheet");
    if (!style && !IN_FIELD.contains(relation)) {
      return Optional.empty();
    }
    WebLink link = WebLink.of(address, style ? "preload" : relation);
    if (style) {
      link = link.with("as", "style");
    }
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String value = attribute.getValue();
      boolean sound = !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 127);
      if (sound) {
        link = link.with(attribute.getKey(), value);
      }
    }
    return Optional.of(link);
  }
}
