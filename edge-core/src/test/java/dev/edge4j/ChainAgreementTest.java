package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.Aside;
import dev.edge4j.support.LongRun;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Order of registration is the only order: random applications run what the reference pipeline says, in its order. A group's
 * middleware reaches no sibling, and 404, 405 and OPTIONS pass through that of the deepest group the path lies in.
 */
@Aside
class ChainAgreementTest {
  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void runsWhatTheReferenceRuns() {
    int applications = LongRun.tries(1_000, 100_000);
    Map<String, Integer> seen = ChainAgreement.check(7, applications);
    System.out.println("random applications: " + applications + ", seen: " + seen);
    for (String what : List.of("status 200", "status 204", "status 404", "status 405", "names 3", "names 4")) {
      assertTrue(seen.getOrDefault(what, 0) > applications / 20, what);
    }
  }
}
