package dev.edge4j.server.lanes;

import dev.edge4j.App;
import dev.edge4j.Exchange;
import dev.edge4j.http.Request;
import dev.edge4j.server.limits.Counters;
import dev.edge4j.server.limits.Limits;

/** The two lanes of one server: what bounds them and what runs them. Safe for use by many threads. */
public final class Lanes {
  private final App app;
  private final Limits limits;
  private final Counters counters;
  private final Permits permits;
  private final Scheduler scheduler;

  /** Chooses the scheduler, says which in the log, and may take a second for it. */
  public Lanes(App app, Limits limits, Counters counters) {
    this.app = app;
    this.limits = limits;
    this.counters = counters;
    this.permits = new Permits(limits.concurrency(), counters);
    this.scheduler = Schedulers.choose(limits.concurrency().scheduler(), counters);
  }

  /** Opens a request, which its caller keeps and then lets {@link Running#go}; on its event loop. */
  public Running open(Request request, Reply reply) {
    Exchange exchange = app.open(request);
    exchange.onEarlyHints(reply::hint);
    exchange.over(reply.version());
    return new Running(this, exchange, request, reply);
  }

  Limits limits() {
    return limits;
  }

  Counters counters() {
    return counters;
  }

  Permits permits() {
    return permits;
  }

  Scheduler scheduler() {
    return scheduler;
  }
}
