package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Request;
import org.junit.jupiter.api.Test;

/** What a server learns of a route: where its calls begin. */
class RoutesLearnWhereTheyBeginTest {
  private static final long FAST = 10_000;
  private static final long SLOW = Pace.BUDGET_NANOS;
  private static final long STALL = 4_000_000;

  private final Pace pace = Pace.unknown();

  private Pace.Change fast(int calls) {
    Pace.Change last = Pace.Change.NONE;
    for (int i = 0; i < calls; i++) {
      assertEquals(Pace.Change.NONE, last);
      last = pace.stint(FAST, false);
    }
    return last;
  }

  @Test
  void oneLongStintSendsARouteAway() {
    assertEquals(Pace.Change.NONE, fast(1_000));
    assertTrue(pace.beginsOnLoop());
    assertEquals(Pace.Change.TO_HOP, pace.stint(SLOW, false));
    assertFalse(pace.beginsOnLoop());
  }

  @Test
  void aFewStallsInARowDo() {
    for (int i = 1; i < Pace.BUDGET_NANOS / STALL + 1; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(STALL, false));
    }
    assertEquals(Pace.Change.TO_HOP, pace.stint(STALL, false));
  }

  @Test
  void manyThatAreJustBelowTheLimitDoNot() {
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(Pace.LIMIT_NANOS, false));
    }
  }

  /** As on a busy machine: stalls that have nothing to do with the route. */
  @Test
  void stallsNowAndThenDoNot() {
    for (int i = 1; i <= 1_000_000; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(i % 250 == 0 ? STALL : FAST, false));
    }
  }

  @Test
  void stallsThatComeOftenDo() {
    int calls = 0;
    while (pace.beginsOnLoop() && calls < 1_000) {
      calls++;
      pace.stint(calls % 50 == 0 ? STALL : FAST, false);
    }
    assertTrue(calls <= 500, calls + " calls until it was sent away");
  }

  @Test
  void itIsBackAfter64FastCalls() {
    pace.stint(SLOW, false);
    assertEquals(Pace.Change.NONE, fast(63));
    assertEquals(Pace.Change.BACK, pace.stint(FAST, false));
    assertTrue(pace.beginsOnLoop());
  }

  @Test
  void aSlowOneMeanwhileSetsItBack() {
    pace.stint(SLOW, false);
    assertEquals(Pace.Change.NONE, fast(63));
    assertEquals(Pace.Change.NONE, pace.stint(SLOW, false));
    assertEquals(Pace.Change.NONE, fast(Pace.SETBACK));
    assertEquals(Pace.Change.BACK, pace.stint(FAST, false));
  }

  @Test
  void aSlowRouteStaysAway() {
    pace.stint(SLOW, false);
    for (int i = 0; i < 100_000; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(i % 8 == 0 ? SLOW : FAST, false));
    }
  }

  @Test
  void aRouteThatIsSlowNowAndThenComesBackEverMoreRarely() {
    int stalls = 0;
    for (int i = 0; i < 1_000_000; i++) {
      boolean slow = i % 1_000 == 999;
      stalls += slow && pace.beginsOnLoop() ? 1 : 0;
      pace.stint(slow ? SLOW : FAST, false);
    }
    assertTrue(stalls < 70, stalls + " of 1,000 slow calls held a loop up");
  }

  @Test
  void whatWasBadLuckIsForgotten() {
    for (int i = 0; i < 20; i++) {
      assertEquals(Pace.Change.TO_HOP, pace.stint(SLOW, false));
      assertEquals(Pace.Change.BACK, fast(64));
      assertEquals(Pace.Change.NONE, fast(Pace.PROBATION));
    }
  }

  @Test
  void aRouteThatAlwaysWaitsGainsNothingOnTheLoop() {
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(FAST, i % Pace.PARKS != 0), "it does not always wait");
    }
    for (int i = 1; i < Pace.PARKS - 7; i++) {
      pace.stint(FAST, true);
    }
    while (pace.beginsOnLoop()) {
      pace.stint(FAST, true);
    }
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(FAST, true));
    }
    assertEquals(Pace.Change.BACK, fast(64));
  }

  @Test
  void aSlowRouteMayWaitAndYetComeBack() {
    pace.stint(SLOW, false);
    for (int i = 0; i < 63; i++) {
      assertEquals(Pace.Change.NONE, pace.stint(FAST, true));
    }
    assertEquals(Pace.Change.BACK, pace.stint(FAST, true));
  }

  @Test
  void allCallsOfARouteShareIt() {
    var inner = new App();
    inner.get("/x", c -> c.text("x"));
    inner.get("/y", Handler.exempt(Handler.hop(c -> c.text("y"))));
    var app = new App();
    app.use("/:any/odd", (_, next) -> next.proceed());
    app.get("/:any/:more?", c -> c.text("any"));
    app.use((_, next) -> next.proceed());
    app.mount("/in/side", inner);
    Pace any = app.open(Request.get("/a/b")).pace();
    assertSame(any, app.open(Request.get("/a/odd")).pace(), "whatever middleware runs on the path");
    Exchange x = app.open(Request.get("/in/side/x"));
    assertSame(inner.open(Request.get("/x")).pace(), x.pace(), "behind a middleware that has not run");
    assertFalse(x.isExempt());
    Exchange y = app.open(Request.get("/in/side/y"));
    assertFalse(y.pace().beginsOnLoop());
    assertFalse(y.pace().learns());
    assertTrue(y.isExempt());
    assertEquals(Pace.Change.NONE, y.pace().stint(FAST, false));
  }
}
