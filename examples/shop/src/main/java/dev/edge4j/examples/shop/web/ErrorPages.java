package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Errors in the shop's own look, and for programs as problem details with the {@code error} that simple clients read.
 */
public final class ErrorPages {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

  /** The model of an error page. */
  record Model(Frame frame, int status, String heading, String detail) {}

  private final Frames frames;

  public ErrorPages(Frames frames) {
    this.frames = frames;
  }

  /** Renders what a page threw. */
  public Response page(Context c, Exception error) throws Exception {
    HttpError known = known(c, error);
    String heading = switch (known.status()) {
      case 404 -> "There is nothing here";
      case 400, 415, 422 -> "That did not make sense to us";
      case 401, 403 -> "Not for you, not now";
      default -> known.status() < 500 ? known.title() : "Something broke on our side";
    };
    Frame frame = frames.frame(c, known.title(), heading);
    Response response = frames.page(c, known.status(), "error", new Model(frame, known.status(), heading, Frames
        .sentence(known
            .detail())));
    return known.describe(response);
  }

  /** Renders what the API threw: RFC 9457, and the detail once more as {@code error}. */
  public Response problem(Context c, Exception error) {
    HttpError known = known(c, error);
    Map<String, Object> problem = known.problem();
    problem.put("error", known.detail());
    return known.describe(c.json(known.status(), problem)
        .withHeader("Content-Type", MediaType.PROBLEM_JSON)
        .withHeader("Cache-Control", "private, no-store"));
  }

  private static HttpError known(Context c, Exception error) {
    return switch (error) {
      case HttpError http -> http;
      case BadRequestException bad -> new HttpError(400, String.valueOf(bad.getMessage()));
      default -> {
        String id = UUID.randomUUID().toString();
        LOG.error("error {} in {} {}", id, c.method(), c.path(), error);
        yield new HttpError(500, "The shop failed at this. Its keeper can look it up as " + id + ".");
      }
    };
  }
}
