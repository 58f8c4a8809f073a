package dev.edge4j.cache;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** The loads that are under way, one for a key. */
final class Flights<K, V> {
  private final ConcurrentMap<K, Flight<K, V>> underWay = new ConcurrentHashMap<>();

  /** The flight that is under way for this key; else {@code mine}, which must then take off. */
  Flight<K, V> join(Flight<K, V> mine) {
    Flight<K, V> other = underWay.putIfAbsent(mine.key(), mine);
    return other == null ? mine : other;
  }

  /** This flight instead of the one that is under way, which is abandoned. */
  void replace(Flight<K, V> mine) {
    Flight<K, V> other = underWay.put(mine.key(), mine);
    if (other != null) {
      other.supersede();
    }
  }

  /** Whether a flight of this key is on its way; one that only stores what it brought is no more, and makes place. */
  boolean isUnderWay(K key) {
    Flight<K, V> flight = underWay.get(key);
    if (flight != null && flight.hasEnded()) {
      abandon(flight);
      return false;
    }
    return flight != null;
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Lets nobody join it any more. */
  void remove(Flight<K, V> flight) {
    underWay.remove(flight.key(), flight);
  }

  /** Lets it store nothing, and nobody join it. */
  void abandon(Flight<K, V> flight) {
    flight.supersede();
    remove(flight);
  }

  void abandon(K key) {
    Flight<K, V> flight = underWay.get(key);
    if (flight != null) {
      abandon(flight);
    }
  }

  /** Lets the flight of this key store nothing but what may stand in, and nobody join it. */
  void expire(K key) {
    Flight<K, V> flight = underWay.get(key);
    if (flight != null) {
      flight.expire();
      remove(flight);
    }
  }

  /** Offers a stale value to those who wait for a flight of this key and have been offered an older one. */
  void renew(K key, Entry<V> stale) {
    Flight<K, V> flight = underWay.get(key);
    if (flight != null) {
      flight.renew(stale);
    }
  }

  /** The keys of those on their way that are like that. */
  List<K> keys(Predicate<K> which) {
    return underWay.keySet().stream().filter(which).toList();
  }
}
