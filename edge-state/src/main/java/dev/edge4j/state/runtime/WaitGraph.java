package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectCycleException;
import dev.edge4j.state.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which object's turn waits for which other object. As an object runs one turn at a time, a cycle in this graph is a deadlock, be
 * it one chain of calls that comes back or two chains that meet head on; so the call that would close one is refused. Only
 * calls made inside turns are in the graph. Safe for use by many threads.
 */
final class WaitGraph {
  private final ReentrantLock lock = new ReentrantLock();
  /** A list, as a turn may wait for one object in several threads of its own. */
  private final Map<ObjectId, List<ObjectId>> waits = new HashMap<>();

  /** Notes that a turn of {@code from} is about to wait for {@code to}; throws {@link ObjectCycleException} if that is for ever. */
  void enter(ObjectId from, ObjectId to) {
    lock.lock();
    try {
      var path = new ArrayList<ObjectId>(List.of(from));
      if (reaches(to, from, path, new HashSet<>())) {
        throw new ObjectCycleException(path);
      }
      waits.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
    } finally {
      lock.unlock();
    }
  }

  /** The wait noted by {@link #enter} is over. */
  void leave(ObjectId from, ObjectId to) {
    lock.lock();
    try {
      List<ObjectId> others = waits.getOrDefault(from, List.of());
      if (others.remove(to) && others.isEmpty()) {
        waits.remove(from);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Depth first; leaves in {@code path} the way found. */
  private boolean reaches(ObjectId at, ObjectId goal, List<ObjectId> path, Set<ObjectId> seen) {
    path.add(at);
    if (at.equals(goal)) {
      return true;
    }
    if (seen.add(at)) {
      for (ObjectId next : waits.getOrDefault(at, List.of())) {
        if (reaches(next, goal, path, seen)) {
          return true;
        }
      }
    }
    path.removeLast();
    return false;
  }
}
