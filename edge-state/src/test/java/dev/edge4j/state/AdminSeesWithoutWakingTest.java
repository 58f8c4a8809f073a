package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an object is can be seen from outside, while it sleeps and while it hangs; looking wakes nobody. */
@Timeout(60)
class AdminSeesWithoutWakingTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  interface Job {
    void begin();

    void hang();
  }

  @TempDir private Path folder;
  private final AtomicInteger made = new AtomicInteger();
  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  final class KeptJob extends DurableObject implements Job, AlarmHandler {
    KeptJob(ObjectState state) {
      super(state);
      made.incrementAndGet();
    }

    @Override
    public void begin() {
      storage().put("state", List.of("begun"));
      attributes().set("state", "begun");
      alarms().set("end", Schedule.in(Duration.ofHours(1)));
    }

    @Override
    public void hang() {
      storage().put("state", List.of("hangs"));
      hangs.countDown();
      TurnsAreSerialTest.await(go);
    }

    @Override
    public void alarm(Alarm alarm) {
      storage().put("state", List.of("ended"));
    }
  }

  @Test
  void asItIsOnDisk() throws Exception {
    for (ObjectClass<Job> declared : List.of(ObjectClass.of("job", Job.class, KeptJob::new), ObjectClass.of("own",
        Job.class, KeptJob::new).sql(Ledger.TABLES).version(1))) {
      made.set(0);
      try (DurableObjects objects = open()) {
        Namespace<Job> jobs = objects.namespace(declared);
        var id = new ObjectId(declared.name(), "a");
        assertEquals(new ObjectInfo(id, false, 0, Instant.EPOCH, false, 0, 0, Map.of(), Map.of(), Map.of()), jobs
            .inspect("a"));
        assertEquals(0, made.get());
        jobs.get("a").begin();
        assertTrue(jobs.inspect("a").awake());
      }
      try (DurableObjects objects = open()) {
        Namespace<Job> jobs = objects.namespace(declared);
        ObjectInfo info = jobs.inspect("a");
        assertEquals(new ObjectInfo(new ObjectId(declared.name(), "a"), true, 1, NOW, false, 0, 0, Map.of("end", NOW
            .plus(Duration.ofHours(1))), Map.of("state", "begun"), Map.of("state", "[\"begun\"]")), info);
        jobs.snapshot("a");
        jobs.list("", 10);
        jobs.find("state", "begun", "", 10);
        assertFalse(jobs.inspect("a").awake());
        assertFalse(jobs.evict("a"));
        assertEquals(1, made.get());
      }
    }
  }

  @Test
  void evenIfItHangs() throws Exception {
    try (DurableObjects objects = open()) {
      Namespace<Job> jobs = objects.namespace("job", Job.class, KeptJob::new);
      jobs.get("a").begin();
      Thread hanging = Thread.startVirtualThread(jobs.get("a")::hang);
      hangs.await();
      Thread waiting = Thread.startVirtualThread(jobs.get("a")::begin);
      while (jobs.inspect("a").waiting() == 0) {
        Thread.onSpinWait();
      }
      ObjectInfo info = jobs.inspect("a");
      assertTrue(info.awake());
      assertEquals(Map.of("state", "[\"begun\"]"), info.entries());
      go.countDown();
      hanging.join();
      waiting.join();
    }
  }

  private DurableObjects open() {
    return DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(1).withClock(() -> NOW));
  }
}
