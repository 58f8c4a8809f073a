package dev.edge4j.cache.response;

import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.Storing;
import dev.edge4j.cache.shared.Bus;
import dev.edge4j.cache.shared.Complaints;
import dev.edge4j.cache.shared.QuietKv;
import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.cache.shared.Standing;
import dev.edge4j.cache.shared.TagVersions;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The parts of a response cache that is in use, put together once: what was stored ({@link ResponseStore}), what is under way ({@link Fetches}), and what is
 * remembered beside ({@link Marks}, versions of tags). Safe for use by many threads.
 */
final class Engine implements AutoCloseable {
  /** Refreshes in the background at once, over all targets. */
  private static final int MOST_REFRESHES = 256;
  private static final String NAME = "rc:";

  final Settings settings;
  final CacheRules rules;
  final Counters counters;
  final Marks marks;
  final Encodings encodings;
  final Budget budget;
  final ResponseStore store;
  final TagVersions tags;
  final Lookup lookup;
  final Fetches fetches = new Fetches();
  final Semaphore refreshes = new Semaphore(MOST_REFRESHES);
  final Bus bus;
  /** Grows with every tag that is purged here, and with all. */
  final AtomicLong purges = new AtomicLong();

  /** What was true before a request was sent on. */
  record Since(long sequence, TagVersions.Before before) {}

  /** A response that came, as it is answered with. */
  record Kept(Variant variant, boolean stored) {}

  Engine(Settings settings) {
    this.settings = settings;
    this.rules = new CacheRules(settings.policy);
    this.marks = new Marks(settings.clock);
    this.encodings = new Encodings(settings.codings);
    this.budget = new Budget(Math.max(settings.maxBody, settings.memory / 2));
    var complaints = new Complaints(settings.clock);
    this.counters = new Counters(settings.listener, complaints);
    Runnable onFailure = () -> counters.add(ResponseEvent.KV_FAILED, "");
    Optional<QuietKv> kv = settings.kv.map(store -> new QuietKv(store, NAME, onFailure, complaints));
    this.bus = settings.backplane.map(plane -> Bus.of(plane, NAME, onFailure, complaints))
        .orElseGet(() -> Bus.none(
            complaints));
    this.store = new ResponseStore(kv.map(layer -> new KvLayer(layer, rules)), rules, settings.memory, settings.clock,
        counters);
    this.tags = new TagVersions(kv, bus, settings.clock);
    this.lookup = new Lookup(rules, store, tags);
    bus.listen(change -> {
      if (change instanceof Change.KeyInvalidated(String target)) {
        store.drop(target);
      }
    });
  }

  Instant now() {
    return settings.clock.instant();
  }

  /** To be asked before a request is sent on. May wait for the store. */
  Since since() {
    return new Since(store.sequence(), tags.before());
  }

  /** Takes a response into memory unless an invalidation came in between; {@link #save} has to follow if it was. May wait for the store. */
  Kept keep(String primary, Storing.Store head, byte[] body, Since since) {
    Storing.Store labelled = settings.tagged ? withTag(head, body) : head;
    Optional<Stamp> stamp = tags.mark(since.before, labels(primary, labelled));
    Optional<Stamp> shard = stamp.isEmpty() ? stamp : tags.mark(since.before, shard(primary));
    var variant = new Variant(labelled.with(body), stamp.orElse(Stamp.FIRST), shard.orElse(Stamp.FIRST));
    boolean stored = shard.isPresent() && remember(primary, variant, since);
    return new Kept(variant, stored);
  }

  /** Takes what the store has for a request into memory; true if there was something. May wait for the store. */
  boolean recall(String primary, Request request) {
    if (!store.hasKv()) {
      return false;
    }
    Since since = since();
    return recall(primary, store.far(primary, request), since);
  }

  private boolean recall(String primary, Optional<Variant> found, Since since) {
    return found.isPresent() && tags.mark(since.before, shard(primary))
        .filter(shard -> store.remember(primary, found.get().in(shard), since.sequence))
        .isPresent();
  }

  /** Takes what was used most by the process before this one into memory; how many responses. May wait for the store. */
  int warm(int most) {
    int warmed = 0;
    for (KvLayer.Hot hot : store.hot().stream().limit(most).toList()) {
      Since since = since();
      warmed += recall(hot.primary(), store.far(hot), since) ? 1 : 0;
    }
    return warmed;
  }

  private boolean remember(String primary, Variant variant, Since since) {
    tags.expectLife(variant.stored().remaining(now()));
    boolean stored = store.remember(primary, variant, since.sequence);
    if (stored) {
      marks.vary(primary, variant.stored().vary());
      counters.add(ResponseEvent.STORED, primary);
    }
    return stored;
  }

  /** Writes what was {@linkplain #keep kept} to the store. May wait for it. */
  void save(String primary, Variant variant, Since since) {
    if (!store.hasKv()) {
      return;
    }
    store.save(primary, variant, since.sequence);
    tags.refresh();
    boolean purged = tags.standing(variant.shard(), now().toEpochMilli()) == Standing.GONE;
    // Asked last: what this node purges itself has been seen to in the store, and memory may have a stand-in since.
    if (purged && !store.isPurgedSince(primary, since.sequence)) {
      Purge.target(this, primary); // another node may have purged it before this came there
    }
  }

  /** What was stored before is not to be used any more: the answer now is for one client alone. May wait for the store. */
  void outdated(String primary, Variant before) {
    store.replace(primary, before, Optional.empty());
    store.purgeAgain(primary);
  }

  /** What in memory is dropped at a purge by another node; without a store there is none. */
  List<String> shard(String primary) {
    return store.hasKv() ? List.of(Shards.of(primary)) : List.of();
  }

  /** The names by which what is stored of a target can be purged, beside its own. */
  static List<String> labels(String primary, Storing.Store head) {
    List<String> labels = new ArrayList<>();
    head.tags().forEach(tag -> labels.add(tag(tag)));
    head.groups().forEach(group -> labels.add(group(CacheKey.origin(primary), group)));
    return labels;
  }

  static String tag(String tag) {
    return label("t:" + tag);
  }

  /** Groups of other origins are others (RFC 9875 section 2). */
  static String group(String origin, String group) {
    return label("g:" + origin + " " + group);
  }

  /** Origins may name tags of any length. */
  private static String label(String text) {
    return text.length() > TagVersions.MAX_TAG_LENGTH ? "#" + CacheKey.digest(text, "") : text;
  }

  private static Storing.Store withTag(Storing.Store head, byte[] body) {
    Headers headers = head.headers();
    return headers.contains("ETag") || headers.contains("Last-Modified") || head.status() != 200 ? head
        : new Storing.Store(head.status(), headers.withAdded("ETag", etag(body)), head.freshness(), head.vary(), head
            .variant(), head.tags(), head.groups());
  }

  private static String etag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    if (settings.warm > 0) {
      store.saveHot(settings.warm);
    }
    tags.close();
  }
}
