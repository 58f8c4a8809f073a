package dev.edge4j.state;

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
  private final JavaClasses module = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.edge4j.state");

  @Test
  void importsGoDown() {
    classes().should()
        .onlyDependOnClassesThat(resideInAnyPackage("dev.edge4j", "dev.edge4j.http", "dev.edge4j.kv", "dev.edge4j.json",
            "dev.edge4j.data..", "dev.edge4j.state..", "java..", "org.jspecify..", "org.slf4j.."))
        .check(module);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.edge4j.(**)").should().beFreeOfCycles().check(module);
  }

  @Test
  void onlyShardFilesSpeakSql() {
    noClasses().that()
        .haveSimpleNameNotStartingWith("ShardFile")
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql..", "dev.edge4j.data.."))
        .check(module);
  }
}
