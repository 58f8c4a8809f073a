package dev.edge4j.examples.shop.ops;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Group;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.web.Scheme;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.render.LiveFragment;
import dev.edge4j.render.Views;
import java.time.Duration;
import java.util.Locale;

/**
 * The page at {@code /_edge}, for who sits at this machine ({@link LocalOnly}): panels drawn by the server, of which what has changed is sent over server-sent events, and
 * forms that work without a script. What a form changes lasts until the next start.
 */
public final class Dashboard {
  /** How long the virtual shoppers of the button stay. */
  static final Duration STAY = Duration.ofSeconds(20);

  /** How much later each answer of a layer may be made to come. */
  private static final int MOST_MILLIS = 5_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String HOME = "/_edge";

  private final Sources sources;
  private final Board board;
  private final Views views;
  private final LiveFragment live;

  /** A dashboard of those sources. */
  public Dashboard(Sources sources, Views views) {
    this.sources = sources;
    this.views = views;
    this.live = views.live("dashboard", "board");
    this.board = new Board(sources);
  }

  /** Registers its routes. */
  public void routes(Routes app) {
    Group group = app.group(HOME);
    group.use(new LocalOnly());
    group.get("/", this::page);
    group.get("/live", c -> live.every(c, PAUSE, () -> board.page(Scheme.of(c))));
    group.post("/chaos", this::chaos);
    group.post("/canary", this::canary);
    group.post("/crowd", this::crowd);
  }

  private Response page(Context c) {
    return Response.bytes(200, MediaType.HTML, views.render("dashboard", board.page(Scheme.of(c))))
        .withHeader("Cache-Control", "private, no-store");
  }

  private Response chaos(Context c) {
    Chaos.Layer layer = layer(c.form("layer").asString());
    if (c.form("delay").isPresent()) {
      return slow(c, layer, c.form("delay").asInt());
    }
    boolean cut = flag(c, "cut");
    if (cut) {
      sources.chaos().cut(layer);
    } else {
      sources.chaos().restore(layer);
    }
    sources.monitor()
        .event("the " + layer.name().toLowerCase(Locale.ROOT) + (cut ? " was taken away"
            : " was given back"));
    return back(c);
  }

  private Response slow(Context c, Chaos.Layer layer, int millis) {
    if (millis < 0 || millis > MOST_MILLIS) {
      throw new BadRequest("delay", "must be 0 to " + MOST_MILLIS);
    }
    sources.chaos().delay(layer, Duration.ofMillis(millis));
    sources.monitor()
        .event("the " + layer.name().toLowerCase(Locale.ROOT) + (millis == 0 ? " is as quick as before"
            : " answers " + millis + " ms later from now on"));
    return back(c);
  }

  private Chaos.Layer layer(String name) {
    return sources.chaos()
        .layers()
        .stream()
        .filter(layer -> layer.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new BadRequest("layer", "must be one of " + sources.chaos().layers()));
  }

  private Response canary(Context c) {
    if (c.form("broken").isPresent()) {
      boolean broken = flag(c, "broken");
      sources.experiment().breakage().set(broken);
      sources.monitor().event(broken ? "the next version fails at one request of five" : "the next version is mended");
    } else {
      int percent = c.form("percent").asInt();
      if (percent < 0 || percent > 100) {
        throw new BadRequest("percent", "must be 0 to 100");
      }
      sources.experiment().send(percent);
    }
    return back(c);
  }

  private Response crowd(Context c) {
    sources.self().get().ifPresent(shop -> sources.crowd().send(shop, Crowd.MOST, STAY));
    return back(c);
  }

  private static boolean flag(Context c, String field) {
    return switch (c.form(field).asString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadRequest(field, "must be true or false");
    };
  }

  private static Response back(Context c) {
    return c.redirect(HOME).withHeader("Cache-Control", "private, no-store");
  }
}
