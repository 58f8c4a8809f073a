package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.Unauthorized;
import dev.edge4j.cache.CacheLoadException;
import dev.edge4j.data.DataException;
import dev.edge4j.state.ObjectException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who sends a request.
 *
 * @param visitor the id in the visitor's cookie
 * @param isNew true if the cookie came with this response and never with a request
 * @param account whom the token proves; absent for who is not logged in
 */
public record Shopper(String visitor, boolean isNew, Optional<Account> account) {
  /** Who sends requests: what is needed to find out. */
  public record Door(Sessions sessions, Accounts accounts) {}

  /** The shopper of a request, who may be anonymous. May read the account from the database. */
  public static Shopper of(Context c, Door door) {
    return of(c, door.sessions().accountId(c).flatMap(door.accounts()::find));
  }

  /**
   * The same, without name and address if the accounts cannot be read now, which {@code failed} is told: a cart needs to know whose it is, not what he
   * is called. If nobody can tell whether his session has ended, it has not: the carts, which could be misused, cannot be reached then either.
   */
  public static Shopper orUnnamed(Context c, Door door, Consumer<RuntimeException> failed) {
    Optional<Long> id;
    try {
      id = door.sessions().accountId(c);
    } catch (ObjectException e) {
      id = door.sessions().accountIdOfToken(c);
    }
    try {
      return of(c, id.flatMap(door.accounts()::find));
    } catch (DataException | GatewayTimeout | CacheLoadException e) {
      failed.accept(e);
      return of(c, id.map(known -> new Account(known, "", "", false)));
    }
  }

  private static Shopper of(Context c, Optional<Account> account) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    return new Shopper(visitor.id(), visitor.isNew() && account.isEmpty(), account);
  }

  /** The account; {@link Unauthorized} for who is not logged in. */
  public Account required() {
    return account.orElseThrow(() -> new Unauthorized("log in first"));
  }
}
