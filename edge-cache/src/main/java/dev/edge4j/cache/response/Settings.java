package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.cache.bus.Backplane;
import dev.edge4j.cache.http.CachePolicy;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.resilience.MissLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a response cache was told. Changed only on a fresh copy, before anything else sees it. */
final class Settings {
  final Optional<KvStore> kv;
  CachePolicy policy = CachePolicy.EXPLICIT;
  InstantSource clock = InstantSource.system();
  long memory = 64L << 20;
  int maxBody = 8 << 20;
  int waiters = 10_000;
  Duration fetchTimeout = Duration.ofMinutes(1);
  boolean tagged = true;
  List<ContentCoding> codings = List.of();
  Optional<MissLimiter> limiter = Optional.empty();
  Optional<Function<? super Context, Response>> lastResort = Optional.empty();
  Optional<Backplane> backplane = Optional.empty();
  ResponseListener listener = (_, _) -> {};
  int warm;

  Settings(Optional<KvStore> kv) {
    this.kv = kv;
  }

  /** A copy that was changed. */
  Settings with(Consumer<Settings> change) {
    var copy = new Settings(kv);
    copy.policy = policy;
    copy.clock = clock;
    copy.memory = memory;
    copy.maxBody = maxBody;
    copy.waiters = waiters;
    copy.fetchTimeout = fetchTimeout;
    copy.tagged = tagged;
    copy.codings = codings;
    copy.limiter = limiter;
    copy.lastResort = lastResort;
    copy.backplane = backplane;
    copy.listener = listener;
    copy.warm = warm;
    change.accept(copy);
    return copy;
  }
}
