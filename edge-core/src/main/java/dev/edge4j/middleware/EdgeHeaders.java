package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;

/**
 * Says on every response which region answered, how long it took and where the visitor was taken to be: {@code X-Edge-Region},
 * {@code X-Edge-Time: 3.2ms} and {@code X-User-Country}, the last {@code unknown} unless something like {@link GeoHeaders} found out.
 */
public final class EdgeHeaders implements Gate {
  private final Stopwatch stopwatch = new Stopwatch();
  private final String region;

  private EdgeHeaders(String region) {
    this.region = region;
  }

  /** Names the region as it shall stand in the header, {@code fra1} say. */
  public static EdgeHeaders create(String region) {
    if (region.isBlank()) {
      throw new IllegalArgumentException("region: \"" + region + "\" (expected: a name such as fra1)");
    }
    var _ = Headers.of("X-Edge-Region", region); // refuses here, not in every response, what a field cannot hold
    return new EdgeHeaders(region);
  }

  @Override
  public Verdict before(Context c) {
    stopwatch.start(c);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    return response.withHeaders(response.headers()
        .toBuilder()
        .set("X-Edge-Region", region)
        .set("X-Edge-Time", Millis.brief(stopwatch.elapsed(c)) + "ms")
        .set("X-User-Country", c.geo().country().orElse("unknown"))
        .build());
  }
}
