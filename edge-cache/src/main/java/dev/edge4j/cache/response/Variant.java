package dev.edge4j.cache.response;

import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.cache.shared.Stamp;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stored response in memory, with its coded forms and what it knows of its tags and of its {@link Shards shard}. Immutable. */
final class Variant {
  private static final int OVERHEAD = 512;

  private final Ready identity;
  private final Map<String, Ready> coded;
  private final Stamp stamp;
  private final Stamp shard;

  private Variant(Ready identity, Map<String, Ready> coded, Stamp stamp, Stamp shard) {
    this.identity = identity;
    this.coded = coded;
    this.stamp = stamp;
    this.shard = shard;
  }

  Variant(StoredResponse stored, Stamp stamp, Stamp shard) {
    this(new Ready(stored), Map.of(), stamp, shard);
  }

  StoredResponse stored() {
    return identity.stored();
  }

  /** The versions of its tags; kept with it in the store. */
  Stamp stamp() {
    return stamp;
  }

  /** The version of its shard; of what is in memory alone. */
  Stamp shard() {
    return shard;
  }

  /** The same in memory, from the store. */
  Variant in(Stamp newer) {
    return new Variant(identity, coded, stamp, newer);
  }

  /** Another response in its place. */
  Variant with(StoredResponse stored) {
    return new Variant(stored, stamp, shard);
  }

  /** What is ready to be sent in that coding, {@code ""} being none; null if nothing was made for it yet. */
  @Nullable
  Ready in(String coding) {
    return coding.isEmpty() ? identity : coded.get(coding);
  }

  /** The same with its form in that coding; the stored response itself says that there is none that is worth it. */
  @SuppressWarnings("ReferenceEquality") // itself
  Variant with(String coding, StoredResponse form) {
    Map<String, Ready> more = new HashMap<>(coded);
    more.put(coding, form == stored() ? identity : new Ready(form));
    return new Variant(identity, Map.copyOf(more), stamp, shard);
  }

  long weight() {
    long weight = weight(identity);
    for (Ready form : coded.values()) {
      weight += form == identity ? 0 : weight(form);
    }
    return weight;
  }

  /** Fields twice, as text and as they are sent. */
  private static long weight(Ready form) {
    StoredResponse stored = form.stored();
    return stored.body().length + 2L * stored.headers().lines().length + stored.variant().length() + OVERHEAD;
  }
}
