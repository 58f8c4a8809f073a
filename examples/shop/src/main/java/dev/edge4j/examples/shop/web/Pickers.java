package dev.edge4j.examples.shop.web;

import dev.edge4j.Routes;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.time.Duration;

/** What a visitor picks at the foot of each page and his browser keeps: a market, a colour scheme. */
public final class Pickers {
  private static final Duration KEPT = Duration.ofDays(180);

  private final Frames frames;

  public Pickers(Frames frames) {
    this.frames = frames;
  }

  /** Registers the forms, which lead back to the page that they are on. */
  public void routes(Routes app) {
    app.post("/scheme", c -> {
      String scheme = c.form("scheme").asString();
      Response back = frames.redirect(c, Frames.local(c.form("return").text(), "/"));
      return Scheme.find(scheme).isEmpty() ? back
          : back.withCookie(SetCookie.of(Scheme.COOKIE, scheme)
              .withMaxAge(
                  KEPT));
    });
    app.post("/market", c -> {
      String country = c.form("country").asString();
      Response back = frames.redirect(c, Frames.local(c.form("return").text(), "/"));
      return ShopMarkets.ALL.find(country).map(ShopMarkets.ALL::cookie).map(back::withCookie).orElse(back);
    });
  }
}
