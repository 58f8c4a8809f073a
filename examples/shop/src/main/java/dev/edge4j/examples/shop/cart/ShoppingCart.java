package dev.edge4j.examples.shop.cart;

import dev.edge4j.Conflict;
import dev.edge4j.json.TypeRef;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.ObjectState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A cart as a durable object: what a call has answered is on disk. */
final class ShoppingCart extends DurableObject implements Cart {
  private static final TypeRef<LinkedHashMap<Long, Integer>> LINES = new TypeRef<>() {};
  private static final TypeRef<List<String>> IDS = new TypeRef<>() {};
  /** How many of the last parcels and orders are remembered, so that none counts twice. */
  private static final int REMEMBERED = 50;

  private final LinkedHashMap<Long, Integer> lines;
  private String stamp;

  ShoppingCart(ObjectState state) {
    super(state);
    this.lines = storage().get("lines", LINES).orElseGet(LinkedHashMap::new);
    this.stamp = storage().get("stamp", String.class).orElse("");
  }

  @Override
  public Lines view() {
    return new Lines(lines, stamp);
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
    } else if (before == 0 && lines.size() == Lines.MAX) {
      throw new Conflict("a cart holds at most " + Lines.MAX + " different products");
    } else {
      lines.put(productId, quantity);
    }
    return save();
  }

  @Override
  public void clear() {
    lines.clear();
    save();
  }

  @Override
  public void ordered(long orderId, Map<Long, Integer> ordered) {
    if (!isLongAgo(orderId) && isFirst("ordered", String.valueOf(orderId))) {
      ordered.forEach((id, quantity) -> lines.computeIfPresent(id, (_, has) -> has > quantity ? has - quantity : null));
      save();
    }
  }

  @Override
  public Parcel handOver() {
    return storage().get("parcel", Parcel.class).orElseGet(() -> {
      var parcel = new Parcel(UUID.randomUUID().toString(), new LinkedHashMap<>(lines));
      if (!lines.isEmpty()) {
        storage().put("parcel", parcel);
        clear();
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
    parcel.quantities().forEach((id, quantity) -> {
      if (lines.containsKey(id) || lines.size() < Lines.MAX) {
        lines.merge(id, quantity, (has, more) -> Math.min(has + more, Lines.MAX_QUANTITY));
      }
    });
    return save();
  }

  /** Orders are numbered upwards: one before all that are remembered was remembered too, once. */
  private boolean isLongAgo(long orderId) {
    List<String> known = storage().get("ordered", IDS).orElse(List.of());
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
    return view();
  }
}
