package dev.edge4j.middleware.compression;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.edge4j.support.Aside;
import dev.edge4j.support.OurClasses;
import org.junit.jupiter.api.Test;

/** Who compresses by gzip alone needs no library: only the class of a coding loads its own. */
@Aside
class CodingsStayOptionalTest {
  @Test
  void onlyTheClassOfACodingLoadsItsLibrary() {
    only("Brotli", "com.aayushatharva..");
    only("Zstd", "com.github.luben..");
  }

  private static void only(String type, String library) {
    noClasses().that()
        .haveNameNotMatching(".*\\." + type + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(OurClasses.ALL);
  }
}
