package dev.edge4j.data.origin;

/**
 * Something that an origin does on request, in one transaction: a constant that both sides share. Argument and result cross as JSON.
 *
 * @param name letters, digits, points, hyphens and underscores, {@code orders.place} say; 100 at most
 */
public record OriginOperation<A, R>(String name, Class<A> argument, Class<R> result) {
  public OriginOperation {
    Names.check("operation", name);
  }

  /** An operation of that name: {@code named("orders.place", NewOrder.class, Placed.class)}. */
  public static <A, R> OriginOperation<A, R> named(String name, Class<A> argument, Class<R> result) {
    return new OriginOperation<>(name, argument, result);
  }
}
