package dev.edge4j.middleware;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who uses no tokens needs no jjwt: only the classes of tokens load it. */
class TokensStayOptionalTest {
  private static final Set<String> OF_TOKENS = Set.of("JwtAuth", "JwtTokens", "JwtVerifier", "Jjwt");

  @Test
  void onlyTheClassesOfTokensLoadJjwt() {
    noClasses().that(describe("are not of tokens", type -> !OF_TOKENS.contains(outermost(type.getName()))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.jsonwebtoken..")
        .check(new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.edge4j.middleware"));
  }

  private static String outermost(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    int nested = simple.indexOf('$');
    return nested < 0 ? simple : simple.substring(0, nested);
  }
}
