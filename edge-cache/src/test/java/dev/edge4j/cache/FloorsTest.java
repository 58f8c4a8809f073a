package dev.edge4j.cache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The cache stands on the core and on Caffeine alone, and its rooms do not form a circle. */
class FloorsTest {
  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.edge4j.cache");

  @Test
  void importsGoDown() {
    classes().should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..", "com.github.benmanes.caffeine..",
            "dev.edge4j.cache..", "dev.edge4j", "dev.edge4j.http..", "dev.edge4j.json", "dev.edge4j.kv",
            "dev.edge4j.resilience", "dev.edge4j.middleware", "dev.edge4j.middleware.compression")
        .check(CLASSES);
  }

  @Test
  void decisionsKnowNothingButTheValuesOfHttp() {
    noClasses().that()
        .resideInAPackage("dev.edge4j.cache.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.edge4j", "dev.edge4j.kv", "dev.edge4j.json", "dev.edge4j.cache",
            "com.github.benmanes.caffeine..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.edge4j.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
