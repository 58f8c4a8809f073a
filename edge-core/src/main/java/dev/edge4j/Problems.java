package dev.edge4j;

import dev.edge4j.http.Accept;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.http.multipart.MalformedFormException;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.log.Failures;
import java.io.EOFException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors as problem details (RFC 9457): JSON, or a plain page where the client prefers HTML. What an unexpected error says never
 * leaves the process; an id does, and stands in the log beside it.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** Never throws: an error that cannot be rendered, for its own methods or the codec fail, is a bare 500. */
  static Response render(Context c, JsonCodec json, Exception error) {
    try {
      HttpError known = known(c, error);
      return known.describe(page(c, json, known));
    } catch (RuntimeException e) {
      LOG.error("an error of {} {} cannot be rendered", c.method(), c.path(), e);
      return Response.of(500);
    }
  }

  private static HttpError known(Context c, Exception error) {
    return switch (error) {
      case HttpError http -> http;
      case BadRequestException bad -> new BadRequest(String.valueOf(bad.getMessage()));
      case MalformedFormException form -> new HttpError(form.isTooLarge() ? 413 : 400, String.valueOf(form
          .getMessage()));
      default -> {
        String id = UUID.randomUUID().toString();
        if (c.cancelled() && (error instanceof EOFException || Interruption.isBehind(error))) { // nobody's fault
          LOG.debug("{} {} has broken off, for nobody waits any more", c.method(), c.path(), error);
        } else {
          Failures.LOG.error(LOG, "error " + id + " in " + c.method() + " " + c.path(), error);
        }
        yield new Unexpected(id);
      }
    };
  }

  private static Response page(Context c, JsonCodec json, HttpError error) {
    if (!prefersHtml(c)) {
      return Response.bytes(error.status(), MediaType.PROBLEM_JSON, json.write(error.problem()))
          .withHeader("Vary", "Accept");
    }
    String title = error.status() + " " + error.title();
    return Response.html(error.status(), "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title
        + "</title><h1>" + title + "</h1><p>" + escape(error.detail()) + "</p></html>").withHeader("Vary", "Accept");
  }

  /**
   * True if the client takes a page more gladly than JSON (RFC 9110 section 12.5.1), or as gladly and names it alone; browsers do. Who
   * asks for plain JSON means problem details too. Who takes neither gets JSON: an answer not asked for says more than none.
   */
  private static boolean prefersHtml(Context c) {
    Accept accept = Accept.of(c.headers());
    int html = accept.quality(MediaType.HTML);
    int json = Math.max(accept.quality(MediaType.PROBLEM_JSON), accept.quality(MediaType.JSON));
    boolean namesJson = accept.names(MediaType.PROBLEM_JSON) || accept.names(MediaType.JSON);
    return html > json || (html == json && accept.names(MediaType.HTML) && !namesJson);
  }

  /** What is told of an error that nobody foresaw. */
  private static final class Unexpected extends HttpError {
    private static final long serialVersionUID = 1L;

    private final String id;

    Unexpected(String id) {
      super(500, "the server failed; tell its keeper this id: " + id);
      this.id = id;
    }

    @Override
    public Optional<String> instance() {
      return Optional.of("urn:uuid:" + id);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
