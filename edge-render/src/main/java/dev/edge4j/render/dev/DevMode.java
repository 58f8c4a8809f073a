package dev.edge4j.render.dev;

import dev.edge4j.Context;
import dev.edge4j.EventStream;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.NotFound;
import dev.edge4j.Renderer;
import dev.edge4j.Routes;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.render.PartialRequest;
import dev.edge4j.render.script.Script;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.asset.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of {@code Views} while somebody writes templates: {@code DevMode.of(Path.of("src/main/resources/templates"), options).install(app)}. A changed file is compiled at once, open pages load
 * themselves again, and an error is a page that shows the place in the template. Templates that do not compile change nothing: the last ones that did stay, and open pages say what is wrong.
 *
 * <p>Each page gets a script for that, in front of the end of its body; it comes from {@code /_dev/}, so a Content-Security-Policy has to allow {@code 'self'}. Pages are not cached.
 *
 * <p>For one's own machine: a request that does not come from it, was forwarded by a proxy, or asks for another host than {@code localhost}, is answered as in production, and {@code /_dev/} is not there. A proxy is known by
 * what it adds ({@code Forwarded}, {@code Via}, {@code X-Forwarded-For}); a bare {@code proxy_pass} of nginx adds nothing, and shows all of this to everybody. Safe for use by many threads.
 */
public final class DevMode implements Middleware, AutoCloseable {
  private static final String FOLDER = "/_dev/";
  private static final Duration POLL = Duration.ofMillis(250);
  private static final String STYLE = "<link rel=\"stylesheet\" href=\"" + FOLDER + "error.css\">";

  private final Path templates;
  private final Workspace workspace;
  private final Set<EventStream> pages = ConcurrentHashMap.newKeySet();
  private final Thread watcher;

  private DevMode(Path templates, ViewOptions options, Optional<Assets> assets, Optional<Path> assetFolder) {
    this.templates = templates;
    this.workspace = new Workspace(templates, options, assets, assetFolder, this::tell);
    this.watcher = Thread.ofVirtual().name("edge4j-dev").unstarted(this::watch);
    workspace.refresh();
    watcher.start();
  }

  /** Of the templates of a folder on disk, sources rather than what a build has copied. They need not compile yet. */
  public static DevMode of(Path templates, ViewOptions options) {
    return new DevMode(templates, options, Optional.empty(), Optional.empty());
  }

  /** As {@link #of(Path, ViewOptions)}, watching the folder of these assets too: what changes there has another address. */
  public static DevMode of(Path templates, ViewOptions options, Assets assets, Path assetFolder) {
    return new DevMode(templates, options, Optional.of(assets), Optional.of(assetFolder));
  }

  /** Stands around all routes that are registered after this, and has those that its pages need. */
  public DevMode install(Routes routes) {
    routes.get(FOLDER + "reload.js", c -> resource(c, "reload.js", MediaType.JAVASCRIPT));
    routes.get(FOLDER + "error.css", c -> resource(c, "error.css", MediaType.CSS));
    routes.get(FOLDER + "events", this::events);
    routes.get(FOLDER + "problem", this::problem);
    routes.use(this);
    return this;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    Optional<Response> ours = Script.answer(c.request(), c.path()); // as Views does, which is not in front here
    if (ours.isPresent()) {
      return ours.get();
    }
    Workspace.State state = workspace.refresh();
    boolean local = Loopback.is(c);
    if (state.views().isEmpty()) {
      RuntimeException broken = state.problem().orElseThrow();
      if (local) {
        return page(broken, Optional.empty(), state);
      }
      throw broken;
    }
    c.set(Renderer.KEY, NotingRenderer.of(state.views().get(), c));
    try {
      Response response = next.proceed();
      boolean page = PartialRequest.target(c).isEmpty(); // a fragment comes into a page that has the script
      return local && page ? Injection.into(response, script(state)) : response;
    } catch (Exception e) {
      TemplateException error = template(e);
      if (error == null || !local || c.accepts("text/html").isEmpty()) {
        throw e;
      }
      return page(error, c.get(NotingRenderer.FAILURE), state);
    }
  }

  private static @Nullable TemplateException template(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < 10; depth++) {
      if (at instanceof TemplateException found) {
        return found;
      }
      at = at.getCause();
    }
    return null;
  }

  private Response page(RuntimeException error, Optional<Failure> failure, Workspace.State state) {
    return new ErrorPage(this::source, STYLE + script(state)).of(error, failure);
  }

  private static String script(Workspace.State state) {
    return "<script src=\"" + FOLDER + "reload.js\" data-version=\"" + state.version() + "\" defer></script>";
  }

  /** The source of a template by its name, which comes from an error of ours; empty if it cannot be read. */
  private Optional<String> source(String template) {
    try {
      return Optional.of(Files.readString(templates.resolve(template + ".mustache")));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static void checkLocal(Context c) {
    if (!Loopback.is(c)) {
      throw new NotFound("not found");
    }
  }

  private static Response resource(Context c, String name, String type) {
    checkLocal(c);
    try (InputStream in = Objects.requireNonNull(DevMode.class.getResourceAsStream(name), name)) {
      return Response.bytes(200, type, in.readAllBytes()).withHeader("Cache-Control", "no-store");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response problem(Context c) {
    checkLocal(c);
    Workspace.State state = workspace.refresh();
    return state.problem()
        .map(error -> page(error, Optional.empty(), state))
        .orElseGet(() -> c.html("<!doctype html><title>No problem</title><p>All templates compile.</p>"));
  }

  // ---- open pages

  private Response events(Context c) {
    checkLocal(c);
    String shown = c.query("since").text().orElse("");
    return c.sse(events -> {
      pages.add(events); // before the look at the state, so that no change falls between
      try {
        Workspace.State state = workspace.state();
        if (!shown.equals(state.version())) {
          send(events, state);
        } else if (state.problem().isPresent()) {
          send(events, state);
        }
        events.awaitEnd();
      } finally {
        pages.remove(events);
      }
    });
  }

  private void tell(Workspace.State state) {
    for (EventStream events : List.copyOf(pages)) {
      try {
        send(events, state);
      } catch (IOException left) {
        pages.remove(events);
      }
    }
  }

  private static void send(EventStream events, Workspace.State state) throws IOException {
    String message = state.problem().map(error -> String.valueOf(error.getMessage())).orElse("");
    events.send(ServerSentEvent.of(message).withEvent(message.isEmpty() ? "reload" : "problem"));
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(POLL);
        workspace.refresh();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Watches no more. */
  @Override
  public void close() {
    watcher.interrupt();
  }
}
