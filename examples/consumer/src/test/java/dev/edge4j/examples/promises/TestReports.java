package dev.edge4j.examples.promises;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What ran, from the reports that Surefire and Failsafe write. A test is {@code Class#method}, the class without its package, because jqwik
 * reports it so. All invocations of a parameterized or repeated test and all tests of a factory count as one: it passed if one of
 * them did and none was skipped or failed.
 */
final class TestReports {
  /** From good to bad. */
  enum Outcome {
    PASSED, SKIPPED, FAILED
  }

  private static final Map<String, Outcome> MARKS = Map.of("skipped", Outcome.SKIPPED, "failure", Outcome.FAILED,
      "error", Outcome.FAILED);

  private TestReports() {}

  /** The outcomes in all reports of a folder that are not older than that; an older one is left over from another build. */
  static Map<String, Outcome> read(Path folder, Instant since) throws IOException, XMLStreamException {
    var outcomes = new HashMap<String, Outcome>();
    for (Path report : reports(folder)) {
      if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
        try (InputStream in = Files.newInputStream(report)) {
          read(in).forEach((test, outcome) -> outcomes.merge(test, outcome, TestReports::worse));
        }
      }
    }
    return outcomes;
  }

  private static List<Path> reports(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList();
    }
  }

  /** The outcomes in one report. */
  static Map<String, Outcome> read(InputStream report) throws XMLStreamException {
    var outcomes = new HashMap<String, Outcome>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader xml = factory.createXMLStreamReader(report);
    String test = "";
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("testcase")) {
          test = name(xml.getAttributeValue(null, "classname"), xml.getAttributeValue(null, "name"));
          outcomes.putIfAbsent(test, Outcome.PASSED);
        } else if (MARKS.containsKey(xml.getLocalName())) {
          outcomes.merge(test, MARKS.getOrDefault(xml.getLocalName(), Outcome.FAILED), TestReports::worse);
        }
      }
    }
    return outcomes;
  }

  /** {@code a.b.CTest}, or {@code a.b.CTest[2]} of a class with parameters, and {@code method(String, int)[3]} are {@code CTest#method}. */
  private static String name(String type, String method) {
    String plain = type.split("\\[", 2)[0];
    return plain.substring(plain.lastIndexOf('.') + 1) + "#" + method.split("[^\\w$]", 2)[0];
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
