package dev.edge4j.examples.shop;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.world.Town;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the cart follow a visitor who comes from another region: a cookie says where he was last, for as long as another says who he is. The cart is moved before the page is made, over the link between the two; if that
 * fails the page is made without, and the next one tries again.
 */
final class Arrival implements Middleware {
  /** The cookie's name. */
  static final String COOKIE = "at";

  private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

  private final Town here;
  private final Function<String, Optional<Town>> known;
  private final BiConsumer<Context, Town> move;

  /** Visitors arrive here; {@code move} brings the cart of who sends a request from that town. */
  Arrival(Town here, Function<String, Optional<Town>> known, BiConsumer<Context, Town> move) {
    this.here = here;
    this.known = known;
    this.move = move;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<Town> last = c.cookie(COOKIE).flatMap(known);
    boolean moved = last.filter(town -> town != here).map(town -> moved(c, town)).orElse(true);
    Response response = next.proceed();
    boolean told = last.filter(town -> town == here).isPresent() && !c.require(VisitorCookie.KEY).isNew();
    return told || !moved || !response.headers().list("Cache-Control").contains("private") ? response
        : response.withCookie(SetCookie.of(COOKIE, here.region())
            .withMaxAge(VisitorCookie.LIFETIME)
            .withSecure(c.request().scheme().equals("https")));
  }

  private boolean moved(Context c, Town from) {
    try {
      move.accept(c, from);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("a cart stays in {} for now: {}", from.title(), e.getMessage());
      return false;
    }
  }
}
