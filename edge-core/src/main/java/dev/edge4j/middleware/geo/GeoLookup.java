package dev.edge4j.middleware.geo;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Verdict;

/**
 * Finds where the visitor is by the address of {@link Context#client} and gives it to {@link Context#geo}. What is unknown to the source stays as an earlier gate has
 * found it. Behind a proxy the address is the proxy's, unless something trusted says whose it is.
 */
public final class GeoLookup implements Gate {
  private final GeoSource source;

  private GeoLookup(GeoSource source) {
    this.source = source;
  }

  /** Asks that source: a {@link GeoFile}, a {@link GeoTable}, or one of the application's own. */
  public static GeoLookup by(GeoSource source) {
    return new GeoLookup(source);
  }

  @Override
  public Verdict before(Context c) {
    Geo found = source.find(c.client().address());
    if (found.isKnown() || c.get(Geo.KEY).isEmpty()) {
      c.set(Geo.KEY, found);
    }
    return Verdict.pass();
  }
}
