package dev.edge4j.middleware.compression;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.edge4j.support.Aside;
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
        .check(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.edge4j.middleware"));
  }
}
