package dev.edge4j.render.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.head.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file, a {@code urlset} or an index, and keeps count of its pages and bytes. A page whose address cannot stand in a sitemap is left out and
 * logged: the others are as good as without it. Confined to one thread.
 */
final class SitemapFile {
  static final int MAX_URLS = 50_000;
  /** 50 MB before compression, as sitemaps.org counts. */
  static final int MAX_BYTES = 52_428_800;
  private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String URLSET = XML + "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
      + " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
  private static final String INDEX = XML + "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  private static final String END = "</urlset>\n";
  /** The protocol: less than 2,048 characters. */
  private static final int MAX_LOCATION = 2_047;

  private static final Logger LOG = LoggerFactory.getLogger(SitemapFile.class);
  private static final int SHOWN = 200;

  private final Site site;
  private final OutputStream out;
  private final int maxBytes;
  private long written;
  private int urls;

  /** Begins a {@code urlset}. */
  SitemapFile(Site site, OutputStream out, int maxBytes) throws IOException {
    this.site = site;
    this.out = out;
    this.maxBytes = maxBytes;
    write(URLSET);
  }

  /** Adds a page, or leaves it out; false, and nothing written, if the file is full. */
  boolean add(SitemapUrl page) throws IOException {
    byte[] entry;
    try {
      entry = entry(page).getBytes(UTF_8);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is left out of the sitemap: {}", shown(page.address()), shown(String.valueOf(e.getMessage())));
      return true;
    }
    if (urls == MAX_URLS || written + entry.length + END.length() > maxBytes) {
      return false;
    }
    out.write(entry);
    written += entry.length;
    urls++;
    return true;
  }

  /** It came from data: it neither fills the log nor forges a line of it. */
  private static String shown(String text) {
    return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", "?");
  }

  int urls() {
    return urls;
  }

  void end() throws IOException {
    write(END);
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(bytes);
    written += bytes.length;
  }

  private String entry(SitemapUrl page) {
    var xml = new StringBuilder("<url><loc>").append(location(site, page.address())).append("</loc>");
    if (!page.lastModified().isEmpty()) {
      xml.append("<lastmod>").append(escape(page.lastModified())).append("</lastmod>");
    }
    for (Map.Entry<String, String> alternate : page.alternates().entrySet()) {
      xml.append("<xhtml:link rel=\"alternate\" hreflang=\"")
          .append(escape(alternate.getKey()))
          .append("\" href=\"")
          .append(location(site, alternate.getValue()))
          .append("\"/>");
    }
    return xml.append("</url>\n").toString();
  }

  private static String location(Site site, String address) {
    String absolute = site.absolute(address);
    if (absolute.length() > MAX_LOCATION) {
      throw new IllegalArgumentException("address in a sitemap: " + absolute.length()
          + " characters (expected: at most "
          + MAX_LOCATION + ")");
    }
    return escape(absolute);
  }

  /** An index of so many files. */
  static void index(Site site, Iterable<String> files, OutputStream out) throws IOException {
    var xml = new StringBuilder(INDEX);
    for (String file : files) {
      xml.append("<sitemap><loc>").append(location(site, file)).append("</loc></sitemap>\n");
    }
    out.write(xml.append("</sitemapindex>\n").toString().getBytes(UTF_8));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'",
            "&apos;");
  }
}
