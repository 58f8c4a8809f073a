package dev.edge4j.render.site;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Site;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The pages of a site for search engines (sitemaps.org protocol 0.9), with their languages. One file holds 50,000 pages and 50 MB at most; where there are
 * more, {@code /sitemap.xml} is an index and the files are {@code /sitemap-1.xml}, {@code /sitemap-2.xml} and so on. Each is there as {@code .xml.gz} too.
 *
 * <p>Served, a file is streamed from its source while it is read, and nothing of it is held: {@code app.get("/sitemap.xml", map.index())} and
 * {@code app.get("/:file{sitemap-[0-9]+\\.xml(\\.gz)?}", map.file("file"))}. Written to a folder, files are cut at both limits exactly.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Sitemap {
  private static final String XML = "application/xml";
  private static final String GZIP = "application/gzip";
  private static final int BUFFER_BYTES = 32 * 1024;

  private final Site site;
  private final SitemapSource source;
  private final int perFile;
  private final int maxBytes;

  private Sitemap(Site site, SitemapSource source, int perFile, int maxBytes) {
    this.site = site;
    this.source = source;
    this.perFile = perFile;
    this.maxBytes = maxBytes;
  }

  /** The pages of a source. */
  public static Sitemap of(Site site, SitemapSource source) {
    return new Sitemap(site, source, SitemapFile.MAX_URLS, SitemapFile.MAX_BYTES);
  }

  /** A copy with fewer pages a file: for those with so many languages that 50,000 would be over 50 MB, which breaks a served file off. */
  public Sitemap perFile(int pages) {
    if (pages < 1 || pages > SitemapFile.MAX_URLS) {
      throw new IllegalArgumentException("pages a sitemap: " + pages + " (expected: 1 to " + SitemapFile.MAX_URLS
          + ")");
    }
    return new Sitemap(site, source, pages, maxBytes);
  }

  /** A copy with another limit of bytes, for tests. */
  Sitemap maxBytes(int bytes) {
    return new Sitemap(site, source, perFile, bytes);
  }

  /** Answers {@code /sitemap.xml}, or {@code /sitemap.xml.gz}: all pages, or an index of the files that hold them. */
  public Handler index() {
    return c -> {
      long count = source.count();
      if (count <= perFile) {
        return response(c, out -> writePages(0, out));
      }
      int files = Math.toIntExact((count + perFile - 1) / perFile);
      List<String> names = IntStream.rangeClosed(1, files).mapToObj(Sitemap::name).toList();
      return response(c, out -> SitemapFile.index(site, names, out));
    };
  }

  /** Answers {@code /sitemap-1.xml} and so on, whose last segment is that parameter of the path; 404 past the last file. */
  public Handler file(String parameter) {
    return c -> {
      String name = c.param(parameter).asString();
      String digits = name.replaceFirst("sitemap-([0-9]{1,6})\\.xml(?:\\.gz)?", "$1");
      int number = digits.equals(name) ? 0 : Integer.parseInt(digits); // digits alone: the expression says so
      if (number < 1 || (number - 1L) * perFile >= source.count()) {
        throw new NotFound("no sitemap " + name);
      }
      return response(c, out -> writePages((number - 1L) * perFile, out));
    };
  }

  private static String name(int number) {
    return "/sitemap-" + number + ".xml";
  }

  private static Response response(Context c, Body.Writer writer) {
    boolean zipped = c.path().endsWith(".gz");
    Body.Writer whole = zipped ? out -> {
      try (var zip = new GZIPOutputStream(new Kept(out))) {
        writer.writeTo(zip);
      }
    } : writer;
    return Response.of(200)
        .withHeader("Content-Type", zipped ? GZIP : XML)
        .withHeader("Cache-Control", "public, max-age=3600")
        .withBody(new Body.Stream(whole));
  }

  private void writePages(long first, OutputStream to) throws IOException {
    var out = new BufferedOutputStream(to, BUFFER_BYTES);
    try (Stream<SitemapUrl> pages = pages(first)) {
      var file = new SitemapFile(site, out, maxBytes);
      for (Iterator<SitemapUrl> each = pages.iterator(); each.hasNext();) {
        if (!file.add(each.next())) {
          throw new IOException("sitemap: page " + (file.urls() + 1) + " of the file does not fit into " + maxBytes
              + " bytes (expected: fewer pages a file, see Sitemap.perFile)");
        }
      }
      file.end();
    }
    out.flush();
  }

  private Stream<SitemapUrl> pages(long first) throws IOException {
    try {
      return source.from(first, perFile);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the source of a sitemap failed", e);
    }
  }

  /**
   * Writes all pages into a folder: {@code sitemap.xml}, or that as an index and {@code sitemap-1.xml} and so on, cut where a file has 50,000 pages or 50 MB. Files with
   * higher numbers, of a time when there were more pages, are deleted.
   *
   * @return the files, the one to name in {@code robots.txt} first
   */
  public static List<Path> write(Site site, Iterable<SitemapUrl> pages, Path folder) throws IOException {
    return write(site, pages, folder, SitemapFile.MAX_BYTES);
  }

  /** As {@link #write(Site, Iterable, Path)}, with a limit of bytes for tests. */
  static List<Path> write(Site site, Iterable<SitemapUrl> pages, Path folder, int maxBytes) throws IOException {
    Path top = folder.resolve("sitemap.xml");
    List<Path> files = new ArrayList<>(List.of(top));
    Iterator<SitemapUrl> each = pages.iterator();
    SitemapUrl next = each.hasNext() ? each.next() : null;
    do {
      Path file = folder.resolve("sitemap-" + files.size() + ".xml");
      try (var out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
        var open = new SitemapFile(site, out, maxBytes);
        while (next != null && open.add(next)) {
          next = each.hasNext() ? each.next() : null;
        }
        if (next != null && open.urls() == 0) {
          throw new IllegalArgumentException("sitemap: one page alone is over " + maxBytes + " bytes");
        }
        open.end();
      }
      files.add(file);
    } while (next != null);
    int beyond = files.size();
    if (files.size() == 2) {
      Files.move(files.removeLast(), top, StandardCopyOption.REPLACE_EXISTING);
    } else {
      try (var out = new BufferedOutputStream(Files.newOutputStream(top))) {
        SitemapFile.index(site, files.stream().skip(1).map(file -> "/" + file.getFileName()).toList(), out);
      }
    }
    deleteFrom(folder, beyond);
    return files;
  }

  /** The index no longer names them. */
  private static void deleteFrom(Path folder, int number) throws IOException {
    int next = number;
    while (Files.deleteIfExists(folder.resolve("sitemap-" + next + ".xml"))) {
      next++;
    }
  }
}
