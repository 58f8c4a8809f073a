package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Site;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Sitemaps are well-formed XML of the protocol's shape, within its limits, and hold each page once. */
class SitemapsKeepTheProtocolTest {
  private static final String NS = "http://www.sitemaps.org/schemas/sitemap/0.9";
  /** The rules of sitemaps.org as a schema: what may stand where, how long an address is, what a time looks like. */
  private static final String RULES = """
      <s:schema xmlns:s="http://www.w3.org/2001/XMLSchema" targetNamespace="%1$s" xmlns="%1$s" elementFormDefault="qualified">
        <s:simpleType name="address"><s:restriction base="s:anyURI">
          <s:minLength value="12"/><s:maxLength value="2047"/><s:pattern value="https?://.*"/></s:restriction></s:simpleType>
        <s:simpleType name="time"><s:union memberTypes="s:date s:dateTime"/></s:simpleType>
        <s:complexType name="entry"><s:sequence>
          <s:element name="loc" type="address"/><s:element name="lastmod" type="time" minOccurs="0"/>
          <s:any namespace="http://www.w3.org/1999/xhtml" minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
        </s:sequence></s:complexType>
        <s:element name="urlset"><s:complexType><s:sequence>
          <s:element name="url" type="entry" minOccurs="0" maxOccurs="50000"/></s:sequence></s:complexType></s:element>
        <s:element name="sitemapindex"><s:complexType><s:sequence>
          <s:element name="sitemap" type="entry" maxOccurs="50000"/></s:sequence></s:complexType></s:element>
      </s:schema>
      """.formatted(NS);

  private static final Site SITE = Site.of("Shop", "https://shop.example");

  @TempDir private Path folder;

  private static Document read(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(new StreamSource(new StringReader(
            RULES)));
    schema.newValidator().validate(new DOMSource(document));
    return document;
  }

  private static List<String> locations(Document document) {
    NodeList found = document.getElementsByTagNameNS(NS, "loc");
    return IntStream.range(0, found.getLength()).mapToObj(i -> found.item(i).getTextContent()).toList();
  }

  private static byte[] bytes(Response response) throws IOException {
    var out = new ByteArrayOutputStream();
    ((Body.Stream) response.body()).writer().writeTo(out);
    return out.toByteArray();
  }

  private static List<SitemapUrl> pages(int count) {
    return IntStream.range(0, count).mapToObj(i -> SitemapUrl.of("/p/" + i)).toList();
  }

  private static App serving(Sitemap map) {
    var app = new App();
    app.get("/sitemap.xml", map.index());
    app.get("/sitemap.xml.gz", map.index());
    app.get("/:file{sitemap-[0-9]+\\.xml(\\.gz)?}", map.file("file"));
    return app;
  }

  @Test
  void aPageWithItsTimeAndLanguages() throws Exception {
    List<SitemapUrl> pages = List.of(SitemapUrl.of("/a?b=1&c=<'\">")
        .modified(Instant.parse("2026-01-02T03:04:05.678Z"))
        .alternate("de", "/de/a&b")
        .alternate("x-default", "/a"), SitemapUrl.of("/é").modified(LocalDate.of(2026, 2, 3)));
    Response response = serving(Sitemap.of(SITE, SitemapSource.of(() -> pages))).request("/sitemap.xml");
    assertEquals("application/xml", response.header("Content-Type").orElseThrow());
    Document document = read(bytes(response));
    assertEquals(List.of("https://shop.example/a?b=1&c=%3C'%22%3E", "https://shop.example/%C3%A9"), locations(
        document));
    NodeList times = document.getElementsByTagNameNS(NS, "lastmod");
    assertEquals("2026-01-02T03:04:05Z", times.item(0).getTextContent());
    assertEquals("2026-02-03", times.item(1).getTextContent());
    NodeList links = document.getElementsByTagNameNS("http://www.w3.org/1999/xhtml", "link");
    assertEquals("https://shop.example/de/a&b", links.item(0).getAttributes().getNamedItem("href").getNodeValue());
    assertEquals("x-default", links.item(1).getAttributes().getNamedItem("hreflang").getNodeValue());
  }

  @Test
  void moreThanOneFileHoldsAreBehindAnIndexEachOnce() throws Exception {
    SitemapSource source = SitemapSource.of(() -> pages(15)).then(SitemapSource.of(() -> pages(35).subList(15, 35)));
    App app = serving(Sitemap.of(SITE, source).perFile(10));
    List<String> files = locations(read(bytes(app.request("/sitemap.xml"))));
    assertEquals(List.of("https://shop.example/sitemap-1.xml", "https://shop.example/sitemap-2.xml",
        "https://shop.example/sitemap-3.xml", "https://shop.example/sitemap-4.xml"), files);
    List<String> all = new ArrayList<>();
    for (String file : files) {
      all.addAll(locations(read(bytes(app.request(file.substring(SITE.origin().length()))))));
    }
    assertEquals(pages(35).stream().map(page -> "https://shop.example" + page.address()).toList(), all);
    assertEquals(404, app.request("/sitemap-5.xml").status());
    assertEquals(404, app.request("/sitemap-0.xml").status());
    assertEquals(404, app.request("/sitemap-9999999999.xml").status());
  }

  @Test
  void eachIsThereCompressed() throws Exception {
    App app = serving(Sitemap.of(SITE, SitemapSource.of(() -> pages(3))));
    Response response = app.request("/sitemap.xml.gz");
    assertEquals("application/gzip", response.header("Content-Type").orElseThrow());
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(response)))) {
      assertEquals(3, locations(read(in.readAllBytes())).size());
    }
  }

  @Test
  void fiftyThousandPagesAreOneFileAndOneMoreIsTwo() throws Exception {
    assertEquals(50_000, locations(read(bytes(serving(Sitemap.of(SITE, SitemapSource.of(() -> pages(50_000)))).request(
        "/sitemap.xml")))).size());
    List<Path> files = Sitemap.write(SITE, pages(50_001), folder);
    assertEquals(List.of("sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"), files.stream()
        .map(file -> file.getFileName().toString())
        .toList());
    assertEquals(List.of("https://shop.example/p/50000"), locations(read(Files.readAllBytes(files.get(2)))));
  }

  @Test
  void writtenFilesAreCutAtTheLimitOfBytes() throws Exception {
    List<Path> files = Sitemap.write(SITE, pages(100), folder, 1_000);
    List<String> all = new ArrayList<>();
    for (Path file : files.subList(1, files.size())) {
      assertTrue(Files.size(file) <= 1_000, file + " has " + Files.size(file));
      all.addAll(locations(read(Files.readAllBytes(file))));
    }
    assertEquals(100, all.stream().distinct().count());
    assertEquals(100, all.size());
    assertEquals(List.of(folder.resolve("sitemap.xml")), Sitemap.write(SITE, pages(2), folder));
    assertEquals(2, locations(read(Files.readAllBytes(folder.resolve("sitemap.xml")))).size());
  }

  @Test
  void aServedFileOverTheLimitBreaksOffInsteadOfLosingPages() {
    App app = serving(Sitemap.of(SITE, SitemapSource.of(() -> pages(100))).maxBytes(1_000));
    IOException error = assertThrows(IOException.class, () -> bytes(app.request("/sitemap.xml")));
    assertTrue(String.valueOf(error.getMessage()).contains("perFile"), error::toString);
  }

  /** Pages are made one by one while they are written: a million need no million in memory. */
  @Test
  void nothingIsHeld() throws Exception {
    var source = new SitemapSource() {
      private int ahead;
      private int most;

      @Override
      public long count() {
        return 40_000;
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) {
        return IntStream.range(0, 40_000).mapToObj(i -> {
          ahead++;
          most = Math.max(most, ahead);
          return SitemapUrl.of("/p/" + i);
        });
      }
    };
    Body.Stream body = (Body.Stream) serving(Sitemap.of(SITE, source)).request("/sitemap.xml").body();
    body.writer().writeTo(new OutputStream() {
      @Override
      public void write(int b) {
        source.ahead = 0;
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        source.ahead = 0;
      }
    });
    assertTrue(source.most < 2_000, source.most + " pages were made before the first was written");
  }

  @Test
  void anAddressThatCannotStandInOneIsLeftOutAlone() throws Exception {
    List<SitemapUrl> pages = List.of(SitemapUrl.of("/a"), SitemapUrl.of("/" + "b".repeat(2_048)),
        SitemapUrl.of("//evil.example"), SitemapUrl.of("/c").alternate("de", "javascript:alert(1)"), SitemapUrl.of(
            "/d"));
    List<String> expected = List.of("https://shop.example/a", "https://shop.example/d");
    App app = serving(Sitemap.of(SITE, SitemapSource.of(() -> pages)));
    assertEquals(expected, locations(read(bytes(app.request("/sitemap.xml")))));
    assertEquals(expected, locations(read(Files.readAllBytes(Sitemap.write(SITE, pages, folder).getFirst()))));
  }

  @Test
  void whatWasWrittenWhenThereWereMorePagesGoes() throws Exception {
    Path other = Files.writeString(folder.resolve("sitemap-of-teas.xml"), "<a/>");
    Sitemap.write(SITE, pages(100), folder, 1_000);
    for (int count : List.of(30, 5)) {
      List<Path> files = Sitemap.write(SITE, pages(count), folder, 1_000);
      try (Stream<Path> there = Files.list(folder)) {
        assertEquals(Stream.concat(files.stream(), Stream.of(other)).sorted().toList(), there.sorted().toList());
      }
    }
  }

  @Test
  void aSourceIsClosedWhenTheNextOneFails() {
    var closed = new AtomicInteger();
    SitemapSource first = counted(() -> pages(3).stream().onClose(closed::incrementAndGet));
    SitemapSource second = counted(() -> {
      throw new IOException("away");
    });
    assertThrows(IOException.class, () -> first.then(second).from(0, 10));
    assertEquals(1, closed.get());
  }

  private static SitemapSource counted(Callable<Stream<SitemapUrl>> pages) {
    return new SitemapSource() {
      @Override
      public long count() {
        return 3;
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) throws Exception {
        return pages.call();
      }
    };
  }
}
