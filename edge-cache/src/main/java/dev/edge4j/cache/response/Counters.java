package dev.edge4j.cache.response;

import dev.edge4j.cache.shared.Complaints;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts events and tells the listener. Safe for use by many threads. */
final class Counters {
  private final Map<ResponseEvent, LongAdder> adders = new EnumMap<>(ResponseEvent.class);
  private final ResponseListener listener;
  private final Complaints complaints;

  Counters(ResponseListener listener, Complaints complaints) {
    this.listener = listener;
    this.complaints = complaints;
    for (ResponseEvent event : ResponseEvent.values()) {
      adders.put(event, new LongAdder());
    }
  }

  void add(ResponseEvent event, String target) {
    adder(event).increment();
    try {
      listener.on(event, target);
    } catch (RuntimeException e) { // its failure is nobody's answer
      complaints.about("the listener of a response cache failed at " + event, e);
    }
  }

  private LongAdder adder(ResponseEvent event) {
    return Objects.requireNonNull(adders.get(event), "every event has one");
  }

  Map<ResponseEvent, Long> counts() {
    Map<ResponseEvent, Long> counts = new EnumMap<>(ResponseEvent.class);
    for (ResponseEvent event : ResponseEvent.values()) {
      counts.put(event, adder(event).sum());
    }
    return counts;
  }
}
