package dev.edge4j.render;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module stands on edge-core alone, and its rooms on each other in one direction. */
class FloorsTest {
  private static final JavaClasses OURS = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.edge4j.render");

  @Test
  void somethingIsChecked() {
    assertTrue(OURS.contain(Views.class));
  }

  @Test
  void knowsCoreAlone() {
    classes().should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.edge4j.render..", "dev.edge4j", "dev.edge4j.http..", "dev.edge4j.env..",
            "dev.edge4j.middleware..", "dev.edge4j.routing..", "dev.edge4j.json", "java..", "javax.crypto..",
            "org.jspecify..", "org.slf4j..")
        .check(OURS);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("dev.edge4j.render.(**)").should().beFreeOfCycles().allowEmptyShould(true).check(OURS);
  }
}
