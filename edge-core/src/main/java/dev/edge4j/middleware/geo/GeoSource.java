package dev.edge4j.middleware.geo;

import dev.edge4j.Geo;
import java.net.InetAddress;

/** Knows where addresses are. It is asked by a gate, so it must not block; safe for use by many threads. */
@FunctionalInterface
public interface GeoSource {
  /** Where that address is; {@link Geo#UNKNOWN} if nobody knows. */
  Geo find(InetAddress address);
}
