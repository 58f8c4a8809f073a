package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.pictures.Picture;
import dev.edge4j.examples.shop.pictures.View;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.render.asset.Assets;
import java.util.Optional;

/**
 * Pictures of products, drawn anew for each request, though the same address is the same picture for ever; and the shop's sign where browsers look for it by themselves.
 * Answered on the event loop.
 */
public final class Pictures {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ENDING = ".svg";

  private final String icon;

  /** Pictures beside the sign of those files. */
  public Pictures(Assets assets) {
    this.icon = assets.url(Frames.ICON);
  }

  /** Registers their routes. */
  public void routes(Routes app) {
    app.get("/favicon.ico", Handler.inline(c -> c.redirect(icon)));
    app.get("/img/:file{[0-9]{1,9}(-[a-z]{4,6})?[.]svg}", Handler.inline(Pictures::picture));
  }

  private static Response picture(Context c) {
    String file = c.param("file").asString();
    String name = file.substring(0, file.length() - ENDING.length());
    int dash = name.indexOf('-');
    int end = dash < 0 ? name.length() : dash;
    Optional<View> view = View.find(name.substring(end));
    return Picture.of(Long.parseLong(name.substring(0, end)))
        .filter(_ -> view.isPresent())
        .map(picture -> Response.bytes(200, MediaType.SVG, picture.svg(view.orElseThrow()))
            .withHeader("Cache-Control", FOR_EVER))
        .orElseGet(() -> Response.text(404, "there is no such picture"));
  }
}
