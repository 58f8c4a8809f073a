package dev.edge4j;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.Test;

/** Each request has a new virtual thread, so what is kept in a thread-local is never found again. */
class NothingIsCachedPerThreadTest {
  private static final JavaClasses OURS = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.edge4j");

  @Test
  void noneOfOurClassesHasAThreadLocal() {
    noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class)).check(OURS);
    noClasses().should().dependOnClassesThat(assignableTo(FastThreadLocal.class)).check(OURS);
  }
}
