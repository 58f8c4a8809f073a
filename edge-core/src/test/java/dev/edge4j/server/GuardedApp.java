package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.http.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An application whose part below {@code /admin} is guarded, with every other way in that an attacker could hope for: catch-alls, a
 * mounted application with a guard of its own, files, single parameters. Writes down what got through.
 */
final class GuardedApp {
  private final App app = new App();
  private final List<String> breaches = new CopyOnWriteArrayList<>();

  /** @param guard refuses everything it is asked about */
  GuardedApp(Middleware guard) {
    var panel = new App();
    panel.all("/*", c -> breach(c, "the guarded application was reached"));
    var open = new App();
    open.use("/admin/*", guard);
    open.all("/admin/secret", c -> breach(c, "the guarded handler of the mounted application was reached"));
    open.all("/*path", c -> seen(c, "path", true));
    app.use("/admin/*", guard);
    app.get("/admin/secret", c -> breach(c, "the guarded handler was reached"));
    app.mount("/admin/panel", panel);
    app.all("/admin/*", c -> breach(c, "the guarded rest was reached"));
    app.mount("/open", open);
    app.all("/files/*path", c -> seen(c, "path", false));
    app.all("/spans/:path{.+}", c -> seen(c, "path", false));
    app.all("/one/:name", c -> seen(c, "name", false));
    app.all("/*path", c -> seen(c, "path", true));
  }

  App app() {
    return app;
  }

  /** What reached a place that it should not have. */
  List<String> breaches() {
    return List.copyOf(breaches);
  }

  private Response breach(Context c, String what) {
    breaches.add(what + " at " + c.path());
    return c.text("reached");
  }

  /**
   * A handler that would look up files by the path or by that parameter.
   *
   * @param fromTop whether what it looks up begins where {@code /admin} is
   */
  private Response seen(Context c, String parameter, boolean fromTop) {
    look(c, c.path(), fromTop);
    try {
      c.param(parameter).text().ifPresent(value -> look(c, value, fromTop));
    } catch (BadRequest refused) {
      return c.problem(refused);
    }
    return c.text("open");
  }

  private void look(Context c, String name, boolean fromTop) {
    Deque<String> found = new ArrayDeque<>();
    for (String part : name.split("[/\\\\]", -1)) {
      if (part.equals("..")) {
        breach(c, "\"" + name + "\" climbs");
        found.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        found.addLast(part);
      }
    }
    if (name.indexOf('\0') >= 0 || name.startsWith("//")) {
      breach(c, "\"" + name + "\" is no name");
    }
    if (fromTop && "admin".equals(found.peekFirst())) {
      breach(c, "\"" + name + "\" is in the guarded folder");
    }
  }
}
