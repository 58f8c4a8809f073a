package dev.edge4j.examples.shop.web;

import dev.edge4j.Handler;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.pictures.Picture;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Style, script and icon from the class path. Their addresses hold a hash of what they are, so browsers may keep them
 * for ever. Read once; answered on the event loop.
 */
public final class Assets {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final int HASH_DIGITS = 12;
  private static final String ROBOTS = """
      User-agent: *
      Disallow: /cart
      Disallow: /checkout
      Disallow: /orders
      """;

  private final Map<String, Response> files = new LinkedHashMap<>();
  private final String style = add("app.css", MediaType.CSS);
  private final String script = add("app.js", MediaType.JAVASCRIPT);
  private final String icon = add("icon.svg", MediaType.SVG);

  /** The address of the style sheet. */
  public String style() {
    return style;
  }

  /** The address of the script. */
  public String script() {
    return script;
  }

  /** The address of the icon. */
  public String icon() {
    return icon;
  }

  /** Registers the routes of the assets, of product pictures and of robots.txt. */
  public void routes(Routes app) {
    files.forEach((path, response) -> app.get(path, Handler.inline(_ -> response)));
    app.get("/favicon.ico", Handler.inline(c -> c.redirect(icon)));
    app.get("/img/:file{[0-9]{1,9}[.]svg}", Handler.inline(c -> {
      String file = c.param("file").asString();
      return picture(Long.parseLong(file.substring(0, file.length() - ".svg".length())));
    }));
    app.get("/robots.txt", Handler.inline(c -> c.text(ROBOTS).withHeader("Cache-Control", "public, max-age=3600")));
  }

  private static Response picture(long number) {
    return Picture.of(number)
        .map(picture -> Response.bytes(200, MediaType.SVG, picture.svg()).withHeader("Cache-Control", FOR_EVER))
        .orElseGet(() -> Response.text(404, "there is no such picture"));
  }

  private String add(String name, String mediaType) {
    byte[] bytes = read(name);
    int dot = name.lastIndexOf('.');
    String path = "/assets/" + name.substring(0, dot) + "." + hash(bytes) + name.substring(dot);
    files.put(path, Response.bytes(200, mediaType, bytes).withHeader("Cache-Control", FOR_EVER));
    return path;
  }

  private static byte[] read(String name) {
    try (InputStream in = Optional.ofNullable(Assets.class.getResourceAsStream("/assets/" + name)).orElseThrow()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("asset " + name + " cannot be read", e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
