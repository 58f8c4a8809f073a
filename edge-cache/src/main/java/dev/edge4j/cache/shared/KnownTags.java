package dev.edge4j.cache.shared;

import dev.edge4j.cache.shared.Known.Unsaved;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The versions that this process knows; no I/O. A change is made under the lock, to the tag first and to the {@link View} then,
 * so that who has the new view sees the new tag.
 */
final class KnownTags {
  /** Stands for the whole cache; no tag of a user's, which are not empty and do not begin with this. */
  static final String WHOLE = "\0";

  /** A version must be known for longer than any entry lives that was loaded before it. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /** What was read of a tag of which {@code before} was known. */
  record Reading(Known before, Mark mark) {}

  /** What is known, and since when. */
  private record Kept(Known known, long at) {}

  private final boolean stored;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong longestLife = new AtomicLong();
  private final ConcurrentMap<String, Kept> tags = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Known unmet;
  private volatile View view;
  private long sweptAt;

  /** {@code stored} says that versions are to be read from a store; otherwise they are those of this process. */
  KnownTags(boolean stored, InstantSource clock) {
    this.stored = stored;
    this.unmet = Known.never(stored ? Known.UNREAD : 0);
    this.view = stored ? new View(unmet, View.NO_EPOCH, View.NEVER_READ) : new View(unmet, 0, View.ALWAYS);
    this.clock = clock;
    this.sweptAt = clock.millis();
  }

  void expectLife(Duration life) {
    longestLife.accumulateAndGet(life.toMillis(), Math::max);
  }

  Duration longestLife() {
    return Duration.ofMillis(longestLife.get());
  }

  long sequence() {
    return sequence.get();
  }

  View view() {
    return view;
  }

  Known get(String tag) {
    if (tag.equals(WHOLE)) {
      return view.whole();
    }
    Kept here = tags.get(tag);
    return here == null ? unmet : here.known;
  }

  /** A new version, which the store does not have yet. */
  void renew(String tag, boolean soft) {
    lock.lock();
    try {
      Known old = get(tag);
      Unsaved unsaved = stored ? old.unsaved().and(soft) : Unsaved.NOTHING;
      change(tag, new Known(renewed(old.mark(), soft), sequence.incrementAndGet(), true, unmet.epoch(), unsaved));
    } finally {
      lock.unlock();
    }
  }

  /** Another node says that it has renewed a tag. True if that is news. */
  boolean heard(String tag, boolean soft, long version) {
    lock.lock();
    try {
      Known old = get(tag);
      if ((soft ? old.mark().soft() : old.mark().hard()) == version) {
        return false;
      }
      change(tag, new Known(renewed(old.mark(), soft), sequence.incrementAndGet(), true, unmet.epoch(), old.unsaved()));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The store has the versions of {@code pending}, as {@code written}. False if there are newer ones by now. */
  boolean settle(String tag, Known pending, Mark written) {
    lock.lock();
    try {
      if (!get(tag).equals(pending)) {
        return false;
      }
      change(tag, new Known(written, sequence.incrementAndGet(), true, Known.UNREAD, Unsaved.NOTHING));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The store was at that epoch and then had that mark for a tag. What is known of the tag from now on. */
  Known read(String tag, Reading reading, long epoch) {
    lock.lock();
    try {
      Known here = get(tag);
      if (!here.equals(reading.before)) {
        return here; // renewed, or read by another thread, meanwhile
      }
      Known now = after(reading, epoch);
      if (now.mark().equals(here.mark())) {
        keep(tag, now);
      } else {
        change(tag, now);
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /** The store is at another epoch, and has these versions of the whole cache and of some tags. */
  View read(long epoch, Reading whole, Map<String, Reading> readings, long at) {
    lock.lock();
    try {
      readings.forEach((tag, reading) -> {
        if (get(tag).equals(reading.before)) {
          keep(tag, after(reading, epoch));
        }
      });
      Known here = view.whole();
      boolean meanwhile = !here.equals(whole.before) || here.isPending();
      Known now = meanwhile ? here : after(whole, epoch);
      view = new View(now, epoch, meanwhile && !here.isPending() ? View.NEVER_READ : at);
      return view;
    } finally {
      lock.unlock();
    }
  }

  /** The tags that were read or renewed last. */
  List<String> latest(int limit) {
    return tags.entrySet()
        .stream()
        .sorted(Comparator.comparingLong((Map.Entry<String, Kept> tag) -> tag.getValue().at).reversed())
        .limit(limit)
        .map(Map.Entry::getKey)
        .toList();
  }

  private void keep(String tag, Known known) {
    long now = clock.millis();
    tags.put(tag, new Kept(known, now));
    if (now - sweptAt >= MARGIN.toMillis()) {
      sweptAt = now;
      long outlived = now - longestLife.get() - MARGIN.toMillis();
      tags.values().removeIf(kept -> kept.at < outlived && !kept.known.isPending());
    }
  }

  private Known after(Reading reading, long current) {
    long epoch = current == View.NO_EPOCH ? Known.UNREAD : current;
    Known before = reading.before;
    boolean same = before.mark().equals(reading.mark);
    // No version now means none at any time before: a tag never gets back to that.
    return same || reading.mark.equals(Mark.NEVER)
        ? new Known(reading.mark, before.since(), before.ours(), epoch, Unsaved.NOTHING)
        : new Known(reading.mark, sequence.incrementAndGet(), false, epoch, Unsaved.NOTHING);
  }

  private void change(String tag, Known now) {
    View old = view;
    if (tag.equals(WHOLE)) {
      view = now.holdsUnder(old.epoch()) ? new View(now, old.epoch(), old.readAt())
          : new View(now, View.NO_EPOCH, View.NEVER_READ);
    } else {
      keep(tag, now);
      view = new View(old.whole(), old.epoch(), old.readAt());
    }
  }

  private static Mark renewed(Mark old, boolean soft) {
    return soft ? new Mark(old.hard(), random()) : new Mark(random(), old.soft());
  }

  /** A version: nobody makes the same one twice, and it is not 0. */
  static long random() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }
}
