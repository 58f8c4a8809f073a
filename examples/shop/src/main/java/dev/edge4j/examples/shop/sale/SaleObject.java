package dev.edge4j.examples.shop.sale;

import dev.edge4j.Conflict;
import dev.edge4j.Message;
import dev.edge4j.state.Alarm;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Schedule;
import dev.edge4j.state.Socket;
import dev.edge4j.state.SocketHandler;
import java.time.Instant;
import java.util.Optional;

/** A sale as a durable object: as its turns run one at a time, no piece is claimed twice, and none is lost. */
final class SaleObject extends DurableObject implements Sale, AlarmHandler, SocketHandler {
  private static final String CLAIM = "claim:";
  /** The order that a claim was bought with: another of the same product may be taken back and leaves it. */
  private static final String ORDER = "order:";

  private Counts counts;

  SaleObject(ObjectState state) {
    super(state);
    counts = storage().get("counts", Counts.class).orElse(new Counts(Sales.PIECES, 0));
  }

  /** How many are left, and how many were ever claimed. */
  record Counts(int left, int claimed) {}

  @Override
  public View view(String buyer) {
    return new View(counts.left(), claimOf(buyer));
  }

  @Override
  public Claim claim(String buyer) {
    Optional<Claim> before = claimOf(buyer);
    if (before.filter(claim -> claim.until().isEmpty()).isPresent()) {
      throw new Conflict("you have bought yours: there is one for each customer");
    }
    return before.orElseGet(() -> {
      if (counts.left() == 0) {
        throw new Conflict("all pieces of this sale are taken");
      }
      Instant until = state().clock().instant().plus(Sales.HELD);
      var claim = new Claim(counts.claimed() + 1, Optional.of(until));
      storage().put(CLAIM + buyer, claim);
      alarms().set(buyer, Schedule.at(until));
      count(new Counts(counts.left() - 1, counts.claimed() + 1));
      return claim;
    });
  }

  @Override
  public void bought(String buyer, long orderId) {
    claimOf(buyer).filter(claim -> claim.until().isPresent()).ifPresent(claim -> {
      storage().put(CLAIM + buyer, new Claim(claim.number(), Optional.empty()));
      storage().put(ORDER + buyer, orderId);
      alarms().cancel(buyer);
    });
  }

  @Override
  public void takenBack(String buyer, long orderId) {
    if (storage().get(ORDER + buyer, Long.class).filter(order -> order == orderId).isPresent()) {
      storage().delete(ORDER + buyer);
      storage().delete(CLAIM + buyer);
      count(new Counts(counts.left() + 1, counts.claimed()));
    }
  }

  @Override
  public void release(String buyer) {
    if (claimOf(buyer).flatMap(Claim::until).isPresent()) {
      storage().delete(CLAIM + buyer);
      alarms().cancel(buyer);
      count(new Counts(counts.left() + 1, counts.claimed()));
    }
  }

  /** What was not bought in time goes to others. */
  @Override
  public void alarm(Alarm alarm) {
    release(alarm.name());
  }

  @Override
  public void message(Socket socket, Message message) {
    // Those who watch have nothing to say.
  }

  private Optional<Claim> claimOf(String buyer) {
    return storage().get(CLAIM + buyer, Claim.class);
  }

  private void count(Counts now) {
    counts = now;
    storage().put("counts", now);
    sockets().broadcast(String.valueOf(now.left()));
  }
}
