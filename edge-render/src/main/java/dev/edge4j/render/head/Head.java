package dev.edge4j.render.head;

import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import dev.edge4j.render.SafeHtml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The head of one page: {@code Head.of(site, "Green tea").description("...").canonical("/products/1")}, printed by {@link #html()} for a template's
 * {@code {{{head}}}}. Whatever is in the values, exactly these elements come out.
 *
 * <p>Open Graph is filled in from what is there: title, description, canonical address, image, name of the site; {@link #property} says otherwise. Addresses are
 * paths of the site or {@code http(s)} addresses, see {@link Site#absolute}; another is an {@link IllegalArgumentException}. The order is the one in
 * which browsers start sooner: title, connections, what to load, then what only programs read.
 *
 * <p>Immutable: a head with what all pages share is made once. Safe for use by many threads.
 */
public final class Head {
  private static final String DATA = "application/ld+json";

  private final Site site;
  private final String title;
  private final boolean named;
  private final SequencedMap<String, String> metas;
  private final SequencedMap<String, String> properties;
  private final List<HeadLink> links;
  private final List<Object> data;

  private Head(Site site, String title, boolean named, SequencedMap<String, String> metas,
      SequencedMap<String, String> properties, List<HeadLink> links, List<Object> data) {
    this.site = site;
    this.title = title;
    this.named = named;
    this.metas = metas;
    this.properties = properties;
    this.links = links;
    this.data = data;
  }

  /** A head with that title, behind which the name of the site is printed: {@code Green tea · The shop}. */
  public static Head of(Site site, String title) {
    return new Head(site, title, true, new LinkedHashMap<>(), new LinkedHashMap<>(), List.of(), List.of());
  }

  /** A copy with another title. */
  public Head title(String newTitle) {
    return new Head(site, newTitle, named, metas, properties, links, data);
  }

  /** A copy whose title stands alone, without the name of the site: that of the first page. */
  public Head bareTitle() {
    return new Head(site, title, false, metas, properties, links, data);
  }

  /** A copy with a summary of the page, for results of searches and previews. */
  public Head description(String text) {
    return meta("description", text).property("og:description", text);
  }

  /** A copy that names the one address of the page's content (RFC 6596), whatever it was asked for by. */
  public Head canonical(String address) {
    String absolute = site.absolute(address);
    return property("og:url", absolute).link(HeadLink.canonical(absolute));
  }

  /** A copy that tells search engines what they may do: {@code robots("noindex", "follow")}. */
  public Head robots(String... rules) {
    return meta("robots", String.join(", ", rules));
  }

  /** A copy that says where the same page is in another language: a tag (BCP 47), {@code de-AT}, or {@code x-default}. Each page names all, itself too. */
  public Head alternate(String language, String address) {
    return link(HeadLink.language(language, site.absolute(address)));
  }

  /** A copy that says where to go in a language that is not there. */
  public Head alternateDefault(String address) {
    return alternate("x-default", address);
  }

  /** A copy with the picture that previews show, and a text that says what is to be seen. */
  public Head image(String address, String alt) {
    return property("og:image", site.absolute(address)).property("og:image:alt", alt)
        .meta("twitter:card", "summary_large_image");
  }

  /** As {@link #image(String, String)}, with the size in pixels, so that the first preview has it too. */
  public Head image(String address, String alt, int width, int height) {
    return image(address, alt).property("og:image:width", String.valueOf(width))
        .property("og:image:height", String.valueOf(height));
  }

  /** A copy with what kind of thing the page is about: {@code product}, {@code article}; {@code website} if nobody says. */
  public Head type(String type) {
    return property("og:type", type);
  }

  /** A copy with the language and country of the page: {@code de_AT}. */
  public Head locale(String locale) {
    return property("og:locale", locale.replace('-', '_'));
  }

  /** A copy with that colour around the page, in a colour scheme, {@code light} or {@code dark}; for any by {@code meta("theme-color", colour)}. */
  public Head themeColor(String scheme, String colour) {
    if (!scheme.equals("light") && !scheme.equals("dark")) {
      throw new IllegalArgumentException("colour scheme: \"" + scheme + "\" (expected: light or dark)");
    }
    return meta("theme-color " + scheme, colour);
  }

  /** A copy with any {@code <meta name>}, or another value for one. An empty value is left out. */
  public Head meta(String name, String content) {
    return new Head(site, title, named, with(metas, name, content), properties, links, data);
  }

  /** A copy with any {@code <meta property>}, as Open Graph has them, or another value for one. An empty value is left out. */
  public Head property(String property, String content) {
    return new Head(site, title, named, metas, with(properties, property, content), links, data);
  }

  /** A copy with a style sheet. */
  public Head stylesheet(String address) {
    return link(HeadLink.of("stylesheet", address));
  }

  /** A copy with a picture for tabs and bookmarks; its type by the address's ending, where that is SVG or PNG. */
  public Head icon(String address) {
    String type = address.endsWith(".svg") ? "image/svg+xml" : address.endsWith(".png") ? "image/png" : "";
    return link(HeadLink.of("icon", address).with("type", type));
  }

  /** A copy that has that loaded before the page asks for it; what it is ({@code style}, {@code script}, {@code image}, {@code font}, {@code fetch}). */
  public Head preload(String address, String as) {
    HeadLink link = HeadLink.of("preload", address).with("as", as);
    return link(as.equals("font") || as.equals("fetch") ? link.with("crossorigin", "anonymous") : link);
  }

  /** A copy that has a module loaded and parsed before the page asks for it. */
  public Head modulePreload(String address) {
    return link(HeadLink.of("modulepreload", address));
  }

  /** A copy that has a connection to another origin opened: {@code https://images.example}. */
  public Head preconnect(String origin) {
    return link(HeadLink.of("preconnect", site.absolute(origin)));
  }

  /** A copy with any link that {@link HeadLink} can say. One of the same relation, address and language takes the place of the other; there is one canonical link. */
  public Head link(HeadLink link) {
    List<HeadLink> more = new ArrayList<>(links);
    more.removeIf(link::replaces);
    more.add(link);
    return new Head(site, title, named, metas, properties, List.copyOf(more), data);
  }

  /** A copy with data for machines (JSON-LD): one of {@link Schema}, or a record of your own, see {@link JsonLd}. */
  public Head jsonLd(Object thing) {
    List<Object> more = new ArrayList<>(data);
    more.add(thing);
    return new Head(site, title, named, metas, properties, links, List.copyOf(more));
  }

  private static SequencedMap<String, String> with(SequencedMap<String, String> map, String name, String value) {
    var more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }

  /** The site whose page it is. */
  public Site site() {
    return site;
  }

  /** The elements, one a line, to stand behind {@code <meta charset>} and {@code <meta name="viewport">}. */
  public SafeHtml html() {
    var markup = new Markup().title(named ? title + " · " + site.name() : title);
    links.stream().filter(HeadLink::isEarly).forEach(link -> link.writeTo(markup));
    links.stream().filter(HeadLink::isLoaded).forEach(link -> link.writeTo(markup));
    metas.forEach((name, content) -> meta(markup, name, content));
    links.stream().filter(HeadLink::isOfMachines).forEach(link -> link.writeTo(markup));
    openGraph().forEach((property, content) -> {
      if (!content.isEmpty()) {
        markup.element("meta", "property", property, "content", content);
      }
    });
    data.forEach(thing -> markup.data(DATA, JsonLd.text(site, thing)));
    return new SafeHtml(markup.toString());
  }

  private static void meta(Markup markup, String name, String content) {
    boolean themed = name.startsWith("theme-color ");
    String media = themed ? "(prefers-color-scheme: " + name.substring("theme-color ".length()) + ")" : "";
    if (!content.isEmpty()) {
      markup.element("meta", "name", themed ? "theme-color" : name, "content", content, "media", media);
    }
  }

  private Map<String, String> openGraph() {
    var all = new LinkedHashMap<String, String>();
    all.put("og:title", title);
    all.put("og:type", "website");
    all.put("og:site_name", site.name());
    all.putAll(properties);
    return all;
  }

  /** What of it stands in the field {@code Link} too: what is loaded early, the style sheets as preloads, the canonical address and the languages. */
  public List<WebLink> links() {
    return links.stream().flatMap(link -> link.asField().stream()).toList();
  }

  /** The response with {@link #links} as {@code Link} fields, by which browsers, and early hints, know them before the page. */
  public Response addTo(Response response) {
    Response all = response;
    for (WebLink link : links()) {
      all = all.withAddedHeader("Link", link.toString());
    }
    return all;
  }
}
