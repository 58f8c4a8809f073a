package dev.edge4j;

import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.util.List;

/** Turns a template's name and a model into HTML. Safe for use by many threads. */
@FunctionalInterface
public interface Renderer {
  /** The request variable that {@link Context#render} reads. */
  Key<Renderer> KEY = Key.named("renderer");

  /** The page, as UTF-8. */
  byte[] render(String template, Object model);

  /** The page for one request: a template may ask for what belongs to it, such as the nonce of its policy. By default that of {@link #render(String, Object)}. */
  default byte[] render(Context c, String template, Object model) throws Exception {
    return render(template, model);
  }

  /** The media type of what a template makes: HTML, unless the renderer has others. */
  default String mediaType(String template) {
    return MediaType.HTML;
  }

  /**
   * The whole page, or to a request that asks for a part of it one of those blocks alone, see {@link Context#fragment(String, List, Object)}.
   * {@link UnsupportedOperationException} by a renderer that makes whole pages only.
   */
  default Response fragment(Context c, String template, List<String> blocks, Object model) throws Exception {
    throw new UnsupportedOperationException(getClass().getName() + " makes whole pages only (expected: c.render)");
  }

  /**
   * The answer whose body leaves in pieces: what is there at once, and what is late when it is there. {@link
   * UnsupportedOperationException} by a renderer that makes whole pages only.
   */
  default Response stream(Context c, int status, String template, Object model) throws Exception {
    throw new UnsupportedOperationException(getClass().getName() + " makes whole pages only (expected: c.render)");
  }
}
