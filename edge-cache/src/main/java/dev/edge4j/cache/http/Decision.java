package dev.edge4j.cache.http;

import dev.edge4j.cache.http.CacheStatus.Forward;
import java.util.Optional;

/** What is to be done about one request at one time. */
public sealed interface Decision {
  /**
   * Answer with it.
   *
   * @param use whether it is fresh, and if not, why it may be used
   */
  record Serve(StoredResponse stored, Use use) implements Decision {}

  /**
   * Send {@link CacheRules#forward} on; on a 304 freshen and answer with what is stored, else with what came.
   *
   * @param stored whose validators are sent
   * @param reason why it cannot answer at once
   * @param mayStandIn true if it may answer should that fail (RFC 5861 section 4)
   */
  record Validate(StoredResponse stored, Forward reason, boolean mayStandIn) implements Decision {}

  /**
   * Send {@link CacheRules#forward} on.
   *
   * @param reason why nothing that is stored can answer
   * @param reserve what may answer should that fail
   */
  record Fetch(Forward reason, Optional<StoredResponse> reserve) implements Decision {}

  /** 504: the request wants an answer from the cache or none ({@code only-if-cached}, RFC 9111 section 5.2.1.7). */
  record Refuse() implements Decision {}

  /** Why a stored response may be used. */
  enum Use {
    /** It is fresh. */
    FRESH,
    /** It is stale, and may be used while a new one is fetched in the background (RFC 5861 section 3). */
    WHILE_REVALIDATE,
    /** It is stale, and the request is content with that ({@code max-stale}). */
    MAX_STALE,
    /** It is stale, and fetching has failed (RFC 5861 section 4). */
    IF_ERROR,
    /** It has just been validated, and found current. */
    VALIDATED
  }

  /** What may answer should the origin fail; empty for what needs no origin. */
  default Optional<StoredResponse> standIn() {
    return switch (this) {
      case Validate(var stored, var _, boolean may) -> may ? Optional.of(stored) : Optional.empty();
      case Fetch(var _, var reserve) -> reserve;
      case Serve _,Refuse _ -> Optional.empty();
    };
  }
}
