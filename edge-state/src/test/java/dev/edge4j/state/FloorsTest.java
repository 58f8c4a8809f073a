package dev.edge4j.state;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This module stands on core and data alone, and only the files of the shards speak SQL. */
class FloorsTest {
  private static final JavaClasses MODULE = new ClassFileImporter().withImportOption(
      new ImportOption.DoNotIncludeTests())
      .importPackages("dev.edge4j.state");

  @Test
  void importsGoDown() {
    classes().should()
        .onlyDependOnClassesThat(resideInAnyPackage("dev.edge4j", "dev.edge4j.http", "dev.edge4j.kv", "dev.edge4j.json",
            "dev.edge4j.middleware..", "dev.edge4j.data..", "dev.edge4j.state..", "com.cronutils..", "java..",
            "org.jspecify..", "org.slf4j.."))
        .check(MODULE);
  }

  /** {@link DurableObjects} puts the parts together: what it knows, nobody else on its floor does. */
  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.edge4j.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(equivalentTo(DurableObjects.class), alwaysTrue())
        .check(MODULE);
  }

  @Test
  void onlyTheStoreSpeaksSql() {
    noClasses().that()
        .resideOutsideOfPackage("dev.edge4j.state.store")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql..", "dev.edge4j.data.sqlite.."))
        .check(MODULE);
  }
}
