package dev.edge4j.state.delivery;

import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.runtime.TurnThrew;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.ObjectStore.Queued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers messages, as calls that have the message's id for a request id: should one be delivered again, the target answers it with the reply
 * it has stored. Those from one object to another go one after another, so they arrive in order; one that fails holds up those behind it.
 */
final class Postman implements Source<Queued> {
  private record Way(ObjectId from, ObjectId to) {
    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
  private static final int OF_ONE_WAY = 64;

  private final Host host;
  private final Attempts attempts;

  Postman(Host host) {
    this.host = host;
    this.attempts = new Attempts(host);
  }

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public List<Queued> due(Instant now, Optional<Queued> after, int limit) {
    return host.store().messages(now, after, limit);
  }

  @Override
  public Optional<Instant> next(Instant now) {
    return host.store().nextMessage(now);
  }

  @Override
  public Object key(Queued due) {
    return new Way(due.message().from(), to(due));
  }

  @Override
  public String namespace(Queued due) {
    return to(due).namespace();
  }

  @Override
  public Ending run(Queued found, BooleanSupplier stop) {
    ObjectId to = to(found);
    LocalNamespace<?> namespace = host.namespace(to.namespace()).orElseThrow();
    for (int i = 0; i < OF_ONE_WAY && !stop.getAsBoolean(); i++) {
      Optional<Queued> front = attempts.front(found);
      if (front.isEmpty()) {
        return Ending.DONE;
      }
      if (!deliver(front.get(), to, namespace)) {
        return Ending.LATER;
      }
    }
    return Ending.MORE;
  }

  private boolean deliver(Queued queued, ObjectId to, LocalNamespace<?> namespace) {
    MessageRow message = queued.message();
    try {
      namespace.deliver(to, message);
    } catch (TurnThrew e) {
      attempts.failed(queued, e.forCaller(new Class<?>[0]));
      return true;
    } catch (ObjectOverloadedException e) {
      LOG.debug("a message waits: {}", e.toString());
      return false;
    }
    host.steps().at(Step.MESSAGE_DELIVERED, to);
    attempts.succeeded(queued);
    host.steps().at(Step.MESSAGE_REMOVED, to);
    return true;
  }

  private static ObjectId to(Queued queued) {
    return queued.message().to().orElseThrow();
  }
}
