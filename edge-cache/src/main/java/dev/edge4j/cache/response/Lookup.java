package dev.edge4j.cache.response;

import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.cache.shared.Standing;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.http.Request;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What memory has for a request: by the rules, and by what became of its tags. Safe for use by many threads. */
final class Lookup {
  private final CacheRules rules;
  private final ResponseStore store;
  private final TagVersions tags;

  Lookup(CacheRules rules, ResponseStore store, TagVersions tags) {
    this.rules = rules;
    this.store = store;
    this.tags = tags;
  }

  /**
   * What was found.
   *
   * @param variant whose response the decision is about; null for what there is nothing for
   */
  record Found(Decision decision, @Nullable Variant variant) {}

  /** For an event loop, so it changes nothing and waits for nobody: null if there is more to be done first. */
  @Nullable
  Found near(String primary, Request request, Instant now) {
    Entry entry = store.near(primary);
    Decision decision = rules.decide(now, request, entry.responses());
    if (!(decision instanceof Decision.Serve(StoredResponse stored, Use use))) {
      return null;
    }
    Variant variant = entry.variant(stored);
    if (variant == null) {
      return null;
    }
    long millis = now.toEpochMilli();
    Standing standing = tags.standingNow(variant.stamp(), millis).and(tags.standingNow(variant.shard(), millis));
    return isGood(standing, use) ? new Found(decision, variant) : null;
  }

  /** May wait for the store. */
  Found find(String primary, Request request, Instant now) {
    while (true) {
      Entry entry = store.near(primary);
      Decision decision = rules.decide(now, request, entry.responses());
      Variant variant = about(decision).map(entry::variant).orElse(null);
      if (variant == null) {
        return new Found(decision, null);
      }
      long millis = now.toEpochMilli();
      Standing standing = tags.standing(variant.stamp(), millis).and(tags.standing(variant.shard(), millis));
      if (isGood(standing, decision instanceof Decision.Serve(var _, Use use) ? use : Use.VALIDATED)) {
        return new Found(decision, variant);
      }
      store.replace(primary, variant, standing == Standing.GONE ? Optional.empty()
          : Optional.of(variant.with(variant.stored().expired(now))));
    }
  }

  /** What is expired may not be used as fresh, but for all else. */
  private static boolean isGood(Standing standing, Use use) {
    return standing == Standing.CURRENT || (standing == Standing.EXPIRED && use != Use.FRESH);
  }

  private static Optional<StoredResponse> about(Decision decision) {
    return switch (decision) {
      case Decision.Serve(var stored, var _) -> Optional.of(stored);
      case Decision.Validate(var stored, var _, var _) -> Optional.of(stored);
      case Decision.Fetch _,Decision.Refuse _ -> decision.standIn();
    };
  }
}
