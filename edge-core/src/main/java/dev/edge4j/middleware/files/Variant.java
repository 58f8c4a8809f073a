package dev.edge4j.middleware.files;

import dev.edge4j.http.Body;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Preferences;
import dev.edge4j.http.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
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

  /** The one that the client likes best, of equal ones the first; empty for the file as it is. */
  static Optional<Variant> choose(List<Variant> variants, Headers headers) {
    List<String> offers = new ArrayList<>();
    variants.forEach(variant -> offers.add(variant.coding.orElseThrow()));
    offers.add("identity");
    return Preferences.encodings(headers)
        .best(offers)
        .flatMap(best -> variants.stream().filter(variant -> variant.coding.equals(Optional.of(best))).findFirst());
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
