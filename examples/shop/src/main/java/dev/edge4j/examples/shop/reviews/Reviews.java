package dev.edge4j.examples.shop.reviews;

import dev.edge4j.BadRequest;
import dev.edge4j.NotFound;
import dev.edge4j.cache.Cache;
import dev.edge4j.data.DataMesh;
import dev.edge4j.data.MeshSession;
import dev.edge4j.data.Queries;
import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.orders.Bought;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.examples.shop.text.Typed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reviews of products. They are read from the origin, which may be far away, and kept here for a minute, or for a day if the origin cannot be
 * asked; a page about a product can do without them. Safe for use by many threads.
 */
public final class Reviews implements AutoCloseable {
  /** The longest review, in characters. */
  public static final int MOST = 1_000;

  /** The shortest review, in characters. */
  public static final int LEAST = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String SELECT = "SELECT id, author, stars, body, bought, created_at,"
      + " count(CASE WHEN stars = 1 THEN 1 END) OVER () AS ones, count(CASE WHEN stars = 2 THEN 1 END) OVER () AS twos,"
      + " count(CASE WHEN stars = 3 THEN 1 END) OVER () AS threes, count(CASE WHEN stars = 4 THEN 1 END) OVER () AS fours,"
      + " count(CASE WHEN stars = 5 THEN 1 END) OVER () AS fives"
      + " FROM reviews WHERE product_id = :product ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset";

  private final DataMesh mesh;
  private final InstantSource clock;
  private final Cache<String, ReviewPage> pages;

  /** The reviews of the origin of that mesh. */
  public Reviews(DataMesh mesh, InstantSource clock) {
    this.mesh = mesh;
    this.clock = clock;
    this.pages = Cache.<String, ReviewPage>named("reviews")
        .clock(clock)
        .freshFor(Duration.ofMinutes(1))
        .staleIfError(Duration.ofHours(24))
        .options(o -> o.withHardTimeout(PATIENCE))
        .tags(page -> List.of(tag(page.product())))
        .memory(2_000)
        .build();
  }

  /** A page of a product's reviews, numbered from 1; throws what the origin throws if it is neither there nor kept. */
  public ReviewPage page(long product, int page) {
    return pages.lookup(product + "|" + page, _ -> load(mesh.session(), product, page)).value();
  }

  /**
   * Writes what an account thinks of a product, in place of what it has written before. {@link BadRequest} for stars or text out of bounds,
   * {@link NotFound} for no product; then nothing has changed.
   */
  public void write(Account account, long product, long stars, String text) {
    if (stars < 1 || stars > 5) {
      throw new BadRequest("stars", "must be 1 to 5");
    }
    String body = checked(Typed.withoutControls(text));
    Instant now = clock.instant();
    mesh.session()
        .transaction(Orders.CLASS, transaction -> write(transaction, account, product, Map.of("author", account
            .name(), "stars", stars, "body", body, "now", now)));
    pages.expireTag(tag(product));
  }

  private static String checked(String body) {
    if (body.length() < LEAST || body.length() > MOST || !Typed.isVisible(body)) {
      throw new BadRequest("body", "must be " + LEAST + " to " + MOST + " characters, and something to read");
    }
    if (Typed.turns(body)) {
      throw new BadRequest("body", "must be without characters that turn the direction of text (U+202E and the like)");
    }
    return body;
  }

  /** Ends what its cache does by itself. */
  @Override
  public void close() {
    pages.close();
  }

  private static String tag(long product) {
    return "product:" + product;
  }

  private static long write(Queries transaction, Account account, long id, Map<String, Object> given) {
    Map<String, Object> product = Map.of("product", id);
    if (transaction.queryOne(Long.class, "SELECT id FROM goods WHERE id = :product", product).isEmpty()) {
      throw new NotFound("Product not found");
    }
    Map<String, Object> pair = Map.of("product", id, "user", account.id());
    long bought = Bought.by(transaction, account.id(), id) ? 1 : 0;
    transaction.update("DELETE FROM reviews WHERE product_id = :product AND user_id = :user", pair);
    Map<String, Object> row = new HashMap<>(given);
    row.putAll(pair);
    row.put("bought", bought);
    transaction.update("INSERT INTO reviews (product_id, user_id, author, stars, body, bought, created_at)"
        + " VALUES (:product, :user, :author, :stars, :body, :bought, :now)", row);
    return transaction.update(
        "UPDATE goods SET ratings = (SELECT count(*) FROM reviews r WHERE r.product_id = goods.id),"
            + " rating_sum = (SELECT coalesce(sum(stars), 0) FROM reviews r WHERE r.product_id = goods.id)"
            + " WHERE id = :product", product);
  }

  /** In one question, as the origin may be far away: each row says as well how many reviews there are of each kind. */
  private static ReviewPage load(MeshSession session, long product, int page) {
    List<Row> rows = session.query(Orders.CLASS, Row.class, SELECT, Map.of("product", product, "limit",
        ReviewPage.LIMIT, "offset", (page - 1) * ReviewPage.LIMIT));
    if (rows.isEmpty()) {
      return new ReviewPage(product, List.of(), page == 1 ? List.of() : load(session, product, 1).perStars());
    }
    return new ReviewPage(product, rows.stream().map(Row::review).toList(), rows.getFirst().shares());
  }

  /** A review, and how many of its product gave each number of stars. */
  record Row(long id, String author, long stars, String body, long bought, Instant createdAt, long ones, long twos,
      long threes, long fours, long fives) {
    Review review() {
      return new Review(id, author, stars, body, bought, createdAt);
    }

    List<ReviewPage.Share> shares() {
      return List.of(new ReviewPage.Share(1, ones), new ReviewPage.Share(2, twos), new ReviewPage.Share(3, threes),
          new ReviewPage.Share(4, fours), new ReviewPage.Share(5, fives));
    }
  }
}
