package dev.edge4j.state.delivery;

import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.runtime.Host;
import dev.edge4j.state.runtime.Step;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.ObjectStore.Queued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Runs effects, outside of all turns, each for itself: they have no order. */
final class EffectRunner implements Source<Queued> {
  private record Place(int shard, long number) {
    @Override
    public String toString() {
      return number + " of file " + shard;
    }
  }

  private final Host host;
  private final Attempts attempts;

  EffectRunner(Host host) {
    this.host = host;
    this.attempts = new Attempts(host);
  }

  @Override
  public String name() {
    return "effects";
  }

  @Override
  public List<Queued> due(Instant now, Optional<Queued> after, int limit) {
    return host.store().effects(now, after, limit);
  }

  @Override
  public Optional<Instant> next(Instant now) {
    return host.store().nextMessage(now);
  }

  @Override
  public Object key(Queued due) {
    return new Place(due.shard(), due.number());
  }

  @Override
  public String namespace(Queued due) {
    return due.message().from().namespace();
  }

  @Override
  public Ending run(Queued found, BooleanSupplier stop) {
    Optional<Queued> queued = attempts.front(found);
    if (queued.isEmpty()) {
      return Ending.DONE;
    }
    MessageRow message = queued.get().message();
    try {
      run(declared(message), message);
    } catch (Throwable e) { // whatever it is, it is the effect's, and no other's
      attempts.failed(queued.get(), e);
      return Ending.DONE;
    }
    host.steps().at(Step.MESSAGE_DELIVERED, message.from());
    attempts.succeeded(queued.get());
    host.steps().at(Step.MESSAGE_REMOVED, message.from());
    return Ending.DONE;
  }

  private <P> void run(ObjectClass.DeclaredEffect<P> declared, MessageRow message) throws Exception {
    declared.effect().run(message.id(), host.options().codec().read(message.payload(), declared.payload()));
  }

  private ObjectClass.DeclaredEffect<?> declared(MessageRow message) {
    ObjectClass<?> source = host.namespace(message.from().namespace()).orElseThrow().declared();
    ObjectClass.DeclaredEffect<?> effect = source.options().effects().get(message.what());
    if (effect == null) {
      throw new IllegalStateException("effect: \"" + message.what() + "\" is not declared by namespace \"" + source
          .name() + "\" (expected: one of " + source.options().effects().keySet() + ")");
    }
    return effect;
  }
}
