package dev.edge4j.server.lanes;

import dev.edge4j.server.limits.Concurrency;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.DefaultEventLoop;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the scheduler of a server's slow lane, and says which. */
final class Schedulers {
  private static final Logger LOG = LoggerFactory.getLogger(Schedulers.class);

  private Schedulers() {}

  /** What a JVM allows does not change: tried once. */
  private static final class Tried {
    static final Optional<String> PROBLEM = problem();

    private Tried() {}

    private static Optional<String> problem() {
      var loop = new DefaultEventLoop();
      try {
        return Probe.of(loop);
      } finally {
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      }
    }
  }

  /** The scheduler that was asked for, or the hop where the JVM does not allow it. Takes a second at most. */
  static Scheduler choose(Concurrency.Scheduler wanted, Counters counters) {
    if (wanted == Concurrency.Scheduler.HOP) {
      LOG.info(
          "handlers run on virtual threads, by a hop, as configured (Concurrency.Scheduler.AUTO lets them begin on the"
              + " event loop)");
      return new Hop(counters);
    }
    Optional<String> problem = Tried.PROBLEM;
    if (problem.isEmpty()) {
      LOG.info(
          "handlers run on virtual threads that begin on the event loop (Concurrency.Scheduler.HOP turns that off)");
      return new InlineThenHop(counters);
    }
    LOG.info(
        "handlers run on virtual threads, by a hop, which costs small answers a third of their throughput. To let them"
            + " begin on the event loop start Java with {}, or put it into JDK_JAVA_OPTIONS, or Add-Opens: java.base/java.lang"
            + " into the manifest of a jar that is run with java -jar. The reason: {}", option(), problem.get());
    return new Hop(counters);
  }

  private static String option() {
    Module ours = Schedulers.class.getModule();
    return "--add-opens java.base/java.lang=" + (ours.isNamed() ? ours.getName() : "ALL-UNNAMED");
  }
}
