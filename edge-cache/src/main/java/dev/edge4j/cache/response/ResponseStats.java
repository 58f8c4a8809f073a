package dev.edge4j.cache.response;

import java.util.Map;

/**
 * What has happened in a response cache so far.
 *
 * @param counts how often; every event is there
 * @param targets how many targets memory holds now, about
 * @param bytes how many bytes memory holds now, about: bodies, their coded forms, header fields and keys
 */
public record ResponseStats(Map<ResponseEvent, Long> counts, long targets, long bytes) {
  /** Copies the map. */
  public ResponseStats {
    counts = Map.copyOf(counts);
  }

  /** How often that has happened. */
  public long of(ResponseEvent event) {
    return counts.getOrDefault(event, 0L);
  }
}
