package dev.edge4j.cache.response;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** The fetches that are under way, one for a key at most: others of that key wait for it. Safe for use by many threads. */
final class Fetches {
  private final ConcurrentMap<String, Fetch> underWay = new ConcurrentHashMap<>();

  /** The one to wait for; the given one, if there is none that is still {@code good}. */
  Fetch joinOrLead(String key, Fetch mine, Predicate<Fetch> good) {
    return underWay.merge(key, mine, (theirs, _) -> good.test(theirs) ? theirs : mine);
  }

  boolean isUnderWay(String key) {
    return underWay.containsKey(key);
  }

  /** More requests are to find it, now that it is known what its answer depends on. */
  void alsoUnder(String key, Fetch fetch) {
    underWay.putIfAbsent(key, fetch);
  }

  void remove(String key, Fetch fetch) {
    underWay.remove(key, fetch);
  }
}
