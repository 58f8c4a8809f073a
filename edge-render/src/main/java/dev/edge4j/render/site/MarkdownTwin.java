package dev.edge4j.render.site;

import dev.edge4j.Context;
import dev.edge4j.http.Accept;
import dev.edge4j.http.Headers;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import dev.edge4j.render.head.Site;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One page in two forms: HTML for browsers, Markdown for programs that say in {@code Accept} that they would rather read that (RFC 9110 section 12.5.1). Both say
 * {@code Vary: Accept}, so that no cache gives one for the other, and each links to the other form.
 *
 * <p>{@code MarkdownTwin.render(c, "product", page)} prints the template {@code product}, or its twin {@code product.md}.
 */
public final class MarkdownTwin {
  /** The media type (RFC 7763). */
  public static final String MEDIA_TYPE = "text/markdown; charset=utf-8";

  private static final String MARKDOWN = "text/markdown";
  private static final String HTML = "text/html";

  private MarkdownTwin() {}

  /**
   * True if a client names Markdown, not as one of many by {@code *}{@code /*} or {@code text/*}, and welcomes it no less than HTML. A client that takes
   * neither gets HTML, as the RFC allows.
   */
  public static boolean isPreferred(Headers request) {
    Accept accept = Accept.of(request);
    return accept.names(MARKDOWN) && accept.quality(MARKDOWN) >= accept.quality(HTML);
  }

  /** The template, or the one of the same name with {@code .md} behind it. */
  public static Response render(Context c, String template, Object model) throws Exception {
    return answer(c, () -> c.render(template, model), () -> c.render(template + ".md", model));
  }

  /** What the client prefers of the two; of the second, the body must be Markdown, whatever its type says. */
  public static Response answer(Context c, Callable<Response> html, Callable<Response> markdown) throws Exception {
    boolean preferred = isPreferred(c.headers());
    Response made = preferred ? markdown.call().withHeader("Content-Type", MEDIA_TYPE) : html.call();
    String other = preferred ? HTML : MARKDOWN;
    Response varied = vary(made);
    return made.status() == 200 ? varied.withAddedHeader("Link", alternate(c, other).toString()) : varied;
  }

  private static WebLink alternate(Context c, String type) {
    RequestTarget asked = c.request().target().asked();
    String path = RequestTarget.encode(asked.path()); // a question mark in it is no query
    return WebLink.of(asked.query().isEmpty() ? path : path + "?" + Site.encode(asked.query()), "alternate")
        .with("type",
            type);
  }

  private static Response vary(Response response) {
    List<String> said = response.headers().list("Vary");
    boolean there = said.stream().anyMatch(name -> name.equals("*") || name.equalsIgnoreCase("Accept"));
    return there ? response : response.withAddedHeader("Vary", "Accept");
  }
}
