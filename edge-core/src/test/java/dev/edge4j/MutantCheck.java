package dev.edge4j;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.routing.Agreement;
import dev.edge4j.routing.PathPattern;

/** What a mutant has to pass to live. Loaded anew for each, together with everything it checks. */
public final class MutantCheck {
  private MutantCheck() {}

  /** Throws {@link AssertionError} if something is wrong. The same every time it runs. */
  public static void run() {
    refuses("/:a{.+}/:b{.+}/:c{.+}/end", "/x".repeat(2_000));
    refuses("/:a{(x+)(x+)(x+)\\1y}", "/" + "x".repeat(60));
    refuses("/:a{(?=x).+}", "/" + "x".repeat(2_000));
    for (int tries : new int[]{100, 1_000}) { // most die in the first round
      ChainAgreement.check(tries, tries);
      Agreement.check(tries, tries);
    }
  }

  private static void refuses(String pattern, String path) {
    boolean matches;
    try {
      matches = PathPattern.parse(pattern).matches(path);
    } catch (BadRequestException e) {
      return;
    }
    throw new AssertionError(pattern + " read all of a path of " + path.length() + " characters: " + matches);
  }
}
