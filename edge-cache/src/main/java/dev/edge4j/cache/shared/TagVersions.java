package dev.edge4j.cache.shared;

import static dev.edge4j.cache.shared.KnownTags.WHOLE;

import dev.edge4j.cache.bus.Change;
import dev.edge4j.cache.bus.Change.CacheRenewed;
import dev.edge4j.cache.bus.Change.TagRenewed;
import dev.edge4j.cache.shared.KnownTags.Reading;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Versions of tags, and of the whole cache. A version is 0 until the tag is invalidated, and a new random number each time it
 * is; an entry is good while all its tags, and the cache, have the versions they had when it was loaded. So an invalidation is
 * one step, whatever number of entries it hits. Random numbers, because a key-value store has no counter that two nodes can raise
 * without losing a step, and the clocks of two nodes do not agree; equality needs neither. There are two versions of each: what
 * differs in the hard one is gone, what differs in the soft one is expired.
 *
 * <p><b>Other nodes.</b> The store has, beside the versions, an epoch: a random number that is new before and after each renewal.
 * A version that was read under an epoch is true as long as the epoch is the same, since no renewal was acknowledged meanwhile.
 * So a node reads one key to know that all the versions it knows still hold; it does so at most once per {@link #TRUST}, and by
 * half of that time in the background while the cache is used ({@link Pulse}). An invalidation that was acknowledged by one node
 * is seen by all within {@link #TRUST}, as long as they reach the store; by the bus usually within milliseconds. What comes by
 * the bus is only taken as a hint to read again: messages may be late or lost.
 *
 * <p><b>Loads.</b> An entry's tags are known only after the load, but must have been unchanged since before it. That holds if
 * this process knew the tag's version before the load and it is the same after. If it had never met the tag, the epoch must be the
 * same before and after; otherwise the value is served but not stored, and the next load with this tag is sure, because now the
 * tag is known.
 *
 * <p><b>Renewals</b> get a version for this process at once. The one that the store gets is another, and takes its place when
 * the store has it: a value that was loaded here while the write was on its way, and perhaps behind the renewal of another
 * node, has neither. A renewal that could not be written is done again when the store answers; until then this process goes by
 * its own version.
 *
 * <p>Safe for use by many threads.
 */
public final class TagVersions implements AutoCloseable {
  /** The longest that an entry may live. */
  public static final Duration MAX_LIFETIME = Duration.ofDays(30);

  /** How long what was read from the store is taken for true. */
  public static final Duration TRUST = Duration.ofSeconds(1);

  /** The longest tag, in characters: a message about it must fit into {@link dev.edge4j.cache.bus.Message#MAX_BYTES}. */
  public static final int MAX_TAG_LENGTH = 1_024;

  private static final long TRUST_MILLIS = TRUST.toMillis();
  private static final long AHEAD_MILLIS = TRUST_MILLIS / 2;
  /** How many tags are read in the background when the epoch is new; others are when they are asked for. */
  private static final int AHEAD_TAGS = 256;

  /** What was true before a load. */
  public record Before(long sequence, long epoch, Mark whole) {}

  private final KnownTags known;
  private final Optional<VersionStore> store;
  private final Bus bus;
  private final InstantSource clock;
  private final boolean readsAhead;
  private final Pulse pulse;
  /** Held while the epoch is read, so that one thread does. */
  private final ReentrantLock reading = new ReentrantLock();

  /** Without a store, the versions are those of this process. */
  public TagVersions(Optional<QuietKv> kv, InstantSource clock) {
    this(kv, Bus.none(new Complaints(clock)), clock);
  }

  /** With a bus, renewals are told to the other nodes, and theirs are heard. */
  public TagVersions(Optional<QuietKv> kv, Bus bus, InstantSource clock) {
    this(kv, bus, clock, true);
  }

  TagVersions(Optional<QuietKv> kv, Bus bus, InstantSource clock, boolean readsAhead) {
    this.store = kv.map(VersionStore::new);
    this.bus = bus;
    this.clock = clock;
    this.known = new KnownTags(store.isPresent(), clock);
    this.readsAhead = readsAhead && store.isPresent();
    this.pulse = new Pulse(Duration.ofMillis(AHEAD_MILLIS), bus.isConnected(), reading(new WeakReference<>(this)));
    kv.ifPresent(quiet -> quiet.makesGoodForAll(this::giveAllUp));
    bus.listen(this::heard);
  }

  /** How long entries live at the most, as far as this process knows. */
  public Duration longestLife() {
    return known.longestLife();
  }

  /** Reads ahead as long as somebody else has a use for it: what is never closed, but forgotten, must not go on for ever. */
  private static BooleanSupplier reading(WeakReference<TagVersions> weak) {
    return () -> {
      TagVersions versions = weak.get();
      if (versions == null) {
        return false;
      }
      View _ = versions.reread(AHEAD_MILLIS, AHEAD_TAGS);
      return true;
    };
  }

  /** Entries may live that long from now on. */
  public void expectLife(Duration life) {
    known.expectLife(life);
  }

  /** Grows with every invalidation that this process makes or hears of. */
  public long sequence() {
    return known.sequence();
  }

  /** Asked before a load, for {@link #mark}. May wait for the store. */
  public Before before() {
    long sequence = known.sequence();
    View view = trusted(clock.millis());
    return new Before(sequence, view.epoch(), view.whole().mark());
  }

  /**
   * The stamp for a new entry with these tags, possibly none; empty if one of them, or the whole cache, may have been invalidated
   * since {@code before}: then the value is for those who waited for it, and is not stored. May wait for the store.
   */
  public Optional<Stamp> mark(Before before, Collection<String> tags) {
    if (known.view().whole().isOursSince(before.sequence)) {
      return Optional.empty();
    }
    Map<String, Mark> marks = new HashMap<>();
    boolean sure = true;
    for (String tag : tags) {
      Known now = verified(checked(tag), known.view());
      if (now.isOursSince(before.sequence)) {
        return Optional.empty();
      }
      sure &= now.since() <= before.sequence;
      marks.put(tag, now.mark());
    }
    boolean quiet = sure || store.flatMap(VersionStore::epoch).orElse(before.epoch) == before.epoch;
    return quiet ? Optional.of(new Stamp(before.whole, marks)) : Optional.empty();
  }

  /** Learns what other nodes have renewed by now, whatever is trusted. May wait for the store. */
  public void refresh() {
    View _ = reread(0, 0);
  }

  /** What became of an entry by now; never {@link Standing#UNKNOWN}. May wait for the store. */
  public Standing standing(Stamp stamp, long now) {
    return agreed(stamp, known.view(), now) ? Standing.CURRENT : compared(stamp, trusted(now), true);
  }

  /** As {@link #standing}, for an event loop: does not wait, and may not know. */
  public Standing standingNow(Stamp stamp, long now) {
    View view = known.view();
    if (agreed(stamp, view, now)) {
      return Standing.CURRENT;
    }
    boolean trusted = isTrusted(view, now);
    if (!trusted) {
      readAhead();
    }
    return trusted ? compared(stamp, view, false) : Standing.UNKNOWN;
  }

  /** All that has this tag is gone. The other nodes know within {@link #TRUST}. */
  public void invalidate(String tag) {
    renew(checked(tag), false);
  }

  /** All that has this tag is expired: no longer fresh, but still there to stand in. */
  public void expire(String tag) {
    renew(checked(tag), true);
  }

  /** All that the cache has is gone, in one step. */
  public void clear() {
    renew(WHOLE, false);
  }

  /** All that the cache has is expired, in one step. */
  public void expireAll() {
    renew(WHOLE, true);
  }

  /** Hears and reads nothing any more. */
  @Override
  public void close() {
    pulse.close();
    bus.close();
  }

  /** One read of what changes at every renewal and one comparison, whatever tags the entry has. */
  private boolean agreed(Stamp stamp, View view, long now) {
    if (stamp.agreed != view) {
      return false;
    }
    if (view.isYounger(AHEAD_MILLIS, now)) {
      return true;
    }
    readAhead();
    return isTrusted(view, now);
  }

  private void readAhead() {
    if (readsAhead) {
      pulse.beat();
    }
  }

  private static boolean isTrusted(View view, long now) {
    return view.isYounger(TRUST_MILLIS, now);
  }

  private Standing compared(Stamp stamp, View view, boolean mayWait) {
    Standing standing = view.whole().mark().standingOf(stamp.whole());
    for (Map.Entry<String, Mark> tag : stamp.tags().entrySet()) {
      Known here = known.get(tag.getKey());
      if (mayWait) {
        here = verified(tag.getKey(), view);
      }
      boolean sure = here.holdsUnder(view.epoch()) || mayWait;
      standing = standing.and(sure ? here.mark().standingOf(tag.getValue()) : Standing.UNKNOWN);
    }
    if (standing == Standing.CURRENT) {
      stamp.agreed = view;
    }
    return standing;
  }

  /** What is known of a tag, read from the store if what is known may be outdated. */
  private Known verified(String tag, View view) {
    Known here = known.get(tag);
    if (store.isEmpty() || here.holdsUnder(view.epoch())) {
      return here;
    }
    Optional<Mark> mark = store.get().mark(tag);
    return mark.map(read -> known.read(tag, new Reading(here, read), view.epoch())).orElse(here);
  }

  /** A view that is not older than {@link #TRUST}, read if need be. */
  private View trusted(long now) {
    View view = known.view();
    return isTrusted(view, now) ? view : reread(TRUST_MILLIS, 0);
  }

  /** Reads the epoch, unless somebody has within {@code age}, and if it is new also some of the tags that were read last. */
  private View reread(long age, int tags) {
    reading.lock();
    try {
      long now = clock.millis();
      View view = known.view();
      if (store.isEmpty() || view.isYounger(age, now)) {
        return view;
      }
      Optional<Long> epoch = store.get().epoch();
      if (epoch.isPresent() && epoch.get() == view.epoch()) {
        view.readAgain(now);
        return view;
      }
      Optional<Mark> whole = epoch.flatMap(_ -> store.get().mark(WHOLE));
      if (whole.isEmpty()) {
        view.readAgain(clock.millis()); // by what is known here; all who wait for the lock need not wait for the store as well
        return view;
      }
      return known.read(epoch.get(), new Reading(view.whole(), whole.get()), tags == 0 ? Map.of()
          : read(known.latest(tags)), now);
    } finally {
      reading.unlock();
    }
  }

  private Map<String, Reading> read(List<String> tags) {
    Map<String, Reading> readings = new HashMap<>();
    for (String tag : tags) {
      Known here = known.get(tag);
      Optional<Mark> mark = here.isPending() ? Optional.empty() : store.flatMap(versions -> versions.mark(tag));
      mark.ifPresent(read -> readings.put(tag, new Reading(here, read)));
    }
    return readings;
  }

  private void renew(String tag, boolean soft) {
    known.renew(tag, soft);
    boolean announced = store.isPresent() && store.get().submit(tag, () -> flush(tag));
    if (!announced) {
      announce(tag, soft, known.get(tag).mark());
    }
  }

  /** Writes what is not saved of a tag; throws if the store fails. */
  private boolean flush(String tag) {
    while (true) {
      Known pending = known.get(tag);
      if (!pending.isPending()) {
        return true;
      }
      Mark written = store.orElseThrow().write(tag, pending);
      if (known.settle(tag, pending, written)) {
        announce(tag, written, pending.unsaved());
        return true;
      }
    }
  }

  private boolean giveAllUp() {
    store.orElseThrow().newEpoch(); // throws as long as the store is away, and then what is in memory stays
    known.renew(WHOLE, false);
    return flush(WHOLE);
  }

  /** To be called after it was written, so that who hears it finds it. */
  private void announce(String tag, Mark written, Known.Unsaved what) {
    if (what.hard()) {
      announce(tag, false, written);
    }
    if (what.soft()) {
      announce(tag, true, written);
    }
  }

  private void announce(String tag, boolean soft, Mark mark) {
    long version = soft ? mark.soft() : mark.hard();
    bus.send(tag.equals(WHOLE) ? new CacheRenewed(soft, version) : new TagRenewed(tag, soft, version));
  }

  private void heard(Change change) {
    switch (change) {
      case TagRenewed(String tag, boolean soft, long version) when known.heard(tag, soft, version) -> {
        if (readsAhead) {
          Thread.ofVirtual().name("cache-versions").start(() -> verified(tag, known.view()));
        }
      }
      case CacheRenewed(boolean soft, long version) when known.heard(WHOLE, soft, version) -> readAhead();
      default -> {
        // not about versions, or known already
      }
    }
  }

  private static String checked(String tag) {
    if (tag.isEmpty() || tag.length() > MAX_TAG_LENGTH || tag.startsWith(WHOLE)) {
      throw new IllegalArgumentException("tag of " + tag.length() + " characters (expected: 1 to " + MAX_TAG_LENGTH
          + ", the first not NUL)");
    }
    return tag;
  }
}
