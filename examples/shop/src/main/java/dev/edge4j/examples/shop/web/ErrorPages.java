package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.HttpError;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.cache.CacheLoadException;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.state.ObjectException;
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

  private static final String NOT_NOW = "The shop cannot reach what it needs for this. Nothing you have is lost: try again in half a minute.";

  private final Frames frames;
  private final StaticPage standby;

  public ErrorPages(Frames frames, StaticPage standby) {
    this.frames = frames;
    this.standby = standby;
  }

  /** Renders what a page threw. */
  public Response page(Context c, Exception error) throws Exception {
    if (error instanceof CatalogueUnavailable) {
      LOG.warn("the static page for {}: {}", c.path(), error.getMessage());
      return standby.response(c);
    }
    HttpError known = known(c, error);
    String heading = switch (known.status()) {
      case 404 -> "There is nothing here";
      case 400, 415, 422 -> "That did not make sense to us";
      case 401, 403 -> "Not for you, not now";
      case 503 -> "Not just now";
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
    Response response = known.describe(c.json(known.status(), problem)
        .withHeader("Content-Type", MediaType.PROBLEM_JSON)
        .withHeader("Cache-Control", "private, no-store"));
    if (error instanceof CatalogueUnavailable) {
      Trace.of(c).ifPresent(Trace::gaveUp);
      return ServedFrom.onStatic(response);
    }
    return response;
  }

  private static HttpError known(Context c, Exception error) {
    return switch (error) {
      case GatewayTimeout late -> notNow(c, late);
      case HttpError http -> http;
      case BadRequestException bad -> new HttpError(400, String.valueOf(bad.getMessage()));
      case StoreException e when e.constraintViolated() -> unknown(c, e);
      case CatalogueUnavailable e -> notNow(c, e);
      case StoreException e -> notNow(c, e);
      case ObjectException e -> notNow(c, e);
      case CacheLoadException e -> notNow(c, e);
      default -> unknown(c, error);
    };
  }

  /** What the shop is built on failed, which passes; an order that was perhaps placed is found again by its key. */
  private static HttpError notNow(Context c, Exception error) {
    LOG.warn("503 for {} {}: {}", c.method(), c.path(), error.getMessage());
    return new ServiceUnavailable(NOT_NOW, CatalogueUnavailable.RETRY);
  }

  private static HttpError unknown(Context c, Exception error) {
    String id = UUID.randomUUID().toString();
    LOG.error("error {} in {} {}", id, c.method(), c.path(), error);
    return new HttpError(500, "The shop failed at this. Its keeper can look it up as " + id + ".");
  }
}
