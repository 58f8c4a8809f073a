package dev.edge4j.render.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The scripts, under {@code /_edge4j/}: of an application that is mounted nowhere else, for pages name them by that path. Safe for use by many threads. */
public final class Script {
  private static final String FOLDER = "/_edge4j/";

  /** Puts late parts in their places, in browsers that do not do so themselves. */
  public static final Script LATE = new Script("late");
  /** Loads the modules of islands when their time comes. */
  public static final Script ISLAND = new Script("island");
  /** Keeps a live fragment up to date. */
  public static final Script LIVE = new Script("live");

  private static final List<Script> ALL = List.of(LATE, ISLAND, LIVE);

  private final byte[] bytes;
  private final String path;
  private final Response whole;

  private Script(String name) {
    this.bytes = read(name + ".js");
    EntityTag tag = EntityTag.of(bytes);
    this.path = FOLDER + name + "-" + tag.opaque() + ".js";
    this.whole = Response.bytes(200, "text/javascript; charset=utf-8", bytes)
        .withHeaders(Headers.of("Content-Type", "text/javascript; charset=utf-8", "Cache-Control",
            "public, max-age=31536000, immutable", "ETag", tag.toString()));
  }

  private static byte[] read(String file) {
    try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is served: the name changes with its content. */
  public String path() {
    return path;
  }

  /** How many bytes it has, before any coding. */
  public int size() {
    return bytes.length;
  }

  /** The element that loads it, while the page goes on. */
  public String element() {
    return "<script async src=\"" + path + "\"></script>";
  }

  /** Answers a GET or HEAD for one of them; empty for everything else. Does not block. */
  public static Optional<Response> answer(Request request, String path) {
    if (!path.startsWith(FOLDER) || !(request.method().equals(Method.GET) || request.method().equals(Method.HEAD))) {
      return Optional.empty();
    }
    return ALL.stream().filter(script -> script.path.equals(path)).findFirst().map(script -> script.whole);
  }

  /** All of them, always in the same order. */
  public static List<Script> all() {
    return ALL;
  }

  @Override
  public String toString() {
    return path;
  }

  /** The text, for tests. */
  String text() {
    return new String(bytes, UTF_8);
  }
}
