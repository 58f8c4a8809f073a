package dev.edge4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.support.Aside;
import dev.edge4j.support.OurClasses;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.json.JsonMapper;

/** Each request has a new virtual thread, so what is kept in a thread-local is never found again. */
@Aside
class NothingIsCachedPerThreadTest {
  private static final JavaClasses OURS = OurClasses.ALL;

  @Test
  void noneOfOurClassesHasAThreadLocal() {
    noClasses().should().dependOnClassesThat(assignableTo(ThreadLocal.class)).check(OURS);
    noClasses().should().dependOnClassesThat(assignableTo(FastThreadLocal.class)).check(OURS);
  }

  /** Jackson's default is a pool in each thread. */
  @Test
  void jsonHasOnePoolForAllThreads() {
    noClasses().should()
        .callMethod(JsonMapper.class, "builder")
        .orShould()
        .callConstructor(JsonMapper.class)
        .check(OURS);
    noClasses().should().callConstructor(JsonFactory.class).check(OURS);
    noClasses().should()
        .callMethod(JsonRecyclerPools.class, "defaultPool")
        .orShould()
        .callMethod(JsonRecyclerPools.class, "threadLocalPool")
        .check(OURS);
    classes().that()
        .areAssignableTo(JsonCodec.class)
        .and()
        .areNotInterfaces()
        .should(callMethodWhere(describe("sets the pool", call -> call.getName().equals("recyclerPool"))))
        .check(OURS);
  }
}
