package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import java.util.List;

/**
 * Takes the visitor's country from a header field that a CDN sets, {@code CF-IPCountry} say, and gives it to {@link Context#geo()}.
 * Use it only where every request comes through that CDN, or {@link dev.edge4j.http.TrustedProxies#withFields} takes the field out of others: anyone can write it. A code that is no country, or a
 * field that came twice, leaves what an earlier gate has found.
 */
public final class GeoHeaders implements Gate {
  private final String headerName;

  private GeoHeaders(String headerName) {
    this.headerName = headerName;
  }

  /** Believes the field of that name. */
  public static GeoHeaders trusting(String headerName) {
    var _ = Headers.of(headerName, ""); // refuses a name that is no token
    return new GeoHeaders(headerName);
  }

  @Override
  public Verdict before(Context c) {
    List<String> codes = c.headers().all(headerName);
    Geo geo = codes.size() == 1 ? Geo.ofCountry(codes.getFirst().strip()) : Geo.UNKNOWN;
    if (geo.isKnown() || c.get(Geo.KEY).isEmpty()) {
      c.set(Geo.KEY, geo);
    }
    return Verdict.pass();
  }
}
