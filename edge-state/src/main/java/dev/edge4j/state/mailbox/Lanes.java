package dev.edge4j.state.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits, in lanes: the first lane goes before the second and so on, but one of eight is taken from the last that is not empty. Confined
 * to who holds the mailbox's lock.
 */
final class Lanes<E> {
  private static final int LAST_ONE_OF = 8;

  /** Made when something has to wait: most objects never have two callers, and there are many objects. */
  private List<Deque<E>> lanes = List.of();
  private int taken;
  private int size;

  void add(int lane, E entry) {
    if (lanes.isEmpty()) {
      lanes = List.of(new ArrayDeque<>(4), new ArrayDeque<>(4), new ArrayDeque<>(4));
    }
    lanes.get(lane).add(entry);
    size++;
  }

  int size() {
    return size;
  }

  /** What {@link #poll} would take. */
  @Nullable
  E peek() {
    return size == 0 ? null : lane().peek();
  }

  @Nullable
  E poll() {
    if (size == 0) {
      return null;
    }
    E entry = lane().poll();
    size--;
    taken++;
    return entry;
  }

  /** Takes the first that is so out of its lane; false if there is none. Leaves the order of the others. */
  boolean remove(Predicate<? super E> wanted) {
    for (Deque<E> lane : lanes) {
      for (Iterator<E> entries = lane.iterator(); entries.hasNext();) {
        if (wanted.test(entries.next())) {
          entries.remove();
          size--;
          return true;
        }
      }
    }
    return false;
  }

  private Deque<E> lane() {
    boolean last = taken % LAST_ONE_OF == LAST_ONE_OF - 1;
    List<Deque<E>> order = last ? lanes.reversed() : lanes;
    for (Deque<E> lane : order) {
      if (!lane.isEmpty()) {
        return lane;
      }
    }
    throw new IllegalStateException("no lane holds anything");
  }
}
