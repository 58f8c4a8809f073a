package dev.edge4j.middleware.files;

import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file as it is or as it was compressed beforehand. */
record Variant(Path path, Optional<String> coding) {
  /** Codings by the ending of the file, best first. */
  private static final List<Map.Entry<String, String>> CODINGS = List.of(Map.entry("br", "br"), Map.entry("zstd",
      "zst"), Map.entry("gzip", "gz"));

  static Variant plain(Path file) {
    return new Variant(file, Optional.empty());
  }

  /** What lies beside the file, if it is not older than the file itself. */
  static List<Variant> of(Path file) throws IOException {
    List<Variant> variants = new ArrayList<>();
    for (Map.Entry<String, String> coding : CODINGS) {
      Path beside = file.resolveSibling(file.getFileName() + "." + coding.getValue());
      if (Files.isRegularFile(beside) && !Files.isSymbolicLink(beside) && Files.getLastModifiedTime(beside)
          .compareTo(Files.getLastModifiedTime(file)) >= 0) {
        variants.add(new Variant(beside, Optional.of(coding.getKey())));
      }
    }
    return variants;
  }

  /** The one with the highest weight in {@code Accept-Encoding}, of equal ones the best; empty for the file as it is. */
  static Optional<Variant> choose(List<Variant> variants, Headers headers) {
    if (variants.isEmpty() || !headers.contains("Accept-Encoding")) {
      return Optional.empty();
    }
    Optional<Variant> best = Optional.empty();
    double weight = 0;
    for (Variant variant : variants) {
      double own = weight(headers, variant.coding.orElseThrow());
      if (own > weight) {
        best = Optional.of(variant);
        weight = own;
      }
    }
    return best;
  }

  /** RFC 9110 section 12.5.3: the coding's own weight, else the one of the star, else none. */
  private static double weight(Headers headers, String coding) {
    double star = 0;
    for (String member : headers.list("Accept-Encoding")) {
      String[] pieces = member.split(";", -1);
      String name = pieces[0].strip().toLowerCase(Locale.ROOT);
      if (name.equals(coding) || (coding.equals("gzip") && name.equals("x-gzip"))) {
        return weight(pieces);
      }
      if (name.equals("*")) {
        star = weight(pieces);
      }
    }
    return star;
  }

  private static double weight(String[] pieces) {
    for (int i = 1; i < pieces.length; i++) {
      String piece = pieces[i].strip();
      if (piece.regionMatches(true, 0, "q=", 0, 2)) {
        return piece.substring(2).matches("(0(\\.\\d{0,3})?)|(1(\\.0{0,3})?)") ? Double.parseDouble(piece.substring(2))
            : 0;
      }
    }
    return 1;
  }

  /** Of another coding, another tag: their bytes differ. */
  Validators validators() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    String version = Long.toHexString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)) + '-' + Long.toHexString(
        attributes.size()) + coding.map(name -> "-" + name).orElse("");
    return Validators.of(EntityTag.strong(version), attributes.lastModifiedTime().toInstant());
  }

  Body body() {
    return new Body.File(path);
  }
}
