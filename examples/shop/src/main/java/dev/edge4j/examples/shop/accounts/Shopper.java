package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.Unauthorized;
import dev.edge4j.cache.CacheLoadException;
import dev.edge4j.data.DataException;
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
  /** The shopper of a request, who may be anonymous. May read the account from the database. */
  public static Shopper of(Context c, Accounts accounts) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    Optional<Account> account = Sessions.accountId(c).flatMap(accounts::find);
    return new Shopper(visitor.id(), visitor.isNew() && account.isEmpty(), account);
  }

  /**
   * The same, without name and address if the accounts cannot be read now, which {@code failed} is told: a cart needs to know whose it is, not what he
   * is called.
   */
  public static Shopper orUnnamed(Context c, Accounts accounts, Consumer<RuntimeException> failed) {
    try {
      return of(c, accounts);
    } catch (DataException | GatewayTimeout | CacheLoadException e) {
      failed.accept(e);
      return unnamed(c);
    }
  }

  /** The same as far as cookie and token tell, without name and address: for when the accounts cannot be read. */
  private static Shopper unnamed(Context c) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    Optional<Account> account = Sessions.accountId(c).map(id -> new Account(id, "", ""));
    return new Shopper(visitor.id(), visitor.isNew() && account.isEmpty(), account);
  }

  /** The account; {@link Unauthorized} for who is not logged in. */
  public Account required() {
    return account.orElseThrow(() -> new Unauthorized("log in first"));
  }
}
