package dev.edge4j.cache;

import dev.edge4j.cache.shared.Bus;
import dev.edge4j.cache.shared.Complaints;
import dev.edge4j.cache.shared.KeyVersions;
import dev.edge4j.cache.shared.Lease;
import dev.edge4j.cache.shared.QuietKv;
import dev.edge4j.cache.shared.TagVersions;
import java.time.Duration;
import java.util.Optional;

/** Puts the parts of a cache together, lowest first. */
final class Assembly {
  private Assembly() {}

  static <K, V> Cache.Core<K, V> of(CacheBuilder<K, V> asked) {
    var clocks = Clocks.of(asked.clock);
    var complaints = new Complaints(clocks.clock());
    var tally = new Tally<K>(asked.listener);
    Optional<QuietKv> kv = asked.shared
        .map(shared -> new QuietKv(shared.kv(), "cache:" + asked.name + ":", tally::kvFailed, complaints));
    var bus = asked.backplane.map(plane -> Bus.of(plane, asked.name, tally::kvFailed, complaints))
        .orElseGet(() -> Bus.none(complaints));
    var versions = new TagVersions(kv, bus, clocks.clock());
    versions.expectLife(asked.options.lifetime());
    versions.expectLife(asked.options.negativeFor());
    asked.kvFor.ifPresent(versions::expectLife);

    var flights = new Flights<K, V>();
    var index = new KeyIndex<K>(asked.backplane.isPresent() && asked.shared.isPresent());
    var memory = memory(asked, clocks, tally, index);
    var layers = new Layers<>(memory, second(asked, clocks, kv, versions), versions, bus, index, flights, clocks,
        asked.memoryFor, asked.random);
    var failures = new Failures<K>(clocks.clock());
    var maker = new EntryMaker<V>(versions, asked.tags, clocks.clock(), asked.random);
    var origin = new Origin<>(asked.name, layers, flights, failures, maker, asked.misses, clocks, tally, complaints);
    Optional<Lease> lease = asked.lease.map(_ -> new Lease(kv.orElseThrow(), clocks.clock()));
    var leasing = new Leasing<>(layers, origin, lease, asked.lease.orElse(Duration.ZERO), clocks);
    boolean remote = asked.shared.filter(shared -> !shared.kv().isLocal()).isPresent();
    var loading = new Loading<>(asked.name, layers, flights, leasing, clocks, remote);
    return new Cache.Core<>(asked.name, new Hits<>(memory, clocks.clock(), versions, tally),
        new Lookups<>(asked.name, layers, flights, failures, loading, clocks, tally),
        new Upkeep<>(layers, versions, bus, maker, failures, tally), tally);
  }

  private static <K, V> Optional<SecondLayer<K, V>> second(CacheBuilder<K, V> asked, Clocks clocks,
      Optional<QuietKv> kv, TagVersions versions) {
    return asked.shared.map(shared -> new SecondLayer<>(kv.orElseThrow(),
        new KeyVersions(kv.orElseThrow(), versions::longestLife), new EntryCodec<>(shared.codec().apply(asked.json),
            asked.version, asked.options), asked.kvFor, clocks.clock()));
  }

  private static <K, V> Memory<K, V> memory(CacheBuilder<K, V> asked, Clocks clocks, Tally<K> tally,
      KeyIndex<K> index) {
    return new Memory<>(asked.maximum, asked.weigher, clocks.clock(), key -> {
      index.remove(key);
      tally.evicted(key);
    }, index::remove);
  }
}
