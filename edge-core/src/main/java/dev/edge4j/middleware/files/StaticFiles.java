package dev.edge4j.middleware.files;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.http.Accept;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaTypes;
import dev.edge4j.http.Representation;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.http.Validators;
import dev.edge4j.middleware.Principal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers with files of a folder: {@code app.get("/assets/*path", StaticFiles.from(Path.of("public")))}. The parameter {@code path} of
 * the route says which.
 *
 * <p>Each file has a strong {@code ETag} and {@code Last-Modified}; conditions and ranges are answered (RFC 9110 sections 13 and 14), and over a plain
 * connection its bytes go from the disk to the socket without passing through the process. Where {@code app.js.br}, {@code .zst} or {@code .gz} lies beside
 * {@code app.js}, the one that the client likes best is sent in its place. A name with a hash in it ({@code app.3f9a2c1b.js}) never changes, and may be kept for
 * a year; a page's name stays, whatever stands in it. Where somebody has proved who asks, that is by their own client alone. A folder is answered by its {@code index.html}, and asked for without a slash at its end redirects to it.
 *
 * <p>Nothing outside of the folder is served, through no spelling of a path and through no symbolic link; nor is anything whose name begins with a dot, but
 * for {@code .well-known}. Immutable, safe for use by many threads.
 */
public final class StaticFiles implements Handler {
  /** A digit before a letter, and no word of small letters but a hexadecimal one: {@code notes2026} is a name, and a year is long. */
  private static final Pattern HASHED = Pattern.compile(
      "(?!.*\\.html?$).*[.-](?=[0-9A-Za-z_]*[0-9][0-9A-Za-z_]*[A-Za-z])"
          + "([0-9a-f]{8,64}|(?=[0-9a-z_]*[A-Z])[0-9A-Za-z_]{8,64})\\.[a-z0-9.]+");
  private static final String PARAMETER = "path";
  private static final String INDEX = "index.html";

  private final Path root;
  private final Duration maxAge;
  private final boolean immutableNames;
  private final boolean precompressed;
  private final Optional<String> fallback;

  private StaticFiles(Path root, Duration maxAge, boolean immutableNames, boolean precompressed,
      Optional<String> fallback) {
    this.root = root;
    this.maxAge = maxAge;
    this.immutableNames = immutableNames;
    this.precompressed = precompressed;
    this.fallback = fallback;
  }

  /** The files of that folder, which must exist. Clients ask each time whether a file has changed, unless its name is hashed. */
  public static StaticFiles from(Path folder) {
    try {
      return new StaticFiles(folder.toRealPath(), Duration.ZERO, true, true, Optional.empty());
    } catch (IOException e) {
      throw new IllegalArgumentException("folder of static files: " + folder + " (expected: one that exists)", e);
    }
  }

  /** Clients may keep a file for so long without asking; {@link IllegalArgumentException} for less than nothing. */
  public StaticFiles maxAge(Duration newMaxAge) {
    if (newMaxAge.isNegative()) {
      throw new IllegalArgumentException("max age: " + newMaxAge + " (expected: not negative)");
    }
    return new StaticFiles(root, newMaxAge, immutableNames, precompressed, fallback);
  }

  /** Treats names that look hashed as any other. */
  public StaticFiles withoutImmutableNames() {
    return new StaticFiles(root, maxAge, false, precompressed, fallback);
  }

  /** Sends each file as it is, whatever lies beside it. */
  public StaticFiles withoutPrecompressed() {
    return new StaticFiles(root, maxAge, immutableNames, false, fallback);
  }

  /** Answers with that file where there is none and the client wants a page: for an application that routes in the browser. */
  public StaticFiles fallback(String file) {
    return new StaticFiles(root, maxAge, immutableNames, precompressed, Optional.of(file));
  }

  @Override
  public Response handle(Context c) throws IOException {
    String rest = c.rawParam(PARAMETER).orElse("");
    if (rest.contains("%2F")) {
      throw new NotFound("no such file"); // decoded it would be a slash, which a guard before us has not seen
    }
    String relative = RequestTarget.decode(rest);
    Optional<Path> found = locate(relative);
    if (found.filter(Files::isDirectory).isPresent()) {
      found = locate(relative + "/" + INDEX);
      if (found.filter(Files::isRegularFile).isPresent() && !c.path().endsWith("/")) {
        return c.redirect(308, withSlash(c));
      }
    }
    if (found.filter(Files::isRegularFile).isEmpty() || (relative.endsWith("/") && !found.get().endsWith(INDEX))) {
      return fallback(c);
    }
    return Representation.answer(c.request(), whole(c, found.get()), c.time().instant());
  }

  /** Anything will do for a script that is gone too, which must not get a page in its place: what has an ending has to be asked for as HTML by name. */
  private Response fallback(Context c) throws IOException {
    Optional<Path> page = fallback.flatMap(this::locate).filter(Files::isRegularFile);
    Accept accept = Accept.of(c.headers());
    boolean ending = c.path().indexOf('.', c.path().lastIndexOf('/')) >= 0;
    boolean wanted = ending ? accept.names("text/html") : accept.quality("text/html") > 0;
    if (page.isEmpty() || !wanted) {
      throw new NotFound("no such file");
    }
    return Representation.answer(c.request(), whole(c, page.get()).withAddedHeader("Vary", "Accept"), c.time()
        .instant());
  }

  /** Relative, so that it is right below every prefix that a mounted application does not know of. */
  private static String withSlash(Context c) {
    String query = c.request().target().query();
    String segment = c.path().substring(c.path().lastIndexOf('/') + 1);
    return "./" + RequestTarget.encode(segment) + "/" + (query.isEmpty() ? "" : "?" + query);
  }

  private Response whole(Context c, Path file) throws IOException {
    List<Variant> variants = precompressed ? Variant.of(file) : List.of();
    Variant chosen = Variant.choose(variants, c.headers()).orElse(Variant.plain(file));
    String name = String.valueOf(file.getFileName());
    Headers.Builder headers = Headers.builder()
        .add("Content-Type", MediaTypes.ofName(name))
        .add("Cache-Control", cacheControl(c, name))
        .add("X-Content-Type-Options", "nosniff");
    chosen.coding().ifPresent(coding -> headers.add("Content-Encoding", coding));
    if (!variants.isEmpty()) {
      headers.add("Vary", "Accept-Encoding");
    }
    Validators validators = chosen.validators();
    return new Response(200, validators.addTo(headers.build()), chosen.body());
  }

  private String cacheControl(Context c, String name) {
    // "public" would let a shared cache give it to those who prove nothing (RFC 9111 section 3.5).
    String whose = c.headers().contains("Authorization") || c.get(Principal.KEY).isPresent() ? "private" : "public";
    if (immutableNames && HASHED.matcher(name).matches()) {
      return whose + ", max-age=31536000, immutable";
    }
    return maxAge.isZero() ? "no-cache" : whose + ", max-age=" + maxAge.toSeconds();
  }

  /** The file or folder of that name within the root; empty if there is none, or if it may not be seen. */
  private Optional<Path> locate(String relative) {
    String inside = relative.replaceFirst("^/+", "");
    for (String segment : inside.split("/", -1)) {
      boolean hidden = segment.startsWith(".") && !segment.equals(".well-known");
      if (hidden || segment.indexOf('\\') >= 0 || segment.indexOf(':') >= 0 || segment.indexOf('\0') >= 0) {
        return Optional.empty();
      }
    }
    try {
      Path real = root.resolve(inside).toRealPath();
      return real.startsWith(root) ? Optional.of(real) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty(); // there is none, or its name cannot be one
    }
  }
}
