package dev.edge4j.examples.shop.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Middleware;
import dev.edge4j.NotFound;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Sessions;
import dev.edge4j.examples.shop.goods.AuditEntry;
import dev.edge4j.examples.shop.goods.Good;
import dev.edge4j.examples.shop.goods.GoodChange;
import dev.edge4j.examples.shop.goods.Goods;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.examples.shop.text.Typed;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the keeper of the shop changes prices and stock, and sends orders. To everybody else there is nothing here. */
public final class AdminPages {
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,6}(?:[.][0-9]{1,2})?");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,9}");
  /** The cookie by which a change tells the page after it in what time it was shown: a link could be anybody's. */
  private static final String TOOK = "took";
  private static final Duration TOLD = Duration.ofMinutes(1);
  private static final int MAX_PAGE = 1_000;
  private static final int MAX_WORDS = 60;

  /** The model of the list. */
  record Overview(Frame frame, Optional<String> problem, String words, List<Row> goods, boolean empty,
      Optional<String> next, List<Pending> pending, boolean nonePending, List<Change> audit) {}

  record Row(long id, String name, String price, long stock) {}

  record Pending(long id, String date, String total) {}

  record Change(String date, long productId, String before, String after) {}

  /**
   * The model of a product's form.
   *
   * @param took for how many milliseconds a change was on its way to the pages, if there just was one
   */
  record Edit(Frame frame, Optional<String> problem, Optional<String> took, long id, String name, String price,
      String stock, String version) {}

  private final Goods goods;
  private final Orders orders;
  private final Sessions sessions;
  private final Frames frames;

  public AdminPages(Goods goods, Orders orders, Sessions sessions, Frames frames) {
    this.goods = goods;
    this.orders = orders;
    this.sessions = sessions;
    this.frames = frames;
  }

  /** Registers the routes below {@code /admin}, behind a check that none of them can be without. */
  public void routes(Routes app) {
    Middleware keepers = (c, next) -> {
      if (!sessions.isKeeper(c)) {
        throw new NotFound("there is nothing here");
      }
      return next.proceed();
    };
    app.use("/admin", keepers);
    app.use("/admin/*", keepers);
    app.get("/admin", c -> overview(c, 200, Optional.empty()));
    app.get("/admin/products/:id", this::form);
    app.post("/admin/products/:id", this::change);
    app.post("/admin/orders/:id/send", c -> {
      try {
        orders.send(c.param("id").asLong());
        return frames.redirect(c, "/admin");
      } catch (HttpError e) {
        return overview(c, e.status(), Optional.of(Frames.sentence(e.detail())));
      }
    });
  }

  private Response overview(Context c, int status, Optional<String> problem) throws Exception {
    String words = Typed.withoutControls(c.query("q").orElse(""));
    int page = c.query("page").asInt(1);
    if (words.length() > MAX_WORDS || page < 1 || page > MAX_PAGE) {
      throw new BadRequest("q", "must be at most " + MAX_WORDS + " characters, of page 1 to " + MAX_PAGE);
    }
    List<Row> rows = goods.search(words, page)
        .stream()
        .map(good -> new Row(good.id(), good.name(), Prices.dollars(good.priceCents()).toPlainString(), good.stock()))
        .toList();
    List<Pending> pending = orders.pending()
        .stream()
        .map(order -> new Pending(order.id(), OrderPages.date(order.createdAt()), Prices.dollars(order.totalCents())
            .toPlainString()))
        .toList();
    Optional<String> next = rows.size() == Goods.LISTED ? Optional.of("/admin?q=" + URLEncoder.encode(words, UTF_8)
        + "&page=" + (page + 1)) : Optional.empty();
    Frame frame = frames.frame(c, "Keeper", "Prices, stock and orders.");
    return frames.page(c, status, "admin", new Overview(frame, problem, words, rows, rows.isEmpty(), next, pending,
        pending.isEmpty(), goods.audit().stream().map(AdminPages::change).toList()));
  }

  private static Change change(AuditEntry entry) {
    return new Change(OrderPages.date(entry.createdAt()), entry.productId(), entry.before(), entry.after());
  }

  private Response form(Context c) throws Exception {
    Good good = found(c);
    Optional<String> took = c.cookie(TOOK).filter(text -> MILLIS.matcher(text).matches());
    Response page = edit(c, 200, Optional.empty(), took, Filled.of(good));
    return took.isPresent() ? page.withCookie(SetCookie.delete(TOOK).withPath(path(good.id()))) : page;
  }

  private Response change(Context c) throws Exception {
    long id = c.param("id").asLong();
    try {
      var change = new GoodChange(id, cents(c.form("price").asString()), c.form("stock").asLong(), c.form("version")
          .asLong());
      long keeper = frames.shopper(c).required().id();
      Duration took = c.timed("purge", () -> goods.change(keeper, change));
      return frames.redirect(c, path(id))
          .withCookie(SetCookie.of(TOOK, String.valueOf(Math.max(1, took.toMillis())))
              .withPath(path(id))
              .withMaxAge(TOLD)
              .withSecure(c.request().scheme().equals("https")));
    } catch (BadRequest e) {
      return edit(c, e.status(), Optional.of(Frames.sentence(e.detail())), Optional.empty(), Filled.of(c, found(c)));
    } catch (NotFound e) {
      throw e;
    } catch (HttpError e) {
      return edit(c, e.status(), Optional.of(Frames.sentence(e.detail())), Optional.empty(), Filled.of(found(c)));
    }
  }

  private static String path(long id) {
    return "/admin/products/" + id;
  }

  private Good found(Context c) {
    return goods.find(c.param("id").asLong()).orElseThrow(() -> new NotFound("there is no such product"));
  }

  /** What stands in the fields. */
  private record Filled(Good good, String price, String stock, String version) {
    /** What the origin has. */
    static Filled of(Good good) {
      return new Filled(good, Prices.dollars(good.priceCents()).toPlainString(), String.valueOf(good.stock()), String
          .valueOf(good.version()));
    }

    /** What was sent, with the version that its sender saw: a change that he has not seen still counts. */
    static Filled of(Context c, Good good) {
      return new Filled(good, c.form("price").orElse(""), c.form("stock").orElse(""), c.form("version").orElse(""));
    }
  }

  private Response edit(Context c, int status, Optional<String> problem, Optional<String> took, Filled typed)
      throws Exception {
    Good good = typed.good();
    Frame frame = frames.frame(c, good.name(), "Change price and stock.");
    return frames.page(c, status, "edit", new Edit(frame, problem, took, good.id(), good.name(), typed.price(), typed
        .stock(), typed.version()));
  }

  private static long cents(String dollars) {
    String text = dollars.strip();
    if (!PRICE.matcher(text).matches()) {
      throw new BadRequest("price", "must be an amount such as 24.50");
    }
    return new BigDecimal(text).movePointRight(2).longValueExact();
  }
}
