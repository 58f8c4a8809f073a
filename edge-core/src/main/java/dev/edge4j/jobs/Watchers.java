package dev.edge4j.jobs;

import dev.edge4j.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know of changes to a job. Changes made in this process are told at once; others are found out by looking again. */
final class Watchers {
  private final TimeSource time;
  private final ConcurrentHashMap<JobId, List<Bell>> bells = new ConcurrentHashMap<>();

  Watchers(TimeSource time) {
    this.time = time;
  }

  /** One of them, until it is closed. */
  final class Watch implements AutoCloseable {
    private final JobId id;
    private final Bell bell = new Bell(time);

    private Watch(JobId id) {
      this.id = id;
    }

    void await(Duration atMost) throws InterruptedException {
      bell.await(atMost);
    }

    void ring() {
      bell.ring();
    }

    @Override
    public void close() {
      bells.computeIfPresent(id, (_, list) -> {
        list.remove(bell);
        return list.isEmpty() ? null : list;
      });
    }
  }

  Watch watch(JobId id) {
    var watch = new Watch(id);
    bells.compute(id, (_, list) -> {
      List<Bell> all = list == null ? new CopyOnWriteArrayList<>() : list;
      all.add(watch.bell);
      return all;
    });
    return watch;
  }

  boolean has(JobId id) {
    return bells.containsKey(id);
  }

  /** Whether one of them has seen what there was, and waits for what comes. */
  boolean isAwaited(JobId id) {
    return bells.getOrDefault(id, List.of()).stream().anyMatch(Bell::isAwaited);
  }

  void changed(JobId id) {
    bells.getOrDefault(id, List.of()).forEach(Bell::ring);
  }
}
