package dev.edge4j.render.dev;

import dev.edge4j.http.Response;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.model.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows what is wrong with a template: where, the lines around it, how the page came there, and what its model has. */
final class ErrorPage {
  private static final int MOST_NAMES = 100;

  private final Function<String, Optional<String>> sources;
  private final String head;

  /** With templates whose source that function knows, and elements for the head of the page. */
  ErrorPage(Function<String, Optional<String>> sources, String head) {
    this.sources = sources;
    this.head = head;
  }

  /** For an error, and what was to be rendered, if anything was. */
  Response of(RuntimeException error, Optional<Failure> failure) {
    var page = new StringBuilder(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Template error</title>")
        .append(head)
        .append("<main><h1>Template error</h1><p class=\"message\">")
        .append(escaped(String.valueOf(error.getMessage())))
        .append("</p>");
    if (error instanceof TemplateException at) {
      place(page, at, failure);
    }
    failure.ifPresent(rendered -> model(page, rendered));
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      page.append("<h2>Caused by</h2><pre>").append(escaped(cause + "\n" + frames(cause))).append("</pre>");
    }
    return Response.html(500, page.append("</main></html>\n").toString())
        .withHeader("Cache-Control", "no-store")
        .withHeader("X-Content-Type-Options", "nosniff");
  }

  private void place(StringBuilder page, TemplateException error, Optional<Failure> failure) {
    int line = error.line().orElse(0);
    sources.apply(error.template())
        .filter(_ -> line > 0)
        .ifPresent(source -> page.append("<pre class=\"excerpt\">")
            .append(escaped(Excerpt.of(source, line, error
                .column()
                .orElse(0))))
            .append("</pre>"));
    List<String> way = failure.map(rendered -> new Includes(sources).way(rendered.template(), error.template()))
        .orElse(
            List.of());
    if (!way.isEmpty()) {
      page.append("<h2>Included by</h2><pre>").append(escaped(String.join("\n", way))).append("</pre>");
    }
  }

  private static void model(StringBuilder page, Failure failure) {
    List<String> names = Shape.names(failure.model()).stream().sorted().limit(MOST_NAMES).toList();
    page.append("<h2>Model of ")
        .append(escaped(failure.template()))
        .append("</h2><pre>")
        .append(escaped(failure.model().getClass().getTypeName()))
        .append(escaped(names.isEmpty() ? "" : ": " + String.join(", ", names)))
        .append("</pre>");
  }

  private static String frames(Throwable cause) {
    var text = new StringBuilder();
    StackTraceElement[] frames = cause.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, 12); i++) {
      text.append("  at ").append(frames[i]).append('\n');
    }
    return text.toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'",
            "&#39;");
  }
}
