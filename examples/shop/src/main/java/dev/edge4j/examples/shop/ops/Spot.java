package dev.edge4j.examples.shop.ops;

import dev.edge4j.Geo;
import java.time.Duration;
import java.util.List;

/**
 * A region on the map, as it is now.
 *
 * @param origin whether it is where orders are decided
 * @param here whether this is its dashboard
 * @param perSecond requests a second, of the last minute
 * @param p95 what 95 of a hundred of them did not exceed
 * @param lag how far its copy is behind; zero for the origin
 * @param way how long a message takes to the origin, one way: simulated
 * @param reached whether the origin can be reached from there
 * @param lags how far it was behind in each of the last seconds, the oldest first
 * @param url its own dashboard
 */
public record Spot(String region, String title, Geo.Position position, boolean origin, boolean here, double perSecond,
    Duration p95, Duration lag, Duration way, boolean reached, List<Duration> lags, String url) {}
