package dev.edge4j.cache;

import dev.edge4j.cache.shared.Bus;
import dev.edge4j.cache.shared.TagVersions;
import java.time.Duration;
import java.util.Optional;

/** What is done to a cache besides asking it: values given, keys, tags and everything invalidated. */
final class Upkeep<K, V> {
  private final Layers<K, V> layers;
  private final TagVersions versions;
  private final Bus bus;
  private final EntryMaker<V> maker;
  private final Failures<K> failures;
  private final Tally<K> tally;

  Upkeep(Layers<K, V> layers, TagVersions versions, Bus bus, EntryMaker<V> maker, Failures<K> failures,
      Tally<K> tally) {
    this.layers = layers;
    this.versions = versions;
    this.bus = bus;
    this.maker = maker;
    this.failures = failures;
    this.tally = tally;
  }

  void put(K key, V value, EntryOptions options) {
    TagVersions.Before before = maker.before();
    var given = new Flight<K, V>(key, versions.sequence(), null);
    EntryMaker.Made<V> made = maker.make(new Loaded<>(Loaded.Kind.VALUE, Optional.of(value)), before, 0, options);
    failures.forget(key);
    if (made.overtaken()) {
      layers.invalidate(key); // no older value either
    } else {
      layers.put(given, layers.copy(made.entry()));
    }
  }

  void invalidate(K key) {
    failures.forget(key);
    layers.invalidate(key);
    tally.invalidated(hears -> hears.invalidated(key, false));
  }

  void expire(K key) {
    failures.forget(key);
    layers.expire(key);
    tally.invalidated(hears -> hears.invalidated(key, true));
  }

  void invalidateTag(String tag, boolean soft) {
    if (soft) {
      versions.expire(tag);
    } else {
      versions.invalidate(tag);
    }
    tally.invalidated(hears -> hears.tagInvalidated(tag, soft));
  }

  void clear(boolean soft) {
    failures.forgetAll();
    if (soft) {
      versions.expireAll();
    } else {
      versions.clear();
    }
    tally.invalidated(hears -> hears.cleared(soft));
  }

  void close() {
    versions.close();
    bus.close();
  }

  void expectLife(Duration life) {
    versions.expectLife(life);
  }
}
