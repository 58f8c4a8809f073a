package dev.edge4j.cache.response;

import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.Invalidation;
import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.Standing;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes back what was stored. May wait for the store. */
final class Purge {
  private Purge() {}

  /** The target of a URL; empty if it is none. */
  static Optional<String> primary(String url) {
    try {
      Request request = Request.get(url);
      return CacheKey.primary(url.startsWith("https://") ? request.withScheme("https") : request);
    } catch (BadRequestException e) {
      return Optional.empty();
    }
  }

  static void target(Engine engine, String primary) {
    engine.store.forget(primary);
    settle(engine, primary);
  }

  /** The store forgets it, and the other nodes do; what they still have of it is a reason to ask again, not a stand-in. */
  private static void settle(Engine engine, String primary) {
    engine.store.purge(primary);
    tell(engine, primary);
    // Another node may have written meanwhile what it had fetched before; if it does so after this, it sees the new version of the shard.
    engine.store.purgeAgain(primary);
  }

  private static void tell(Engine engine, String primary) {
    engine.shard(primary).forEach(engine.tags::invalidate);
    engine.bus.send(new Change.KeyInvalidated(primary));
  }

  static void expire(Engine engine, String primary) {
    Instant now = engine.now();
    engine.tags.refresh(); // what another node has purged is no stand-in
    List<Variant> before = engine.store.near(primary)
        .variants()
        .stream()
        .filter(variant -> engine.tags.standing(variant.shard(), now.toEpochMilli()) != Standing.GONE)
        .toList();
    target(engine, primary);
    Engine.Since since = engine.since();
    Optional<Stamp> shard = engine.tags.mark(since.before(), engine.shard(primary));
    for (Variant variant : before.reversed()) {
      Variant expired = variant.with(variant.stored().expired(now)).in(shard.orElse(Stamp.FIRST));
      if (shard.isPresent() && engine.store.remember(primary, expired, since.sequence())) {
        engine.save(primary, expired, since);
      }
    }
  }

  static void tag(Engine engine, String tag, boolean soft) {
    engine.counters.add(ResponseEvent.PURGED, tag);
    engine.purges.incrementAndGet();
    if (soft) {
      engine.tags.expire(Engine.tag(tag));
    } else {
      engine.tags.invalidate(Engine.tag(tag));
    }
  }

  static void all(Engine engine, boolean soft) {
    engine.counters.add(ResponseEvent.PURGED, "");
    engine.purges.incrementAndGet();
    if (soft) {
      engine.tags.expireAll();
    } else {
      engine.tags.clear();
      engine.settings.limiter.ifPresent(limiter -> limiter.restart());
    }
  }

  /** What an unsafe method made invalid, and memory has forgotten already. */
  static void finish(Engine engine, Invalidation outdated) {
    outdated.targets().forEach(target -> settle(engine, target));
    outdated.groups().forEach(group -> engine.tags.invalidate(Engine.group(outdated.origin(), group)));
  }
}
