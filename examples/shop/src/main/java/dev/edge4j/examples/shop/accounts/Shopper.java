package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.Unauthorized;
import java.util.Optional;

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

  /** The account; {@link Unauthorized} for who is not logged in. */
  public Account required() {
    return account.orElseThrow(() -> new Unauthorized("log in first"));
  }
}
