package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.concurrent.atomic.AtomicBoolean;

/** A detached exchange in the hands of its owner. */
final class Apart implements Detached {
  private final Exchange exchange;
  private final Scope scope;
  private final Deadline deadline;
  private final TimeSource.Timer timer;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean sent = new AtomicBoolean();

  Apart(Exchange exchange, Scope scope, Deadline deadline) {
    this.exchange = exchange;
    this.scope = scope;
    this.deadline = deadline;
    this.timer = deadline.whenOver(scope.whole::cancel);
    scope.began();
    Ticket ticket = scope.ticket;
    if (ticket != null) {
      scope.whenQuiet(ticket::giveBack);
    }
  }

  @Override
  public Response answer() throws Exception {
    if (!begun.compareAndSet(false, true)) {
      throw new IllegalStateException("a detached exchange was asked twice (expected: once)");
    }
    return exchange.answerApart();
  }

  @Override
  public Detached again(Request request) {
    return exchange.again(request, deadline);
  }

  @Override
  public void cancel() {
    scope.whole.cancel();
  }

  @Override
  public void sent() {
    if (sent.compareAndSet(false, true)) {
      timer.cancel();
      exchange.sent();
      scope.ended();
    }
  }
}
