package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Canary;
import dev.edge4j.CanaryShare;
import dev.edge4j.http.Request;
import dev.edge4j.middleware.CanaryJudge.Outcome;
import dev.edge4j.testing.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A next version that fails or is late more often than the stable one gets no visitors any more. */
class BadCanariesAreTakenBackTest {
  private final VirtualClock clock = new VirtualClock();
  private final CanaryShare share = CanaryShare.of(0.5);
  private final List<Outcome> told = new ArrayList<>();
  private final CanaryWatch watch = CanaryWatch.over(share, CanaryJudge.defaults(), Duration.ofSeconds(1), (stable,
      next) -> told.addAll(List.of(stable, next)));

  private int status = 200;
  private Duration takes = Duration.ZERO;

  private App app() {
    var stable = new App().time(clock);
    stable.use(watch.stable());
    stable.get("/", c -> c.text("stable"));
    var next = new App().time(clock);
    next.use(watch.next());
    next.get("/", c -> {
      clock.advance(takes);
      return c.text(status, "next");
    });
    var app = new App().time(clock);
    app.mount("/", Canary.of(stable, next).share(share).by(c -> c.header("X-User").orElse("")));
    return app;
  }

  private static int toNext(App app, int requests) {
    int next = 0;
    for (int i = 0; i < requests; i++) {
      next += app.request(Request.get("/").withHeader("X-User", "u" + i)).text().equals("next") ? 1 : 0;
    }
    return next;
  }

  @Test
  void oneThatIsAsGoodStays() {
    int next = toNext(app(), 1_000);
    assertTrue(next > 400 && next < 600, next + " of 1000");
    assertEquals(0.5, share.getAsDouble());
    assertEquals(List.of(), told);
  }

  @Test
  void oneThatFailsIsTakenBackOnce() {
    App app = app();
    status = 500;
    int next = toNext(app, 1_000);
    assertTrue(next >= 100 && next < 150, next + " before it was taken back");
    assertEquals(0, share.getAsDouble());
    assertEquals(2, told.size());
    assertEquals(0, told.getFirst().failed());
    assertEquals(next, told.getLast().failed());
    assertEquals(0, toNext(app, 100));
    share.set(0.5);
    status = 200;
    assertTrue(toNext(app, 1_000) > 400, "another try");
    assertEquals(2, told.size());
  }

  @Test
  void oneThatIsLateIsTakenBack() {
    takes = Duration.ofSeconds(1);
    toNext(app(), 1_000);
    assertEquals(0, share.getAsDouble());
    assertEquals(told.getLast().requests(), told.getLast().slow());
  }

  @Test
  void goodTimesAreForgottenAfterAWindow() {
    App app = app();
    toNext(app, 4_000);
    clock.advance(Duration.ofMinutes(5));
    status = 503;
    assertTrue(toNext(app, 1_000) < 150);
    assertEquals(0, share.getAsDouble());
  }

  @Property(tries = 500)
  void equalsAreNeverWorseAndNothingIsDecidedOnAFew(@ForAll @IntRange(max = 5_000) int requests,
      @ForAll @IntRange(max = 5_000) int bad, @ForAll @IntRange(max = 99) int few) {
    long failed = Math.min(requests, bad);
    CanaryJudge judge = CanaryJudge.defaults();
    assertFalse(judge.isWorse(new Outcome(requests, failed, failed), new Outcome(requests, failed, failed)));
    assertFalse(judge.isWorse(new Outcome(5_000, 0, 0), new Outcome(few, few, few)));
    assertFalse(judge.isWorse(new Outcome(few, 0, 0), new Outcome(5_000, 5_000, 5_000)));
  }

  @Property(tries = 500)
  void moreFailuresNeverMakeItBetter(@ForAll @IntRange(min = 100, max = 2_000) int requests,
      @ForAll @IntRange(max = 1_000) int some, @ForAll @IntRange(max = 1_000) int more) {
    long fewer = Math.min(requests / 2, some); // where the deviation grows with it
    long most = Math.min(requests, fewer + more);
    CanaryJudge judge = CanaryJudge.defaults();
    Outcome stable = new Outcome(1_000, 10, 0);
    assertTrue(!judge.isWorse(stable, new Outcome(requests, fewer, 0))
        || judge.isWorse(stable, new Outcome(requests, most, 0)));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new CanaryJudge(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CanaryJudge(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> CanaryShare.of(-0.1));
    assertThrows(IllegalArgumentException.class, () -> share.set(1.1));
    assertThrows(IllegalArgumentException.class, () -> CanaryWatch.over(share, CanaryJudge.defaults(), Duration.ZERO,
        (_, _) -> {}));
  }
}
