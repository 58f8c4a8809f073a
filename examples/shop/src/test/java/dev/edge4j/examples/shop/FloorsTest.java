package dev.edge4j.examples.shop;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** No two rooms of the shop know each other in a circle. */
class FloorsTest {
  @Test
  void noCycles() {
    slices().matching("dev.edge4j.examples.shop.(*)..")
        .should()
        .beFreeOfCycles()
        .check(new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.edge4j.examples.shop"));
  }
}
