package dev.edge4j.state.delivery;

import dev.edge4j.state.ObjectId;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.store.AlarmRow;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.ObjectStore.Queued;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a message or an effect after an attempt. Safe for use by many threads. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Host host;

  Attempts(Host host) {
    this.host = host;
  }

  /** The first of the queue it stands in, as it is now; empty if that is not due. */
  Optional<Queued> front(Queued found) {
    return host.store().front(found).filter(front -> !front.message().due().isAfter(now()));
  }

  /** Takes it off the list. */
  void succeeded(Queued queued) {
    host.store().delivered(queued).join();
  }

  /** Sets the next attempt, or puts it aside as a dead letter. */
  void failed(Queued queued, Throwable thrown) {
    MessageRow message = queued.message();
    int failed = message.failed() + 1;
    boolean again = message.retry().allows(failed);
    String kind = message.to().isPresent() ? "message" : "effect";
    String to = message.to().map(ObjectId::toString).map(id -> " to " + id).orElse("");
    LOG.warn("{} {} of {}{} failed, {}", kind, message.what(), message.from(), to, again ? "will be tried again"
        : "is a dead letter now", thrown);
    if (again) {
      Instant due = now().plus(message.retry().pause(failed, ThreadLocalRandom.current().nextDouble()));
      host.store().postponed(queued, AlarmRow.wholeMillis(due)).join();
    } else {
      host.store().gaveUp(queued, thrown.toString(), now()).join();
    }
  }

  private Instant now() {
    return host.options().clock().instant();
  }
}
