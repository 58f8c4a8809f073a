package dev.edge4j.state.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.state.CallOptions;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.ReadOnly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listings of docs/state.md on turns, calls and messages. */
class StateTurnsGuideTest {
  // tag::readonly[]
  public interface Purse {
    long deposit(long amount);

    /** Runs beside other reads, and never beside a deposit. */
    @ReadOnly
    long balance();

    long pay(String shop, long amount) throws Exception;
  }
  // end::readonly[]

  /** Asks somebody outside whether a payment is wanted. */
  interface Bank {
    boolean accepts(String shop, long amount);
  }

  static final class StoredPurse extends DurableObject implements Purse {
    private final Bank bank;
    private long balance;

    StoredPurse(ObjectState state, Bank bank) {
      super(state);
      this.bank = bank;
      balance = storage().get("balance", Long.class).orElse(0L);
    }

    @Override
    public long deposit(long amount) {
      return change(amount);
    }

    @Override
    public long balance() {
      return balance;
    }

    // tag::outside[]
    @Override
    public long pay(String shop, long amount) throws Exception {
      long mark = state().mark();
      boolean accepted = outside(() -> bank.accepts(shop, amount)); // other turns run meanwhile
      if (state().changedSince(mark) && balance < amount) {
        throw new IllegalStateException("spent meanwhile");
      }
      return accepted ? change(-amount) : balance;
    }
    // end::outside[]

    private long change(long amount) {
      balance += amount;
      storage().put("balance", balance);
      return balance;
    }
  }

  @TempDir private Path folder;

  @Test
  void aRequestWithAnIdRunsOnce() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Purse> purses = objects.namespace("purse", Purse.class, state -> new StoredPurse(state, (_,
          _) -> true));
      // tag::request-id[]
      Purse purse = purses.get("user:42", CallOptions.request("payment-7f3a").withTimeout(Duration.ofSeconds(2)));
      assertEquals(20, purse.deposit(20));
      assertEquals(20, purse.deposit(20)); // the stored reply of the first
      assertEquals(20, purses.get("user:42").balance());
      // end::request-id[]
    }
  }

  @Test
  void otherTurnsRunWhileOneIsOutside() throws Exception {
    var purse = new AtomicReference<Purse>();
    Bank slow = (_, _) -> purse.get().deposit(5) > 0; // calls back while the payment waits
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      purse.set(objects.namespace("purse", Purse.class, state -> new StoredPurse(state, slow)).get("user:42"));
      purse.get().deposit(20);
      assertEquals(15, purse.get().pay("tea", 10));
    }
  }

  // tag::send[]
  public interface Order {
    void place(List<String> items);
  }

  public interface Journal {
    void note(String line);

    List<String> lines();
  }

  record Mail(String to, String text) {}

  static final class PlacedOrder extends DurableObject implements Order {
    private final Namespace<Journal> journals;

    PlacedOrder(ObjectState state, Namespace<Journal> journals) {
      super(state);
      this.journals = journals;
    }

    @Override
    public void place(List<String> items) {
      storage().put("items", items);
      send(journals, "today", journal -> journal.note(id().name() + ": " + items));
      effect("mail", new Mail("keeper@example.com", "an order of " + items.size()));
    } // all three are one commit
  }
  // end::send[]

  static final class StoredJournal extends DurableObject implements Journal {
    StoredJournal(ObjectState state) {
      super(state);
    }

    @Override
    public void note(String line) {
      storage().put("line:" + storage().list("line:").size(), line);
    }

    @Override
    public List<String> lines() {
      return List.copyOf(storage().getAll(storage().list("line:"), String.class).values());
    }
  }

  @Test
  void messagesAndEffectsFollowTheCommit() throws InterruptedException {
    var mailed = new CountDownLatch(1);
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      Namespace<Journal> journals = objects.namespace("journal", Journal.class, StoredJournal::new);
      // tag::effect[]
      Namespace<Order> orders = objects.namespace(ObjectClass
          .of("order", Order.class, state -> new PlacedOrder(state, journals))
          .effect("mail", Mail.class, (id, mail) -> mailed.countDown())); // id is the same each time it is tried
      orders.get("17").place(List.of("tea", "pot"));
      // end::effect[]
      assertEquals(true, mailed.await(20, TimeUnit.SECONDS));
      while (journals.get("today").lines().isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(List.of("17: [tea, pot]"), journals.get("today").lines());
    }
  }

  @Test
  void aCallThatWouldWaitForItselfIsRefused() {
    try (DurableObjects objects = DurableObjects.embedded(folder)) {
      var self = new AtomicReference<Runnable>();
      self.set(objects.namespace("loop", Runnable.class, _ -> () -> self.get().run()).get("a"));
      assertThrows(RuntimeException.class, self.get()::run);
    }
  }
}
