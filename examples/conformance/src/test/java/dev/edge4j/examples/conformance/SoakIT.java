package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A quarter of a minute of everything at once (20 minutes in profile "long"): no answer is wrong, no buffer leaks, and what the process holds afterwards is
 * what it held after the beginning.
 */
@Isolated("it loads the machine")
class SoakIT {
  private static final Duration LENGTH = Boolean.getBoolean("edge4j.long") ? Duration.ofMinutes(20)
      : Duration.ofSeconds(15);
  /** Until all that is made once is there. */
  private static final Duration BEGINNING = LENGTH.dividedBy(5);
  private static final int VISITORS_OF_EACH_KIND = 2;
  private static final Duration PAUSE = Duration.ofMillis(4);
  /** A handshake costs the visitor and the server more than all that follows it. */
  private static final Duration PAUSE_BETWEEN_HANDSHAKES = Duration.ofMillis(50);
  private static final long SLACK_BYTES = 4L * 1024 * 1024;
  private static final long SLACK_DESCRIPTORS = 4;

  @TempDir private Path files;

  private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLong visits = new AtomicLong();

  @Test
  void nothingIsWrongAndNothingIsLeftBehind() throws Exception {
    Files.writeString(files.resolve("digits.txt"), "0123456789\n");
    try (ConformanceProcess process = ConformanceProcess.start("--port=0", "--files=" + files)) {
      soak(process, BEGINNING);
      Vitals before = settled(process);
      soak(process, LENGTH.minus(BEGINNING));
      Vitals after = settled(process);
      String found = visits + " visits; before " + before + ", after " + after;
      System.out.println("Soak: " + found);
      assertTrue(after.liveBytes() <= before.liveBytes() + SLACK_BYTES, found);
      assertTrue(after.descriptors() <= before.descriptors() + SLACK_DESCRIPTORS, found);
      assertEquals(3, process.output().lines().count(), process.output());
    }
  }

  private void soak(ConformanceProcess process, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    SSLContext trust = Trust.context();
    List<Thread> visitors = new ArrayList<>();
    for (int i = 0; i < VISITORS_OF_EACH_KIND; i++) {
      for (Visits.Visit visit : new Visits(process.at("/").getPort(), i).all()) {
        visitors.add(Thread.ofVirtual().start(() -> visit(visit, PAUSE, end)));
      }
      for (Visits.Visit visit : new Http2Visits(process.secure("/"), trust, i).all()) {
        visitors.add(Thread.ofVirtual().start(() -> visit(visit, PAUSE_BETWEEN_HANDSHAKES, end)));
      }
    }
    for (Thread visitor : visitors) {
      visitor.join();
    }
    assertEquals(List.of(), List.copyOf(wrong));
  }

  private void visit(Visits.Visit visit, Duration pause, long end) {
    try {
      while (System.nanoTime() - end < 0 && wrong.isEmpty()) {
        visit.make();
        visits.incrementAndGet();
        Thread.sleep(pause); // the build shares its cores
      }
    } catch (Throwable e) {
      wrong.add(e);
    }
  }

  /** Once the connections of those who left are closed at the other end too. */
  private static Vitals settled(ConformanceProcess process) throws Exception {
    Vitals last = Vitals.of(process.handle().pid());
    while (true) {
      Thread.sleep(500);
      Vitals now = Vitals.of(process.handle().pid());
      if (now.descriptors() >= last.descriptors()) {
        return now;
      }
      last = now;
    }
  }
}
