package dev.edge4j.examples.shop.cart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.Conflict;
import dev.edge4j.Message;
import dev.edge4j.NotFound;
import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.examples.shop.sale.Sale;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.Alarm;
import dev.edge4j.state.AlarmHandler;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.Schedule;
import dev.edge4j.state.Socket;
import dev.edge4j.state.SocketHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A cart as a durable object: what a call has answered is on disk. */
final class ShoppingCart extends DurableObject implements Cart, AlarmHandler, SocketHandler {
  private static final TypeRef<LinkedHashMap<Long, Integer>> LINES = new TypeRef<>() {};
  private static final TypeRef<List<String>> IDS = new TypeRef<>() {};
  private static final String TRIED = "tried";
  private static final String ORDERED = "ordered";
  /** How many of the last parcels and orders are remembered, so that none counts twice. */
  private static final int REMEMBERED = 50;
  /** When an order is handed in again whose answer nobody has been there to take: later than any answer comes. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(45);
  /** The alarm that ends a visitor's cart; those of orders are named by their tickets. */
  private static final String END = "end";

  /** What the pages of a shopper are told after each change. */
  record Changed(int count, String stamp) {}

  private final Namespace<Sale> sales;
  private final OrderDesk desk;
  private final Queue queue;
  private final LinkedHashMap<Long, Integer> lines;
  private String stamp;
  /** Set while an order is being handed in: what comes back may be an answer of before. */
  private boolean hurried;

  ShoppingCart(ObjectState state, Namespace<Sale> sales, OrderDesk desk) {
    super(state);
    this.sales = sales;
    this.desk = desk;
    this.queue = new Queue(state);
    this.lines = storage().get("lines", LINES).orElseGet(LinkedHashMap::new);
    this.stamp = storage().get("stamp", String.class).orElse("");
  }

  @Override
  public Lines view() {
    return new Lines(lines, stamp, storage().get("coupon", Coupon.class));
  }

  @Override
  public Lines add(long productId, int quantity, long available) {
    return set(productId, lines.getOrDefault(productId, 0) + quantity, available);
  }

  @Override
  public Lines set(long productId, int quantity, long available) {
    int before = lines.getOrDefault(productId, 0);
    long most = Math.min(available, Lines.MAX_QUANTITY);
    if (quantity > most) {
      throw new Conflict("a cart can hold " + most + " of product " + productId + " now, and this would be "
          + quantity);
    }
    if (quantity <= 0) {
      lines.remove(productId);
    } else if (before == 0 && lines.size() >= Lines.MAX) {
      throw new Conflict("a cart holds at most " + Lines.MAX + " different products");
    } else {
      lines.put(productId, quantity);
    }
    return save();
  }

  @Override
  public Lines have(long productId, long available) {
    return lines.containsKey(productId) ? view() : set(productId, 1, available);
  }

  @Override
  public void clear() {
    lines.clear();
    storage().delete("coupon");
    save();
  }

  @Override
  public Lines use(Coupon coupon) {
    storage().put("coupon", coupon);
    return save();
  }

  @Override
  public Lines withoutCoupon() {
    storage().delete("coupon");
    return save();
  }

  @Override
  public Lines attempt(String key, String expected) {
    if (lines.isEmpty() || !stamp.equals(expected) || unsettled().isPresent()) {
      throw refusal();
    }
    storage().put(TRIED, tried().orElseGet(() -> Tried.of(view())).by(key));
    return view();
  }

  private Conflict refusal() {
    return new Conflict(lines.isEmpty() ? "the cart is empty"
        : unsettled().isPresent() ? "an order of yours is on its way: look at your cart again in a moment"
            : "your cart has changed in another window: look once more, then order");
  }

  @Override
  public Optional<Tried> unsettled() {
    return tried().filter(one -> !one.lines().stamp().equals(stamp));
  }

  @Override
  public void giveUp(String key) {
    if (tried().filter(one -> one.isBy(key)).isPresent()) {
      storage().delete(TRIED);
    }
  }

  @Override
  public void ordered(long orderId, String key, Map<Long, Integer> ordered) {
    boolean wasIn = tried().filter(one -> one.isBy(key)).isPresent() || queue.byKey(key).isEmpty();
    giveUp(key);
    if (wasIn && !isLongAgo(orderId) && isFirst(ORDERED, String.valueOf(orderId))) {
      takeOut(ordered);
      tellTheSale(orderId, ordered);
    }
  }

  /** The coupon goes along. */
  private void takeOut(Map<Long, Integer> quantities) {
    subtract(quantities, lines);
    storage().delete("coupon");
    save();
  }

  private static void subtract(Map<Long, Integer> quantities, Map<Long, Integer> from) {
    quantities.forEach((id, quantity) -> from.computeIfPresent(id, (_, has) -> has > quantity ? has - quantity : null));
  }

  private Optional<Tried> tried() {
    return storage().get(TRIED, Tried.class);
  }

  private void tellTheSale(long orderId, Map<Long, Integer> ordered) {
    if (ordered.containsKey(Sales.PRODUCT)) {
      send(sales, Sales.TODAY, sale -> sale.bought(id().name(), orderId));
    }
  }

  @Override
  public void takenBack(long orderId) {
    send(sales, Sales.TODAY, sale -> sale.takenBack(id().name(), orderId));
  }

  @Override
  public QueuedOrder queue(Wish wish) {
    Optional<QueuedOrder> before = queue.byKey(wish.key());
    if (before.isPresent()) {
      return before.get();
    }
    Lines ordered = tried().filter(one -> one.isBy(wish.key())).orElseThrow(this::refusal).lines();
    QueuedOrder order = keep(wish, ordered);
    giveUp(wish.key());
    takeOut(ordered.quantities());
    return order;
  }

  @Override
  public QueuedOrder keep(Wish wish, Lines ordered) {
    Optional<QueuedOrder> before = queue.byKey(wish.key());
    if (before.isPresent()) {
      return before.get();
    }
    if (queue.full()) {
      throw new Conflict("as many orders as can be kept wait already: try again once they are confirmed");
    }
    var order = QueuedOrder.accepted(UUID.randomUUID().toString(), wish, ordered, state().clock().instant());
    queue.add(order);
    return order;
  }

  @Override
  public List<QueuedOrder> queued() {
    return queue.all();
  }

  @Override
  public void hurry() {
    hurried = true;
    queue.hurry();
  }

  @Override
  public QueuedOrder putBack(String ticket) {
    QueuedOrder order = queue.byTicket(ticket).orElseThrow(() -> new NotFound("you have no such order"));
    if (order.state() == QueuedOrder.State.REFUSED) {
      order.lines().quantities().forEach(this::merge);
      queue.change(ticket, QueuedOrder::putBack);
      save();
    } else if (order.state() != QueuedOrder.State.PUT_BACK) {
      throw new Conflict("only what could not be fulfilled can be put back");
    }
    return queue.byTicket(ticket).orElseThrow();
  }

  /**
   * Ends a visitor's cart, or hands in the order that the alarm is named after. The origin is asked outside of the turn, so that the cart can be used meanwhile; an alarm that stands in
   * for this one is committed before, so that whoever is killed on the way asks again, under the same key.
   */
  @Override
  public void alarm(Alarm alarm) throws Exception {
    if (alarm.name().equals(END)) {
      end();
      return;
    }
    Optional<QueuedOrder> waiting = queue.byTicket(alarm.name()).filter(QueuedOrder::isWaiting);
    if (waiting.isEmpty()) {
      return;
    }
    QueuedOrder order = waiting.get();
    alarms().set(alarm.name(), Schedule.in(ASK_AGAIN));
    hurried = false;
    OrderDesk.Outcome outcome = outside(() -> desk.handIn(Carts.accountId(id().name()), order.wish(), order.lines()));
    if (queue.byTicket(alarm.name()).filter(QueuedOrder::isWaiting).isEmpty()) {
      return; // hurried meanwhile, and answered there
    }
    QueuedOrder now = order.ended(outcome);
    queue.change(order.ticket(), _ -> now);
    if (now.isWaiting()) {
      queue.again(now, hurried);
    } else {
      alarms().cancel(alarm.name());
      if (now.state() == QueuedOrder.State.CONFIRMED) {
        now.orderId().ifPresent(orderId -> {
          isFirst(ORDERED, String.valueOf(orderId)); // what it bought has left the cart before
          tellTheSale(orderId, order.lines().quantities());
        });
      }
      tellPages(); // the page that follows the order looks again
    }
  }

  @Override
  public void message(Socket socket, Message message) {
    // Pages listen, and change the cart by requests.
  }

  @Override
  public Parcel handOver() {
    return storage().get("parcel", Parcel.class).orElseGet(() -> {
      Map<Long, Integer> free = new LinkedHashMap<>(lines);
      tried().ifPresent(one -> subtract(one.lines().quantities(), free));
      var parcel = new Parcel(UUID.randomUUID().toString(), free, view().coupon());
      if (!free.isEmpty()) {
        storage().put("parcel", parcel);
        takeOut(free);
      }
      return parcel;
    });
  }

  @Override
  public void handedOver(String parcelId) {
    if (storage().get("parcel", Parcel.class).filter(parcel -> parcel.id().equals(parcelId)).isPresent()) {
      storage().delete("parcel");
    }
  }

  @Override
  public Lines receive(Parcel parcel) {
    if (!isFirst("received", parcel.id())) {
      return view();
    }
    parcel.quantities().forEach(this::merge);
    parcel.coupon().ifPresent(coupon -> storage().put("coupon", coupon));
    return save();
  }

  /** Beyond {@link Lines#MAX} products too: what a shopper has been told is his does not vanish. */
  private void merge(long productId, int quantity) {
    lines.merge(productId, quantity, (has, more) -> Math.min(has + more, Lines.MAX_QUANTITY));
  }

  /** Orders are numbered upwards: one before all that are remembered was remembered too, once. */
  private boolean isLongAgo(long orderId) {
    List<String> known = storage().get(ORDERED, IDS).orElse(List.of());
    return known.size() == REMEMBERED && known.stream().allMatch(id -> Long.parseLong(id) > orderId);
  }

  /** Remembers that id under that key; false if it was remembered before. */
  private boolean isFirst(String key, String id) {
    List<String> known = storage().get(key, IDS).orElse(List.of());
    if (known.contains(id)) {
      return false;
    }
    List<String> ids = new ArrayList<>(known);
    ids.add(id);
    storage().put(key, ids.subList(Math.max(0, ids.size() - REMEMBERED), ids.size()));
    return true;
  }

  private Lines save() {
    stamp = UUID.randomUUID().toString();
    storage().put("stamp", stamp);
    if (lines.isEmpty()) {
      storage().delete("lines");
    } else {
      storage().put("lines", lines);
    }
    if (Carts.isVisitors(id().name())) {
      alarms().set(END, Schedule.in(VisitorCookie.LIFETIME));
    }
    tellPages();
    return view();
  }

  /** Nobody has the cookie any more that this cart is named after. */
  private void end() {
    storage().deleteAll();
    lines.clear();
    stamp = "";
    tellPages();
  }

  private void tellPages() {
    sockets().broadcast(new String(JsonCodec.jackson().write(new Changed(view().count(), stamp)), UTF_8));
  }
}
