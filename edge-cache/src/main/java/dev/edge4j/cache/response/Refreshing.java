package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.Next;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.http.Request;
import java.util.Optional;

/** Fetches in the background what is answered stale meanwhile (RFC 5861 section 3): one fetch for each variant, and none for a while after one that failed. */
final class Refreshing {
  private Refreshing() {}

  /** True unless one is under way, or has just failed. Does not wait. */
  static boolean isDue(Engine engine, String primary, Request request) {
    return isDue(engine, Keys.variant(engine, primary, request));
  }

  private static boolean isDue(Engine engine, String key) {
    return !engine.fetches.isUnderWay(key) && !engine.marks.isPaused(key);
  }

  /** Begins one if it is due and there are not too many. Nobody waits for it. */
  static void begin(Engine engine, Context c, Next next, String primary, Request request, Variant stale) {
    String key = Keys.variant(engine, primary, request);
    if (!isDue(engine, key) || !engine.refreshes.tryAcquire()) {
      return;
    }
    var fetch = new Fetch(engine, key, primary, request, true);
    var _ = fetch.outcome().whenComplete((outcome, _) -> {
      engine.refreshes.release();
      after(engine, fetch, outcome, stale);
    });
    boolean begun = false;
    try {
      if (engine.fetches.joinOrLead(key, fetch, Fetch::isGood) == fetch) {
        Decision work = stale.stored().hasValidator() ? new Decision.Validate(stale.stored(), Forward.STALE, false)
            : new Decision.Fetch(Forward.STALE, Optional.empty());
        fetch.begin(c, next, work, engine.since());
        begun = true;
      }
    } catch (RuntimeException e) { // the stale answer is no worse for it
      fetch.settle(new Outcome.Thrown(e));
    } finally {
      if (!begun) {
        fetch.settle(new Outcome.Found());
        fetch.end();
      }
    }
  }

  private static void after(Engine engine, Fetch fetch, Outcome outcome, Variant stale) {
    switch (outcome) {
      case Outcome.Failed _,Outcome.Thrown _,Outcome.Busy _ -> engine.marks.pause(fetch.key);
      case Outcome.Unshareable(var _, boolean hitForMiss) when hitForMiss -> engine.outdated(fetch.primary, stale);
      default -> {
        // It is stored, or will be.
      }
    }
  }
}
