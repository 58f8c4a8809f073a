package dev.edge4j.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file, as far as the checks need it.
 *
 * @param name its path from the project's root
 */
record Document(String name, List<String> lines) {
  private static final Pattern LISTING = Pattern.compile("<!-- listing: (\\S+)#(\\S+) -->");
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  /**
   * A fenced block.
   *
   * @param line where its fence stands, from 1
   * @param source the region that the comment before it names, if there is one
   */
  record Block(int line, String language, Optional<Source> source, List<String> lines) {}

  /** A region of a file, as a comment names it. */
  record Source(String file, String region) {}

  /** The root of the project. */
  static Path house() {
    return Path.of(System.getProperty("edge4j.house", ".."));
  }

  /** README.md and everything below docs. */
  static List<Document> all() throws IOException {
    try (Stream<Path> guides = Files.walk(house().resolve("docs"))) {
      List<Path> files = Stream
          .concat(Stream.of(house().resolve("README.md")), guides.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
      var documents = new ArrayList<Document>();
      for (Path file : files) {
        documents.add(new Document(house().relativize(file).toString(), Files.readAllLines(file)));
      }
      return documents;
    }
  }

  /** All fenced blocks; a listing comment that no block follows counts as an empty one without language. */
  List<Block> blocks() {
    var blocks = new ArrayList<Block>();
    Optional<Source> source = Optional.empty();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher listing = LISTING.matcher(line.strip());
      if (line.startsWith("```")) {
        int end = i + 1;
        while (end < lines.size() && !lines.get(end).startsWith("```")) {
          end++;
        }
        blocks.add(new Block(i + 1, line.substring(3).strip(), source, lines.subList(i + 1, end)));
        source = Optional.empty();
        i = end;
      } else if (listing.matches()) {
        source = Optional.of(new Source(listing.group(1), listing.group(2)));
      } else if (!line.isBlank() && source.isPresent()) {
        blocks.add(new Block(i + 1, "", source, List.of()));
        source = Optional.empty();
      }
    }
    return blocks;
  }

  /** The targets of all links outside of fenced blocks, pictures left out. */
  List<String> links() {
    boolean fenced = false;
    var links = new ArrayList<String>();
    for (String line : lines) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        LINK.matcher(line).results().forEach(link -> links.add(link.group(1)));
      }
    }
    return links;
  }
}
