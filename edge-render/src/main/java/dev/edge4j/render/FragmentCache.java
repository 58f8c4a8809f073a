package dev.edge4j.render;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Keeps HTML that is the same for many visitors. This module has no cache of its own: an application puts one behind this, the value cache of
 * edge-cache say, in one line. Implementations are safe for use by many threads.
 */
@FunctionalInterface
public interface FragmentCache {
  /**
   * The HTML under a key, which may be stale where the cache says so; where there is none, it is made, once for all who ask meanwhile. Blocks.
   *
   * @param freshFor for how long it need not be made again
   * @param tags by which the cache may be told to forget it
   * @param make makes it; what it throws is thrown on, unless there is something stale to give
   */
  byte[] get(String key, Duration freshFor, List<String> tags, Callable<byte[]> make) throws Exception;
}
