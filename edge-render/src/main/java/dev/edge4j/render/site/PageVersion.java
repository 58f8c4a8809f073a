package dev.edge4j.render.site;

import dev.edge4j.Context;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Preconditions;
import dev.edge4j.http.Representation;
import dev.edge4j.http.Response;
import dev.edge4j.http.Validators;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.render.PartialRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The version of a page, known before the page is made: of its template, of the data that it shows, of what else it depends on. A client that has that version is
 * answered 304, and nothing is rendered:
 *
 * <pre>{@code
 * return PageVersion.of(views.version("product")).with("product", product.version()).market("de-AT EUR")
 *     .header("Cache-Control", "private, no-cache")
 *     .answer(c, () -> c.render("product", page));
 * }</pre>
 *
 * <p>Everything that the page shows has to be in it: who is logged in, the market, the variant of an experiment, the form, as {@link #twin} says. Which part of the page is asked for
 * ({@link PartialRequest}) is in it by itself, so that no page confirms a fragment; {@code Vary} says so. The tag is weak, since
 * two renderings of a version mean the same and may differ in bytes; If-None-Match is compared weakly (RFC 9110 section 13.1.2), If-Match never holds.
 * It works for streamed pages, whose head leaves with the tag; a page with parts that fall back when they are late wants a version only if a visitor may keep the fallback.
 *
 * <p>Such a page may have no nonce. A 304 brings the stored response's fields up to date (RFC 9111 section 4.3.4), {@code Content-Security-Policy} too, and with another
 * nonce in it the stored page's scripts would be dead: {@link SecureHeaders#nonce} throws once a page has a version. Hashes say the same each time.
 *
 * <p>Immutable.
 */
public final class PageVersion {
  private final List<String> parts;
  private final Headers fields;

  private PageVersion(List<String> parts, Headers fields) {
    this.parts = parts;
    this.fields = fields;
  }

  /** Begins with the version of the template, with all that it includes. Where the code that makes the model matters too, the program's build is a part like others. */
  public static PageVersion of(String template) {
    return new PageVersion(List.of("template", template), Headers.empty());
  }

  /** A copy with the version of one of the things that the page shows: a row's, a snapshot's, an offset. */
  public PageVersion with(String name, String version) {
    List<String> more = new ArrayList<>(parts);
    more.add(name);
    more.add(version);
    return new PageVersion(List.copyOf(more), fields);
  }

  /** As {@link #with(String, String)}, by number. */
  public PageVersion with(String name, long version) {
    return with(name, String.valueOf(version));
  }

  /** As {@link #with(String, String)}, by the time of the last change, as exactly as the data's owner tells it. */
  public PageVersion with(String name, Instant changed) {
    return with(name, changed.toString());
  }

  /** A copy for a variant of an experiment: {@code Experiment.cacheKey(c)}. */
  public PageVersion variant(String variant) {
    return with("variant", variant);
  }

  /** A copy for a market: what decides on language, currency and prices. */
  public PageVersion market(String market) {
    return with("market", market);
  }

  /** A copy for the form that the client prefers, where the page has a {@link MarkdownTwin}; with {@code Vary: Accept}. */
  public PageVersion twin(Context c) {
    return with("form", MarkdownTwin.isPreferred(c.headers()) ? "md" : "html").header("Vary", "Accept");
  }

  /** A copy that says this in the page and in a 304 of it alike, as both must (RFC 9110 section 15.4.5): {@code Cache-Control}, one line of {@code Vary}, {@code Expires}. */
  public PageVersion header(String name, String value) {
    return new PageVersion(parts, fields.withAdded(name, value));
  }

  /** The tag. Parts are held apart, so that no two lists of parts have the same text. */
  public EntityTag tag() {
    var text = new StringBuilder();
    parts.forEach(part -> text.append(part.length()).append(':').append(part));
    return EntityTag.of(text.toString().getBytes(StandardCharsets.UTF_8)).asWeak();
  }

  /**
   * 304 for a client that has this version, 412 for one that asks for another; else the page, with its tag where its status is 200. Methods but GET and HEAD are answered
   * by the page alone.
   *
   * @throws IllegalStateException if the page's nonce has been asked for, see the class description
   */
  public Response answer(Context c, Callable<Response> page) throws Exception {
    if (!c.method().equals(Method.GET) && !c.method().equals(Method.HEAD)) {
      return page.call();
    }
    SecureHeaders.refuseNonce(c, "the page has a version, by which it is confirmed with another response's policy");
    PageVersion asked = part(c);
    Validators current = Validators.of(asked.tag());
    return switch (Preconditions.of(c.request(), c.time().instant()).evaluate(Optional.of(current))) {
      case NOT_MODIFIED -> Response.of(304).withHeaders(current.addTo(asked.fields));
      case FAILED -> Representation.failed();
      case PROCEED -> asked.tagged(page.call(), current);
    };
  }

  private PageVersion part(Context c) {
    PageVersion varied = header("Vary", PartialRequest.VARY);
    return PartialRequest.target(c).map(element -> varied.with("part", element)).orElse(varied);
  }

  private Response tagged(Response page, Validators current) {
    if (page.status() != 200) {
      return page;
    }
    Headers.Builder all = page.headers().toBuilder();
    fields.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Vary")) {
        all.remove(name);
      }
    });
    List<String> varies = page.headers().list("Vary");
    fields.forEach((name, value) -> {
      String more = name.equalsIgnoreCase("Vary") ? without(varies, value) : value;
      if (!more.isEmpty()) {
        all.add(name, more);
      }
    });
    return page.withHeaders(current.addTo(all.build()));
  }

  private static String without(List<String> said, String value) {
    return Arrays.stream(value.split(",\\s*"))
        .filter(name -> said.stream().noneMatch(name::equalsIgnoreCase))
        .collect(Collectors.joining(", "));
  }
}
