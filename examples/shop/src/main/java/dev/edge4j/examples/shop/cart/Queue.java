package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.cart.QueuedOrder.State;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The orders of one cart that wait for the origin: rows of the cart's own storage, an alarm for each that waits, and an attribute by which such carts are
 * found. Part of the cart's turn.
 */
final class Queue {
  /** The attribute of a cart in which orders wait, and its value. */
  static final String ATTRIBUTE = "queue";

  static final String WAITING = "waiting";

  /** How many that have ended are kept. */
  private static final int ENDED = 20;

  /** How many may wait at a time. */
  private static final int MOST = 20;

  private static final String KEY = "queued";
  private static final TypeRef<List<QueuedOrder>> ORDERS = new TypeRef<>() {};
  private static final int DOUBLINGS = 4;

  private final ObjectState state;

  Queue(ObjectState state) {
    this.state = state;
  }

  List<QueuedOrder> all() {
    return state.storage().get(KEY, ORDERS).orElse(List.of());
  }

  Optional<QueuedOrder> byTicket(String ticket) {
    return all().stream().filter(order -> order.ticket().equals(ticket)).findFirst();
  }

  Optional<QueuedOrder> byKey(String key) {
    return all().stream().filter(order -> order.wish().key().equals(key)).findFirst();
  }

  boolean full() {
    return all().stream().filter(QueuedOrder::isWaiting).count() >= MOST;
  }

  /** Keeps a new one, to be handed in at once. */
  void add(QueuedOrder order) {
    List<QueuedOrder> orders = new ArrayList<>(all());
    orders.addFirst(order);
    while (orders.size() > ENDED + MOST) {
      orders.remove(lastEnded(orders));
    }
    save(orders);
    state.alarms().set(order.ticket(), Schedule.in(Duration.ZERO));
  }

  /** Changes one; nothing happens if it is not there. */
  void change(String ticket, UnaryOperator<QueuedOrder> how) {
    save(all().stream().map(order -> order.ticket().equals(ticket) ? how.apply(order) : order).toList());
  }

  /** Hands one in again: at once, or after a pause that doubles from a second to eight. */
  void again(QueuedOrder order, boolean atOnce) {
    Duration pause = Duration.ofMillis(500L << Math.min(order.attempts(), DOUBLINGS));
    state.alarms().set(order.ticket(), Schedule.in(atOnce ? Duration.ZERO : pause));
  }

  /** Hands all in now. */
  void hurry() {
    all().stream()
        .filter(QueuedOrder::isWaiting)
        .forEach(order -> state.alarms().set(order.ticket(), Schedule.in(Duration.ZERO)));
  }

  private void save(List<QueuedOrder> orders) {
    state.storage().put(KEY, orders);
    if (orders.stream().anyMatch(QueuedOrder::isWaiting)) {
      state.attributes().set(ATTRIBUTE, WAITING);
    } else {
      state.attributes().remove(ATTRIBUTE);
    }
  }

  private static int lastEnded(List<QueuedOrder> orders) {
    for (int i = orders.size() - 1; i > 0; i--) {
      if (orders.get(i).state() != State.ACCEPTED) {
        return i;
      }
    }
    throw new IllegalStateException("at most " + MOST + " orders of a cart wait");
  }
}
