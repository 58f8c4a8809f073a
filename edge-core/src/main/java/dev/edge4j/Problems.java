package dev.edge4j;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.http.Status;
import dev.edge4j.json.JsonCodec;
import java.util.LinkedHashMap;
import java.util.Map;
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

  static Response render(Context c, JsonCodec json, Exception error) {
    HttpError known = switch (error) {
      case HttpError http -> http;
      case BadRequestException bad -> new BadRequest(String.valueOf(bad.getMessage()));
      default -> null;
    };
    if (known != null) {
      Response response = render(c, json, known.status(), problem(known));
      var headers = response.headers().toBuilder();
      known.headers().forEach((name, _) -> {
        if (!name.equalsIgnoreCase("Vary")) {
          headers.remove(name);
        }
      });
      known.headers().forEach(headers::add);
      return response.withHeaders(headers.build());
    }
    String id = UUID.randomUUID().toString();
    LOG.error("error {} in {} {}", id, c.method(), c.path(), error);
    return render(c, json, 500, problem(500, "the server failed; tell its keeper this id: " + id));
  }

  private static Map<String, Object> problem(HttpError error) {
    Map<String, Object> problem = problem(error.status(), error.detail());
    if (!error.fields().isEmpty()) {
      problem.put("errors", error.fields());
    }
    return problem;
  }

  private static Map<String, Object> problem(int status, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", Status.reason(status));
    problem.put("status", status);
    problem.put("detail", detail);
    return problem;
  }

  private static Response render(Context c, JsonCodec json, int status, Map<String, Object> problem) {
    if (!prefersHtml(c)) {
      return Response.bytes(status, MediaType.PROBLEM_JSON, json.write(problem)).withHeader("Vary", "Accept");
    }
    String title = status + " " + problem.get("title");
    String detail = escape(String.valueOf(problem.get("detail")));
    return Response.html(status, "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title
        + "</title><h1>"
        + title + "</h1><p>" + detail + "</p></html>").withHeader("Vary", "Accept");
  }

  /** True if the client names HTML, and JSON not before it; browsers do. */
  static boolean prefersHtml(Context c) {
    for (String range : c.headers().list("Accept")) {
      String essence = MediaType.essence(range);
      if (essence.equals("text/html")) {
        return true;
      }
      if (MediaType.isJson(essence)) {
        return false;
      }
    }
    return false;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
