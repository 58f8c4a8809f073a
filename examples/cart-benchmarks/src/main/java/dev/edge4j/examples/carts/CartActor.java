package dev.edge4j.examples.carts;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** A cart that is a persistent actor: an event for each product added, and a snapshot every thousand. It answers after the event is persisted. */
final class CartActor extends EventSourcedBehavior<CartActor.Add, CartActor.Added, CartActor.Lines> {
  /** What crosses to disk, by Pekko's Jackson serializer. */
  interface Stored {}

  record Add(String product, int quantity, ActorRef<Lines> replyTo) {}

  record Added(String product, int quantity) implements Stored {}

  record Lines(Map<String, Integer> quantities) implements Stored {
    Lines plus(Added added) {
      var sum = new HashMap<>(quantities);
      sum.merge(added.product(), added.quantity(), Integer::sum);
      return new Lines(sum);
    }
  }

  private final String journal;
  private final String snapshots;

  /** A cart whose events are in the journal of that number. */
  CartActor(int cart, int journal) {
    super(PersistenceId.of("cart", "" + cart));
    this.journal = PekkoCarts.JOURNAL + journal;
    this.snapshots = PekkoCarts.SNAPSHOTS + journal;
  }

  @Override
  public Lines emptyState() {
    return new Lines(Map.of());
  }

  @Override
  public CommandHandler<Add, Added, Lines> commandHandler() {
    return newCommandHandlerBuilder().forAnyState()
        .onCommand(Add.class, add -> Effect().persist(new Added(add.product(), add.quantity()))
            .thenReply(add.replyTo(), lines -> lines))
        .build();
  }

  @Override
  public EventHandler<Lines, Added> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onEvent(Added.class, Lines::plus).build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(1_000, 2);
  }

  @Override
  public String journalPluginId() {
    return journal;
  }

  @Override
  public String snapshotPluginId() {
    return snapshots;
  }
}
