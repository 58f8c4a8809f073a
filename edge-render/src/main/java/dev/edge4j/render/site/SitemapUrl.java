package dev.edge4j.render.site;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One page in a sitemap.
 *
 * @param address a path of the site, or an address of one of its origins
 * @param lastModified when its content was last changed, as a W3C date and time; empty if nobody knows
 * @param alternates addresses by language tag, or {@code x-default}, the page's own among them
 */
public record SitemapUrl(String address, String lastModified, Map<String, String> alternates) {
  /** Copies the map. */
  public SitemapUrl {
    alternates = Collections.unmodifiableMap(new LinkedHashMap<>(alternates));
  }

  /** A page of which nothing else is known. */
  public static SitemapUrl of(String address) {
    return new SitemapUrl(address, "", Map.of());
  }

  /** A copy with the time of the last change, in whole seconds. */
  public SitemapUrl modified(Instant time) {
    return new SitemapUrl(address, time.truncatedTo(ChronoUnit.SECONDS).toString(), alternates);
  }

  /** A copy with the day of the last change. */
  public SitemapUrl modified(LocalDate day) {
    return new SitemapUrl(address, day.toString(), alternates);
  }

  /** A copy that says where the page is in a language. */
  public SitemapUrl alternate(String language, String itsAddress) {
    var more = new LinkedHashMap<>(alternates);
    more.put(language, itsAddress);
    return new SitemapUrl(address, lastModified, more);
  }
}
