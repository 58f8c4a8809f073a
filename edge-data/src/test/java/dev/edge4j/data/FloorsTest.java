package dev.edge4j.data;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.edge4j.data.testing.Aside;
import org.junit.jupiter.api.Test;

/** Imports go down: this floor stands on jobs, keys, JSON and (for sessions) the root of the core, and on nothing beside it. */
@Aside
class FloorsTest {
  private static final String HERE = "dev.edge4j.data..";

  private static final JavaClasses MAIN = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.edge4j.data");

  /** And on the seam for shared counts, which stores fill; the origin service is an application, and its store a client of it. */
  @Test
  void standsOnJobsKeysAndJsonOfTheCore() {
    classes().that()
        .resideInAPackage(HERE)
        .should()
        .onlyDependOnClassesThat(not(resideInAnyPackage("dev.edge4j..")).or(resideInAnyPackage(HERE, "dev.edge4j",
            "dev.edge4j.client",
            "dev.edge4j.env", "dev.edge4j.http", "dev.edge4j.jobs", "dev.edge4j.json", "dev.edge4j.kv",
            "dev.edge4j.middleware", "dev.edge4j.middleware.ratelimit", "dev.edge4j.resilience")))
        .check(MAIN);
  }

  @Test
  void whatWatchesIsOptional() {
    noClasses().that()
        .resideOutsideOfPackage("dev.edge4j.data.observe")
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.micrometer..", "io.opentelemetry.."))
        .check(MAIN);
  }

  @Test
  void jdbcStaysWithTheEnginesThatSpeakIt() {
    noClasses().that(not(resideInAnyPackage("dev.edge4j.data.outbox", "dev.edge4j.data.postgres",
        "dev.edge4j.data.replica", "dev.edge4j.data.sqlite")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("java.sql", "javax.sql", "org.sqlite..", "org.postgresql..",
            "com.zaxxer.hikari.."))
        .check(MAIN);
  }

  @Test
  void lettuceStaysWithRedis() {
    noClasses().that()
        .resideOutsideOfPackage("dev.edge4j.data.redis")
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.lettuce..", "io.netty..", "reactor.."))
        .check(MAIN);
  }

  @Test
  void theSeamsDoNotKnowTheirEngines() {
    noClasses().that()
        .resideInAnyPackage("dev.edge4j.data", "dev.edge4j.data.sql", "dev.edge4j.data.contract")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.edge4j.data.clickhouse", "dev.edge4j.data.libsql", "dev.edge4j.data.origin",
            "dev.edge4j.data.outbox", "dev.edge4j.data.postgres", "dev.edge4j.data.redis", "dev.edge4j.data.replica",
            "dev.edge4j.data.sqlite")
        .check(MAIN);
  }

  @Test
  void noRoomsImportEachOtherInALoop() {
    slices().matching("dev.edge4j.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheContractsKnowJUnit() {
    noClasses().that()
        .resideOutsideOfPackage("dev.edge4j.data.contract")
        .should()
        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.junit.."))
        .check(MAIN);
  }
}
